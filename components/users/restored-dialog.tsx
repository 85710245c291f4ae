"use client";
import { CircleCheck, CircleMinus } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { focusOn } from "@/components/ui/focus";
import type { Restored } from "@/lib/users/commands/restore";

type RestoredDialogProps = {
  name: string;
  restored: Restored;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** The end of "Restore": what was handed back, and what stays where it is. */
export function RestoredDialog({ name, restored, onClose, opener }: RestoredDialogProps) {
  const { handedBack, skipped } = restored;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        onCloseAutoFocus={focusOn(opener)}
        title={`${name} is restored`}
        description="There is no password yet: send a link, or set one."
      >
        <DialogBody>
          <ul aria-label="What was returned" className="divide-y divide-line rounded-md border border-line">
            {handedBack.map((thing) => (
              <li key={thing} className="flex gap-2.5 px-3 py-2.5 text-ui/[19px]">
                <CircleCheck aria-hidden className="mt-px text-positive" />
                Returned: {thing}.
              </li>
            ))}
            {skipped.map(({ name: thing, reason }) => (
              <li key={thing} className="flex gap-2.5 px-3 py-2.5 text-ui/[19px]">
                <CircleMinus aria-hidden className="mt-px text-icon" />
                <span className="min-w-0 wrap-break-word">{reason}</span>
              </li>
            ))}
          </ul>
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="primary">Done</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
