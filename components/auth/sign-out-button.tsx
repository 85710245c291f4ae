"use client";
import { LogOut } from "lucide-react";
import type { SubmitEvent } from "react";
import { dropDrafts } from "@/components/form/draft";
import { SubmitButton } from "@/components/form/submit-button";
import type { ButtonProps } from "@/components/ui/button";
import { hasUnsaved, leaving } from "@/components/ui/unsaved";
import { signOutAction } from "@/lib/sign-in/actions";

type SignOutButtonProps = Pick<ButtonProps, "variant" | "size" | "className">;

/** A form of its own, so that it works without JavaScript. */
export function SignOutButton({ variant = "default", ...look }: SignOutButtonProps) {
  return (
    <form action={signOutAction} onSubmit={askFirst}>
      <SubmitButton {...look} variant={variant} pendingLabel="Signing out">
        <LogOut aria-hidden />
        Sign out
      </SubmitButton>
    </form>
  );
}

function askFirst(event: SubmitEvent<HTMLFormElement>) {
  if (!hasUnsaved()) return dropDrafts();
  event.preventDefault();
  const form = event.currentTarget;
  leaving(() => form.requestSubmit());
}
