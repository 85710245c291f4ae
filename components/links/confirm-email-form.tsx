"use client";
import { useActionState } from "react";
import { SubmitButton } from "@/components/form/submit-button";
import { Note } from "@/components/ui/note";
import { confirmEmailAction } from "@/lib/account/actions";

/** Only its post uses the link up. */
export function ConfirmEmailForm({ token }: { token: string }) {
  const [state, post] = useActionState(confirmEmailAction, { message: null });
  return (
    <>
      {state.message && (
        <Note tone="danger" role="alert">
          {state.message}
        </Note>
      )}
      <form action={post} className="grid">
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="l" pendingLabel="Confirming">
          Confirm email
        </SubmitButton>
      </form>
    </>
  );
}
