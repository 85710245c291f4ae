"use client";
import { CircleCheck, CircleMinus } from "lucide-react";
import type { RefObject } from "react";
import { DoneDialog, DoneLine, DoneLines } from "@/components/ui/done-dialog";
import type { Restored } from "@/lib/users/commands/restore";

type RestoredDialogProps = {
  name: string;
  restored: Restored;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/** The end of "Restore": what was handed back, and what stays where it is. */
export function RestoredDialog({ name, restored: { handedBack, skipped }, onClose, opener }: RestoredDialogProps) {
  return (
    <DoneDialog
      {...{ onClose, opener }}
      title={`${name} is restored`}
      description="There is no password yet: send a link, or set one."
    >
      <DoneLines label="What was returned">
        {handedBack.map((thing) => (
          <DoneLine key={thing} icon={<CircleCheck aria-hidden className="mt-px text-positive" />}>
            Returned: {thing}.
          </DoneLine>
        ))}
        {skipped.map(({ name: thing, reason }) => (
          <DoneLine key={thing} icon={<CircleMinus aria-hidden className="mt-px text-icon" />}>
            {reason}
          </DoneLine>
        ))}
      </DoneLines>
    </DoneDialog>
  );
}
