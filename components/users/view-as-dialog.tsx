"use client";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Note } from "@/components/ui/note";
import { viewAsAction } from "@/lib/users/actions";

type ViewAsDialogProps = { user: { id: string; name: string }; onClose: () => void };

export function ViewAsDialog({ user, onClose }: ViewAsDialogProps) {
  // The whole page: what was fetched before belongs to another view.
  const { run, pending, message } = useAction(viewAsAction, () => window.location.assign("/"));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={`View as ${user.name}?`}
      body={
        <>
          <p>
            You see the pages and people that {user.name} sees, read-only. It is recorded in the audit log, and ends
            after 30 minutes or when you press “Stop”.
          </p>
          {message && (
            <Note tone="danger" role="alert">
              {message}
            </Note>
          )}
        </>
      }
      confirm={
        <Button wraps variant="primary" aria-busy={pending || undefined} onClick={() => run({ id: user.id })}>
          <span className="line-clamp-2">View as {user.name}</span>
        </Button>
      }
    />
  );
}
