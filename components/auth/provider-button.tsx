"use client";
import { IdCard } from "lucide-react";
import { useActionState, useEffect, useRef } from "react";
import { LeadOn } from "@/components/auth/lead-on";
import { providerFormId } from "@/components/auth/provider-form-id";
import { SubmitButton } from "@/components/form/submit-button";
import { Note } from "@/components/ui/note";
import type { OfferedProvider } from "@/lib/identity-providers/queries";
import { providerSignInAction } from "@/lib/sign-in/actions";

interface ProviderButtonProps {
  provider: Pick<OfferedProvider, "slug" | "name">;
  /** A path of ours. */
  next: string;
  /** What the page is for. */
  primary?: boolean;
  /** Posted by itself once the page is shown, as portals require. */
  atOnce?: boolean;
}

/** A plain form: without JavaScript it is posted by the browser, which continues with the page in the answer. */
export function ProviderButton({
  provider: { slug, name },
  next,
  primary = false,
  atOnce = false,
}: ProviderButtonProps) {
  const [{ url, message }, post, pending] = useActionState(providerSignInAction, { url: null, message: null });
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (atOnce) form.current?.requestSubmit();
  }, [atOnce]);

  return (
    <form ref={form} id={providerFormId(slug)} action={post} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {message && (
        <Note tone="danger" role="alert">
          {message}
        </Note>
      )}
      {url && <LeadOn url={url} />}
      <input type="hidden" name="provider" value={slug} />
      <input type="hidden" name="next" value={next} />
      <SubmitButton
        size="l"
        variant={primary ? "primary" : "default"}
        pending={pending}
        pendingLabel={`Continuing to ${name}`}
        wraps
      >
        <IdCard aria-hidden />
        <span className="min-w-0">Continue with {name}</span>
      </SubmitButton>
    </form>
  );
}
