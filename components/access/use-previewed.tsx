"use client";
import { changesNothing } from "@/components/access/preview-words";
import { useConfirmed } from "@/components/access/use-confirmed";
import { late } from "@/components/ui/late";
import type { ActionResult } from "@/lib/http/action";
import type { AccessPreview } from "@/lib/previews/preview";

const PreviewDialog = late(() => import("./preview-dialog").then((module) => module.PreviewDialog));

type Options<Input, Value> = {
  preview: (input: Input) => Promise<ActionResult<AccessPreview>>;
  action: (input: Input) => Promise<ActionResult<Value>>;
  /** What the button that confirms says, as "Update". */
  verb: string;
  /** False for an input that touches nobody's access: it is saved without a preview. */
  when?: (input: Input) => boolean;
};

/** An action that first shows who gains and who loses what, and saves on confirmation (R9); at once when nobody does. */
export const usePreviewed = <Input, Value>({ verb, ...options }: Options<Input, Value>) =>
  useConfirmed({
    ...options,
    isQuiet,
    draw: ({ found, again, busy, answer }) => (
      <PreviewDialog preview={found} changed={again} verb={verb} busy={busy} onAnswer={answer} />
    ),
  });

const isQuiet = (preview: AccessPreview) =>
  !preview.people.over &&
  !preview.accounts.over &&
  changesNothing(preview) &&
  preview.administrators.gain + preview.administrators.lose === 0;
