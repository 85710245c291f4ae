import { firstYear, lastYear } from "@/db/enums";
import { invalidField } from "@/lib/errors";

export { firstYear, lastYear };

/** Until when something lasts: an account, a role, a membership, a disablement. Null without end. */
export type ChosenEnd = Date | "now" | Brought | null;

/** One that comes from elsewhere and is taken as it is, past or not. No text that a form or a program sends becomes one. */
type Brought = { brought: Date };

/**
 * A form or a program never sets an end that is past, since that is a typing mistake; code that brings ends from
 * elsewhere takes them as they are.
 */
export type EndRules = { pastEnds?: "accepted" };

/** The moment that was chosen; `at` is that of the change, one for all that ends by it. */
export const momentOf = (end: ChosenEnd, at: Date): Date | null =>
  end === "now" ? at : isBrought(end) ? end.brought : end;

const isBrought = (end: ChosenEnd): end is Brought => end !== null && end !== "now" && "brought" in end;

export const rulesOf = (end: ChosenEnd): EndRules => (isBrought(end) ? { pastEnds: "accepted" } : {});

type Held = { endsAt: Date | null } | undefined;

/**
 * Why nobody may newly set this end, or null. What is stored may stay, whatever it is.
 * `at`: the moment of the change, which "now" has become.
 */
export function endProblem(end: Date | null, held: Held, at: Date, { pastEnds }: EndRules = {}): string | null {
  if (end === null || end.getTime() === held?.endsAt?.getTime()) return null;
  if (end < first || end >= beyond) return `Choose a year from ${firstYear} to ${lastYear}.`;
  return end < at && pastEnds !== "accepted" ? "Choose a date in the future." : null;
}

const [first, beyond] = [new Date(`${firstYear}-01-01T00:00:00Z`), new Date(`${lastYear + 1}-01-01T00:00:00Z`)];

/** Throws `invalid` at the field when this end may not be newly set. */
export function requireEnd(field: string, end: Date | null, held: Held, at: Date, rules?: EndRules): void {
  const problem = endProblem(end, held, at, rules);
  if (problem) throw invalidField(field, problem);
}
