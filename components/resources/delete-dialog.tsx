"use client";
import type { RefObject } from "react";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { deleteResourceAction } from "@/lib/resources/actions";

interface DeleteDialogProps {
  resource: { id: string; name: string; version: number };
  onClose: () => void;
  /** The button of the menu, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

export function DeleteDialog({ resource: { id, name, version }, onClose, opener }: DeleteDialogProps) {
  const { run, pending } = useAction(deleteResourceAction, () => toast.success(`${name} is deleted`), "deleted");
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={`Delete ${name}?`}
      body="Gatehouse no longer knows its owner. The resource itself is not affected, and its system can register it again."
      opener={opener}
      confirm={
        <Button
          variant="danger"
          aria-busy={pending || undefined}
          onClick={async () => {
            await run({ id, version });
            onClose();
          }}
        >
          Delete
        </Button>
      }
    />
  );
}
