"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { answerTo } from "@/components/form/question";
import { Withdrawn } from "@/components/form/withdrawn";
import type { AccessPreview } from "@/lib/access/preview";
import type { ActionResult } from "@/lib/action";

const PreviewDialog = dynamic(() => import("./preview-dialog").then((module) => module.PreviewDialog), { ssr: false });

type Options<Input, Value> = {
  preview: (input: Input) => Promise<ActionResult<AccessPreview>>;
  action: (input: Input) => Promise<ActionResult<Value>>;
  /** What the button that confirms says, as "Update". */
  verb: string;
  /** False for an input that touches nobody's access: it is saved without a preview. */
  when?: (input: Input) => boolean;
};

type Asked = { preview: AccessPreview; again: boolean; busy: boolean; answer: (go: boolean) => void };

/**
 * An action that first shows who gains and who loses what, and saves on confirmation (R9); at once when nobody does.
 * Give `action` to useActionForm and render `dialog`. Going back throws Withdrawn, which leaves the form as it was.
 */
export function usePreviewed<Input, Value>({ preview, action, verb, when }: Options<Input, Value>) {
  const [asked, setAsked] = useState<Asked | null>(null);

  const confirmed = (found: AccessPreview, again: boolean) =>
    answerTo((answer) => {
      setAsked({
        preview: found,
        again,
        busy: false,
        answer: (go) => {
          setAsked((before) => before && { ...before, busy: true });
          answer(go);
        },
      });
    });

  /** Asks until what was confirmed is still so; a refusal is the one that the save would meet. */
  async function refusalOf(input: Input): Promise<Extract<ActionResult<never>, { ok: false }> | null> {
    const { href } = window.location;
    let shown: AccessPreview | null = null;
    for (;;) {
      const found = await preview(input);
      if (!found.ok) return found;
      if (isQuiet(found.value) || (shown && same(shown, found.value))) return null;
      const gone = window.location.href !== href;
      if (gone || !(await confirmed(found.value, shown !== null))) throw new Withdrawn();
      shown = found.value;
    }
  }

  async function previewed(input: Input): Promise<ActionResult<Value>> {
    try {
      const refusal = when && !when(input) ? null : await refusalOf(input);
      if (refusal && !isLogged(refusal)) return refusal;
      return await action(input);
    } finally {
      setAsked(null);
    }
  }

  const dialog: ReactNode = asked && (
    <PreviewDialog
      preview={asked.preview}
      changed={asked.again}
      verb={verb}
      busy={asked.busy}
      onAnswer={asked.answer}
    />
  );
  return { action: previewed, dialog };
}

/** "You may not" and "nobody may" stand in the log, so they are asked of the command itself, which refuses and writes. */
export const isLogged = ({ code }: { code: string }) => code === "forbidden" || code === "precondition";

const isQuiet = ({ people, gains, loses, reach, administrators }: AccessPreview) =>
  !people.over &&
  [gains, loses, reach.gains, reach.loses].every((lines) => lines.length === 0) &&
  administrators.gain + administrators.lose === 0;

/** Whether what was read and confirmed is still so. */
export const same = (a: AccessPreview, b: AccessPreview) => JSON.stringify(a) === JSON.stringify(b);
