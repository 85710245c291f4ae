"use client";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

/** The question before unsaved edits are lost. */
export function DiscardDialog({ onAnswer }: { onAnswer: (discard: boolean) => void }) {
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onAnswer(false)}
      title="Discard changes?"
      body="Your changes have not been saved."
      cancelLabel="Keep editing"
      confirm={
        <Button variant="danger" onClick={() => onAnswer(true)}>
          Discard changes
        </Button>
      }
    />
  );
}
