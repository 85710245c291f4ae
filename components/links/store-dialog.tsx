"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/check-line";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";

interface StoreDialogProps {
  title: string;
  description: string;
  /** What is ticked before it closes, as "I have stored it". */
  stored: string;
  children: ReactNode;
  onStored: () => void;
  onCloseAutoFocus?: ((event: Event) => void) | undefined;
}

/** What is shown this once; it closes when it is stored. */
export function StoreDialog({ title, description, stored, children, onStored, onCloseAutoFocus }: StoreDialogProps) {
  const [ticked, setTicked] = useState(false);
  return (
    <Dialog open>
      <DialogContent locked size="s" title={title} description={description} onCloseAutoFocus={onCloseAutoFocus}>
        <DialogBody>{children}</DialogBody>
        <DialogFooter
          aside={<CheckLine label={stored} checked={ticked} onChange={(event) => setTicked(event.target.checked)} />}
        >
          <Button
            variant="primary"
            showReason
            reason={ticked ? undefined : "Tick the box to close."}
            onClick={onStored}
          >
            Close
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
