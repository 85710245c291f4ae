"use client";
import { LogOut } from "lucide-react";
import { useActionState } from "react";
import { LeadOn } from "@/components/auth/lead-on";
import { SubmitButton } from "@/components/form/submit-button";
import { Note } from "@/components/ui/note";
import { providerSignOutAction } from "@/lib/sign-in/actions";

/** After signing out here: the way to sign out at the provider as well. A plain form, so that it works without JavaScript. */
export function SignOutOffer({ name }: { name: string }) {
  const [{ url, message }, post, pending] = useActionState(providerSignOutAction, { url: null, message: null });
  return (
    <form action={post} className="grid grid-cols-[minmax(0,1fr)] gap-2 border-b border-line pb-4">
      {message && (
        <Note tone="danger" role="alert">
          {message}
        </Note>
      )}
      {url && <LeadOn url={url} />}
      <p className="text-ui text-muted">You may still be signed in at {name}.</p>
      <SubmitButton size="l" variant="default" pending={pending} pendingLabel={`Continuing to ${name}`} wraps>
        <LogOut aria-hidden />
        <span className="min-w-0">Sign out at {name} too</span>
      </SubmitButton>
    </form>
  );
}
