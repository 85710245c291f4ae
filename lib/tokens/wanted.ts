import { asksForProof, fitsOnToken } from "@/lib/authz/limit";
import { type Access, holdingsOf, openedBy } from "@/lib/authz/model";
import { invalidField } from "@/lib/errors";
import { endAfter } from "@/lib/tokens/store";

/** The longest that a token works with which something can be done that asks a person for a new proof, in days (T1). */
export const longestWithProof = 90;

/** What an access opens, for a token of the person who has it. */
export const openedByAccess = (access: Access): Set<string> =>
  new Set(holdingsOf(access).flatMap(({ operation }) => openedBy(operation)));

type Chosen = { operations: string[]; days: number | null };

/** Only what its holder may do, and what a token carries at all (T1). */
export function checkWanted(access: Access, { operations, days }: Chosen, now: Date): void {
  const held = openedByAccess(access);
  const foreign = operations.filter((key) => !held.has(key) || !fitsOnToken(key));
  if (foreign.length > 0) throw invalidField("operations", `A token cannot carry ${foreign.join(", ")}.`);
  requireShortEnough(operations, endAfter(days, now), now);
}

export function requireShortEnough(operations: string[], expiresAt: Date | null, now: Date): void {
  const proving = operations.find(asksForProof);
  if (!proving) return;
  const longest = endAfter(longestWithProof, now) as Date;
  if (expiresAt === null || expiresAt > longest)
    throw invalidField("days", `A token that carries ${proving} expires within ${longestWithProof} days.`);
}
