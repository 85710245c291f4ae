"use client";
import type { ReactNode } from "react";
import { DialogBody } from "./dialog";
import { CancelFooter, HeldDialog, type HeldDialogProps } from "./held-dialog";
import { Note } from "./note";

type ActDialogProps = HeldDialogProps & {
  /** Why it was refused. */
  message?: string | null;
  /** What is shown beside the buttons. */
  aside?: ReactNode;
  /** The button that does it. */
  button: ReactNode;
};

/** A question that shows what its answer would do. */
export function ActDialog({ message, aside, button, children, ...dialog }: ActDialogProps) {
  return (
    <HeldDialog {...dialog}>
      <DialogBody>
        {message && (
          <Note tone="danger" role="alert">
            {message}
          </Note>
        )}
        {children}
      </DialogBody>
      <CancelFooter aside={aside}>{button}</CancelFooter>
    </HeldDialog>
  );
}
