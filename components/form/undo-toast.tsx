"use client";
import { proving } from "@/components/form/step-up";
import { Withdrawn } from "@/components/form/withdrawn";
import { answerOf } from "@/components/ui/answer-of";
import { toast } from "@/components/ui/toaster";
import { waitFor } from "@/components/ui/waiting";
import type { ActionResult } from "@/lib/http/action";
import { unanswered } from "./unanswered";

/** The command backwards of what was just done, which the server has said may be run. */
export interface Undo {
  /** Id of whom or what it is about: the next toast about it takes this one's place. */
  about: string;
  /** What is undone, within the button's name: "disable Nina Weber". */
  what: string;
  run: () => Promise<ActionResult<unknown>>;
  /** What the next toast says: "Nina Weber is enabled again". */
  done: string;
  /** What does not come back. */
  stays?: string;
}

interface Besides {
  about?: string;
  /** Another button of the same toast. */
  action?: { label: string; onClick: () => void };
}

/** Long enough to read the toast, find the button and press it by keyboard; hover and focus keep it longer. */
const lasts = 12_000;

/** Says what was done and offers "Undo". Null for `undo`: there is none, or the actor may not use it. */
export function toastWithUndo(words: string, undo: Undo | null, besides: Besides = {}) {
  if (!undo) return toast.success(words, besides);
  let pressed = false;
  const button = {
    label: (
      <span>
        Undo<span className="sr-only"> {undo.what}</span>
      </span>
    ),
    onClick: () => {
      if (pressed) return;
      pressed = true;
      void goBack(undo, () => toastWithUndo(words, undo, besides));
    },
  };
  toast.success(words, {
    about: undo.about,
    duration: lasts,
    description: undo.stays,
    ...(besides.action ? { action: besides.action, cancel: button } : { action: button }),
  });
}

/** The command backwards, which `may` asks the server about. */
export interface AskedUndo extends Undo {
  may: () => Promise<ActionResult<boolean>>;
}

/** Says what was done, with "Undo" where the actor may use it at this moment. Null for `undo`: there is none. */
export async function tellDone(words: string, undo: AskedUndo | null, besides: Besides = {}): Promise<void> {
  const may = undo !== null && (await waitFor(answerOf(undo.may())).catch(() => false));
  toastWithUndo(words, may ? undo : null, besides);
}

async function goBack({ run, done, about }: Undo, offerAgain: () => void) {
  try {
    const result = await proving(() => waitFor(run()));
    if (result.ok) return toast.success(done, { about });
    if (result.code === "unauthenticated") offerAgain();
    toast.error(sentenceOf(result));
  } catch (error) {
    offerAgain();
    if (!(error instanceof Withdrawn)) toast.error(unanswered(error, "The server didn't respond. Try again."));
  }
}

/** A form would compare two edits (U9); here nothing has been typed, so it is enough to say by whom. */
function sentenceOf({ code, message, details }: Extract<ActionResult<unknown>, { ok: false }>): string {
  if (code !== "conflict") return message;
  const { savedBy, self } = (details ?? {}) as { savedBy?: string; self?: boolean };
  if (!savedBy) return message;
  const who = savedBy.charAt(0).toUpperCase() + savedBy.slice(1);
  return `${who} saved this user${self ? " in another window" : ""} in the meantime, so nothing was undone.`;
}
