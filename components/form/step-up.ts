import { readOnlyReason } from "@/components/form/read-only";
import { isSomebodyElse, signedInAgain } from "@/components/form/sign-in-again";
import { Withdrawn } from "@/components/form/withdrawn";
import type { ActionResult } from "@/lib/http/action";

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
 * Does it, unless the page is for reading alone. When the session has ended or is somebody else's, asks for signing in again; when a fresh proof of who one is
 * was required (S8), for that; then does it again by itself. Throws Withdrawn when the person closes the question, but
 * gives back the refusal of a session that has ended.
 */
export async function proving<T>(act: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  const readOnly = readOnlyReason();
  if (readOnly) return { ok: false, code: "precondition", message: readOnly };
  if (isSomebodyElse() && !(await signedInAgain())) throw new Withdrawn();
  const result = await act();
  if (result.ok) return result;
  if (result.code === "unauthenticated") return (await signedInAgain()) ? proving(act) : result;
  if (result.code !== "stale" || !ask) return result;
  if (!(await ask())) throw new Withdrawn();
  return act();
}
