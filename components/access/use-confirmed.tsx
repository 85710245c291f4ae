"use client";
import { type ReactNode, useState } from "react";
import { answerTo } from "@/components/form/question";
import { Withdrawn } from "@/components/form/withdrawn";
import type { ActionResult } from "@/lib/http/action";

/** What a preview shows, and its answer. `again`: something else was saved since it was last shown. */
export type Asked<Found> = { found: Found; again: boolean; busy: boolean; answer: (go: boolean) => void };

type Options<Input, Found, Value> = {
  preview: (input: Input) => Promise<ActionResult<Found>>;
  action: (input: Input) => Promise<ActionResult<Value>>;
  /** False for an input that is saved without a preview. */
  when?: (input: Input) => boolean;
  /** Whether there is nothing to show: then it is saved at once. */
  isQuiet: (found: Found) => boolean;
  draw: (asked: Asked<Found>) => ReactNode;
};

/**
 * An action that first shows what it would change, and saves on confirmation. Give `action` to useActionForm and render
 * `dialog`. Going back throws Withdrawn, which leaves the form as it was.
 */
export function useConfirmed<Input, Found, Value>(options: Options<Input, Found, Value>) {
  const { preview, action, when, isQuiet, draw } = options;
  const [asked, setAsked] = useState<Asked<Found> | null>(null);

  const confirmed = (found: Found, again: boolean) =>
    answerTo((answer) => {
      setAsked({
        found,
        again,
        busy: false,
        answer: (go) => {
          setAsked((before) => before && { ...before, busy: true });
          answer(go);
        },
      });
    });

  /** Asks until the state is what was confirmed; a refusal is the same as the save would get. */
  async function refusalOf(input: Input): Promise<Extract<ActionResult<never>, { ok: false }> | null> {
    const { href } = window.location;
    let shown: Found | null = null;
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

  return { action: previewed, dialog: asked && draw(asked) };
}

/** "You may not" and "nobody may" are in the log, so they are asked of the command itself, which refuses and writes. */
export const isLogged = ({ code }: { code: string }) => code === "forbidden" || code === "precondition";

/** Whether what was read and confirmed is still so. */
export const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
