import type { Scope } from "@/db/enums";
import {
  type Access,
  contains,
  endOf,
  type Holding,
  holdingsOf,
  holdingsThatOpen,
  holdsEverything,
} from "@/lib/authz/access";
import { isOperation, operationOf } from "@/lib/operations";
import { mayNot, type Verdict, yes } from "@/lib/verdict";

/**
 * Whether this access holds an operation at this scope or a wider one, at least until `until` (null: for ever).
 * The reports or groups of two people never contain each other, so those want a holder at `all` (R13).
 */
export function holds(access: Access, operation: string, scope: Scope, until?: Date | null): boolean {
  return holdingsThatOpen(access, operation).some(
    (held) => contains(held.scope, scope) && (until === undefined || lasts(endOf(access, held.role), until)),
  );
}

const lasts = (end: Date | null, until: Date | null) => end === null || (until !== null && until <= end);

/** What `other` holds and the actor does not, at the same scope or a wider one, for as long. */
export function beyond(access: Access, other: Access): Holding[] {
  if (holdsEverything(access)) return [];
  return holdingsOf(other).filter((held) => !holds(access, held.operation, held.scope, endOf(other, held.role)));
}

/** The access by which R13 compares an actor. */
export const standingOf = (access: Access): Access => access.standing ?? access;

/** As it stands within a sentence: "edit a user". The product's own are told by their key. */
export const sentenceOf = (operation: string) =>
  isOperation(operation) ? operationOf(operation).sentence.toLowerCase() : operation;

/** R13: nobody changes a person who effectively holds what they do not hold themselves. */
export function mayActOn(actor: Access, target: Access, name: string): Verdict {
  const access = standingOf(actor);
  if (access.personId === target.personId) return yes;
  const [more] = beyond(access, target);
  if (!more) return yes;
  const may = `${name} may ${sentenceOf(more.operation)}${reach(more.scope)}`;
  return mayNot(
    holds(access, more.operation, more.scope)
      ? `${may} for longer than you may. Only somebody who may for as long can do this.`
      : `${may}, which you may not. Only somebody who may can do this.`,
  );
}

const reach = (scope: Scope) =>
  scope === "reports" ? " for people below them" : scope === "owned_groups" ? " for members of their groups" : "";
