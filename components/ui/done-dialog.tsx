"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { DialogBody, DialogClose, DialogFooter } from "./dialog";
import { HeldDialog, type HeldDialogProps } from "./held-dialog";

type DoneDialogProps = Omit<HeldDialogProps, "pending"> & {
  /** What is shown beside the button. */
  aside?: ReactNode;
};

/** Says what was done, line by line. */
export function DoneDialog({ aside, children, ...dialog }: DoneDialogProps) {
  return (
    <HeldDialog {...dialog} pending={false}>
      <DialogBody>{children}</DialogBody>
      <DialogFooter aside={aside}>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </HeldDialog>
  );
}

/** The lines of a DoneDialog. */
export function DoneLines({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {children}
    </ul>
  );
}

export function DoneLine({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2.5 px-3 py-2.5 text-ui/[19px]">
      {icon}
      <span className="min-w-0 wrap-break-word">{children}</span>
    </li>
  );
}
