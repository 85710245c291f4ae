"use client";
import type { ComponentProps, ReactNode, RefObject } from "react";
import { Button } from "./button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "./dialog";
import { focusOn } from "./focus";

export interface HeldDialogProps
  extends Pick<ComponentProps<typeof DialogContent>, "title" | "description" | "size" | "children"> {
  open?: boolean;
  /** What it asked for is under way: nothing closes it then. */
  pending: boolean;
  onClose: () => void;
  /** What was pressed, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

/** A dialog without an address, which ends with "Cancel" or with what it asks for. */
export function HeldDialog({ open = true, pending, onClose, opener, ...content }: HeldDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && !pending && onClose()}>
      <DialogContent {...content} onCloseAutoFocus={focusOn(opener)} />
    </Dialog>
  );
}

/** "Cancel", and the button that does it. */
export function CancelFooter({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  return (
    <DialogFooter aside={aside}>
      <DialogClose asChild>
        <Button>Cancel</Button>
      </DialogClose>
      {children}
    </DialogFooter>
  );
}
