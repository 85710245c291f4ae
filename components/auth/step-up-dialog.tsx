"use client";
import { ProofForm } from "@/components/auth/proof-form";
import { Dialog, DialogContent } from "@/components/ui/dialog";

/** Asks for a proof of who one is, over whatever was being done; that continues by itself afterwards. */
export function StepUpDialog({ onAnswer }: { onAnswer: (proved: boolean) => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onAnswer(false)}>
      <DialogContent
        size="s"
        title="Confirm it's you"
        description="Confirm your identity to continue. You won't be asked again for ten minutes."
      >
        <ProofForm onProved={() => onAnswer(true)} />
      </DialogContent>
    </Dialog>
  );
}
