"use client";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { resetFactorsAction } from "@/lib/factors/actions";

type ResetFactorsDialogProps = { user: { id: string; name: string; factors: string[] }; onClose: () => void };

export function ResetFactorsDialog({ user, onClose }: ResetFactorsDialogProps) {
  const { run, pending, message } = useAction(resetFactorsAction, ({ sessions }) => {
    toast.success(`${user.name} has no second factor now. ${endedWords(sessions)}`);
    onClose();
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={`Reset the second factors of ${user.name}?`}
      body={
        <>
          <p>
            Removes the {user.factors.join(" and ")} with all recovery codes, and ends every session immediately. If a
            second factor is required, {user.name} adds a new one at the next sign-in.
          </p>
          {message && (
            <Note tone="danger" role="alert">
              {message}
            </Note>
          )}
        </>
      }
      confirm={
        <Button variant="danger" aria-busy={pending || undefined} onClick={() => run({ id: user.id })}>
          Reset second factors
        </Button>
      }
    />
  );
}

const endedWords = (sessions: number) =>
  sessions === 0 ? "No open sessions." : sessions === 1 ? "One session ended." : `${sessions} sessions ended.`;
