"use client";
import type { RefObject } from "react";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { deleteViewAction } from "@/lib/views/actions";

interface DeleteDialogProps {
  view: { id: string; name: string; shared: boolean };
  onDeleted: () => void;
  onClose: () => void;
  /** The button of the menu, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

export function DeleteDialog({ view: { id, name, shared }, onDeleted, onClose, opener }: DeleteDialogProps) {
  const { run, pending } = useAction(deleteViewAction, () => {
    toast.success(`${name} is deleted`);
    onDeleted();
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={`Delete ${name}?`}
      body={`${shared ? "Everybody loses the view." : "Only you have this view."} The list itself does not change.`}
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
