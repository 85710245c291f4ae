"use client";
import { ActionButton } from "@/components/form/action-button";
import { toast } from "@/components/ui/toaster";
import { endAllSessionsAction } from "@/lib/sessions/actions";

type LogoutAllButtonProps = {
  person: { id: string; name: string };
  /** How many sessions there are beside one's own. */
  others: number;
  /** Whether one's own present session is among them: it stays. */
  own: boolean;
  reason: string | undefined;
};

/** Ends all sessions of a person but the one in which this is asked, after a question. */
export function LogoutAllButton({ person: { id, name }, others, own, reason }: LogoutAllButtonProps) {
  const words = own ? "Logout all others" : "Logout all";
  return (
    <ActionButton
      size="s"
      action={endAllSessionsAction}
      input={{ userId: id }}
      reason={reason}
      confirm={{
        title: own ? "Logout all other sessions?" : `Logout all sessions of ${name}?`,
        body: `Ends ${count(others)} at once. Anyone using ${others === 1 ? "it" : "them"} has to sign in again.`,
        label: words,
        danger: true,
      }}
      onSuccess={({ ended }) => toast.success(`${count(ended)} of ${name} ${ended === 1 ? "is" : "are"} ended`)}
    >
      {words}
    </ActionButton>
  );
}

const count = (sessions: number) => (sessions === 1 ? "1 session" : `${sessions} sessions`);
