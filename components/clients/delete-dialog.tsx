"use client";
import type { RefObject } from "react";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { deleteClientAction } from "@/lib/clients/actions";

interface DeleteDialogProps {
  client: { id: string; name: string };
  onClose: () => void;
  /** The button of the menu, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

export function DeleteDialog({ client: { id, name }, onClose, opener }: DeleteDialogProps) {
  const { run, pending } = useAction(deleteClientAction, () => toast.success(`${name} is deleted`), "deleted");
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={`Delete ${name}?`}
      body="It cannot be reregistered afterwards. Its entries in the audit log are kept."
      opener={opener}
      confirm={
        <Button
          variant="danger"
          aria-busy={pending || undefined}
          onClick={async () => {
            await run({ id });
            onClose();
          }}
        >
          Delete
        </Button>
      }
    />
  );
}
