import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";

/**
 * What to say when an action failed without an answer. A page from before an upgrade names actions that the server no
 * longer has; every other failure is `otherwise`. What Next throws to navigate is thrown on.
 */
export function unanswered(error: unknown, otherwise: string): string {
  unstable_rethrow(error);
  return unstable_isUnrecognizedActionError(error)
    ? "Gatehouse was updated. Reload this page and try again."
    : otherwise;
}
