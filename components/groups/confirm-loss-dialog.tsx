"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { ChangedMeanwhile } from "@/components/access/changed-meanwhile";
import { isLogged, same } from "@/components/access/use-confirmed";
import { useAction } from "@/components/form/use-action";
import { Withdrawn } from "@/components/form/withdrawn";
import { ChangeEffects, type Effects } from "@/components/groups/change-effects";
import { ActDialog } from "@/components/ui/act-dialog";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/http/action";
import type { AccessPreview } from "@/lib/previews/preview";

type ConfirmLossDialogProps<Input, Value> = {
  title: string;
  description: string;
  /** Shown when nobody loses anything. */
  nothing: string;
  verb: string;
  input: Input;
  preview: (input: Input) => Promise<ActionResult<AccessPreview>>;
  action: (input: Input) => Promise<ActionResult<Value>>;
  /** What a row says where this takes it from its list, as "removed". */
  settled?: string;
  onDone: (value: Value) => void;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

/**
 * A question that says first who loses what (R5): the red button waits until that is read, and asks again before it is
 * done. What has changed in the meantime is shown instead (R9).
 */
export function ConfirmLossDialog<Input, Value>(props: ConfirmLossDialogProps<Input, Value>) {
  const { title, description, nothing, verb, input, preview, action, settled, onDone, onClose, opener } = props;
  const [effects, setEffects] = useState<Effects>(null);
  const [changed, setChanged] = useState(false);
  const { run, pending, message } = useAction(confirmed, onDone, settled);
  const ask = useRef(() => preview(input));

  useEffect(() => {
    let current = true;
    const answer = (found: Effects) => current && setEffects(found);
    ask.current().then(answer, () => answer("failed"));
    return () => {
      current = false;
    };
  }, []);

  async function confirmed(wanted: Input): Promise<ActionResult<Value>> {
    const found = await preview(wanted);
    if (!found.ok) return isLogged(found) ? action(wanted) : found;
    if (ready && same(effects.value, found.value)) return action(wanted);
    setEffects(found);
    setChanged(true);
    throw new Withdrawn();
  }

  const ready = effects !== null && effects !== "failed" && effects.ok;
  const reason = ready
    ? undefined
    : effects === null
      ? "Loading the preview."
      : "This cannot be done, for the reason above.";
  return (
    <ActDialog
      {...{ pending, onClose, opener }}
      title={title}
      description={description}
      message={message}
      button={
        <Button
          variant="danger"
          showReason
          reason={reason}
          aria-busy={pending || undefined}
          onClick={() => !pending && run(input)}
        >
          {verb}
        </Button>
      }
    >
      {changed && <ChangedMeanwhile />}
      <ChangeEffects effects={effects} nothing={nothing} />
    </ActDialog>
  );
}
