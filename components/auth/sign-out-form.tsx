"use client";
import type { ReactNode, Ref, SubmitEvent } from "react";
import { useFormStatus } from "react-dom";
import { dropDrafts } from "@/components/form/draft";
import { hasUnsaved, leaving } from "@/components/ui/unsaved";
import { Waits } from "@/components/ui/waiting";
import { signOutAction } from "@/lib/sign-in/actions";

/** Around a button that signs out. A form of its own, so that it works without JavaScript. */
export function SignOutForm({ ref, children }: { ref?: Ref<HTMLFormElement>; children: ReactNode }) {
  return (
    <form ref={ref} action={signOutAction} onSubmit={askFirst}>
      {children}
      <ShowsPosting />
    </form>
  );
}

/** The menu that contains it has closed. */
const ShowsPosting = () => useFormStatus().pending && <Waits />;

function askFirst(event: SubmitEvent<HTMLFormElement>) {
  if (!hasUnsaved()) return dropDrafts();
  event.preventDefault();
  const form = event.currentTarget;
  leaving(() => form.requestSubmit());
}
