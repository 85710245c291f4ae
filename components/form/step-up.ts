import { Withdrawn } from "@/components/form/withdrawn";
import type { ActionResult } from "@/lib/action";

/** Asks the person to prove who they are; true once they have, false when they would rather not. */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;

/** For the one dialog of a page that asks. Returns how to leave. */
export function answerStepUps(by: Ask): () => void {
  ask = by;
  return () => {
    if (ask === by) ask = null;
  };
}

/**
 * Does it, and when a fresh proof of who one is was wanted (S8), asks for that and does it again by itself. Throws
 * Withdrawn when the person closes the question.
 */
export async function proving<T>(act: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  const result = await act();
  if (result.ok || result.code !== "stale" || !ask) return result;
  if (!(await ask())) throw new Withdrawn();
  return act();
}
