"use client";
import { ActionButton } from "@/components/form/action-button";
import { toast } from "@/components/ui/toaster";
import { endSessionAction } from "@/lib/sessions/actions";

type LogoutButtonProps = {
  session: { id: string; device: string; address: string };
  person: { name: string };
  reason: string | undefined;
  /** Says whose row it is; where all sessions are one person's, by the session alone. */
  about: string;
};

/** Ends one session at once, and says whose it was. */
export function LogoutButton({ session: { id, device, address }, person, reason, about }: LogoutButtonProps) {
  return (
    <ActionButton
      size="s"
      action={endSessionAction}
      input={{ id }}
      reason={reason}
      settled="ended"
      onSuccess={() => toast.success(`The session of ${person.name} is ended: ${device}, ${address}`)}
      aria-description={about}
    >
      Logout
    </ActionButton>
  );
}
