"use client";
import { useRef } from "react";
import { AccessChanges, NotAllCompared } from "@/components/access/access-changes";
import { ChangedMeanwhile } from "@/components/access/changed-meanwhile";
import { administratorWords, headingOf } from "@/components/access/preview-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import type { AccessPreview } from "@/lib/previews/preview";

type PreviewDialogProps = {
  preview: AccessPreview;
  /** Something else was saved since it was last shown. */
  changed: boolean;
  /** What the button that confirms says. */
  verb: string;
  busy: boolean;
  onAnswer: (go: boolean) => void;
};

/** Who gains and who loses what, before it is saved (R9). */
export function PreviewDialog({ preview, changed, verb, busy, onAnswer }: PreviewDialogProps) {
  const back = useRef<HTMLButtonElement>(null);
  const administrators = administratorWords(preview.administrators);
  return (
    <Dialog open onOpenChange={(open) => !open && onAnswer(false)}>
      <DialogContent
        title={headingOf(preview)}
        description="Nothing has been saved yet. The change takes effect on each affected person's next request."
        locked={busy}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          back.current?.focus();
        }}
      >
        <DialogBody>
          {changed && <ChangedMeanwhile />}
          {administrators.length > 0 && <Note tone="warning">{administrators.join(" ")}</Note>}
          <NotAllCompared preview={preview} />
          <AccessChanges preview={preview} />
        </DialogBody>
        <DialogFooter>
          <Button ref={back} onClick={() => onAnswer(false)} reason={busy ? "It is being saved." : undefined}>
            Back
          </Button>
          <Button variant="primary" aria-busy={busy || undefined} onClick={() => !busy && onAnswer(true)}>
            {verb}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
