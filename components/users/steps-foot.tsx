"use client";
import { SubmitButton } from "@/components/form/submit-button";
import { Button, LinkButton } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";

type StepsFootProps = {
  /** Absent on the first step. */
  onBack: (() => void) | undefined;
  /** Where "Cancel" leads on a page of its own; in a dialog it closes. */
  cancelHref: string | undefined;
  /** What the last step does; null on those before. */
  last: { verb: string; pendingLabel: string; pending: boolean; reason?: string | undefined } | null;
  /** Whether the server is asked about this step. */
  asking: boolean;
};

export function StepsFoot({ onBack, cancelHref, last, asking }: StepsFootProps) {
  return (
    <DialogFooter aside={onBack && <Button onClick={onBack}>Back</Button>}>
      {cancelHref ? (
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      ) : (
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
      )}
      {last ? (
        <SubmitButton
          key="last"
          pending={last.pending}
          pendingLabel={last.pendingLabel}
          reason={last.reason}
          className="max-s:basis-auto!"
        >
          {last.verb}
        </SubmitButton>
      ) : (
        <Button
          key="continue"
          type="submit"
          variant="primary"
          aria-busy={asking || undefined}
          aria-disabled={asking || undefined}
          className="aria-busy:bg-accent! aria-busy:text-accent-on!"
        >
          Continue
        </Button>
      )}
    </DialogFooter>
  );
}
