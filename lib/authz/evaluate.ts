import type { Scope } from "@/db/enums";
import { type Decision, mayNot, yes } from "@/lib/authz/decision";
import {
  type Access,
  contains,
  endOf,
  type Holding,
  holdingsOf,
  holdingsThatOpen,
  holdsEverything,
} from "@/lib/authz/model";
import { isOperation, type OperationKey, operationOf, takesEverything } from "@/lib/operations";

/** How the person acted upon relates to the actor. All false: no person, or no particular one. */
export type Relation = { self: boolean; reports: boolean; ownedGroups: boolean };

export const noRelation: Relation = { self: false, reports: false, ownedGroups: false };

export type ScopeDecision = { allowed: true; paths: Holding[] } | { allowed: false; held: Holding[] };

const reaches = (scope: Scope, relation: Relation) =>
  scope === "all" ||
  (scope === "reports" && relation.reports) ||
  (scope === "owned_groups" && relation.ownedGroups) ||
  (scope === "self" && relation.self);

/**
 * By scopes alone: may somebody with this access do this to somebody with this relation to them, and by which paths. `evaluate` asks it
 * for enforcement, explanation and buttons, and adds R13; lists ask `within`.
 */
export function decideByScope(access: Access, operation: OperationKey, relation: Relation): ScopeDecision {
  const held = holdingsThatOpen(access, operation);
  const paths = held.filter((holding) => reaches(holding.scope, relation));
  return paths.length > 0 ? { allowed: true, paths } : { allowed: false, held };
}

/** The scopes at which an operation is held, by any role in force. */
export function scopesOf(access: Access, operation: OperationKey): Set<Scope> {
  return new Set(holdingsThatOpen(access, operation).map((holding) => holding.scope));
}

/** Whether an operation reaches anybody but the person themselves: what opens the screens of /admin. */
export function holdsBeyondSelf(access: Access, operation: OperationKey): boolean {
  return [...scopesOf(access, operation)].some((scope) => scope !== "self");
}

export type Someone = { id: string; name: string };

/** How the target is related to the actor. `theirs` is what the person acted upon holds; null where R13 does not ask. */
export type TargetRelation = { relation: Relation; person: Someone | null; theirs: Access | null };

/**
 * A decision with all that it rests on. `paths` reach the target; `held` is every holding that opens the operation,
 * also those that do not reach; `more` is what R13 finds in the way.
 */
export type Evaluation = { decision: Decision; paths: Holding[]; held: Holding[]; more: Holding[] };

/**
 * The one function of enforcement and explanation (R7): scope first, then R13. The product's own operations are evaluated
 * like ours, on nobody in particular.
 */
export function evaluate(access: Access, operation: string, { relation, person, theirs }: TargetRelation): Evaluation {
  const known = isOperation(operation) ? operationOf(operation) : null;
  if (known?.scopes.length === 0) return proved(access, known.personal === true, person, theirs);
  const held = holdingsThatOpen(access, operation);
  const byScope = decideByScope(access, operation as OperationKey, relation);
  if (!byScope.allowed) return { decision: whyNot(access, operation, person, held), paths: [], held, more: [] };
  const asks = known?.personal && theirs && person;
  return {
    decision: asks ? mayActOn(access, theirs, person.name) : yes,
    paths: byScope.paths,
    held,
    more: asks && access.personId !== theirs.personId ? beyond(standingOf(access), theirs) : [],
  };
}

/** What its own proof opens is within everybody's reach; R13 holds as for everything that is done to a person. */
function proved(access: Access, personal: boolean, person: Someone | null, theirs: Access | null): Evaluation {
  const decision = personal && theirs && person ? mayActOn(access, theirs, person.name) : yes;
  return { decision, paths: [], held: [], more: decision.ok || !theirs ? [] : beyond(standingOf(access), theirs) };
}

/** What no role gives at all is distinguished from what does not reach this person. */
function whyNot(access: Access, operation: string, person: Someone | null, held: Holding[]): Decision {
  const sentence = sentenceOf(operation);
  if (takesEverything(operation))
    return mayNot(`Only somebody who holds every operation, without an end date, can ${sentence}.`);
  if (!person) return mayNot(`You don't have permission to ${sentence}.`);
  if (held.length > 0)
    return mayNot(`You don't have permission to ${sentence} here: ${person.name} is outside your reach.`);
  const byRoles = access.personId !== null && access.limit === undefined;
  return mayNot(byRoles ? `None of your roles lets you ${sentence}.` : `You don't have permission to ${sentence}.`);
}

/**
 * Whether this access holds an operation at this scope or a wider one, at least until `until` (null: without end).
 * The reports or groups of two people never contain each other, so those require a holder at `all` (R13).
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

/** Its form within a sentence: "edit a user". The product's own are named by their key. */
export const sentenceOf = (operation: string) =>
  isOperation(operation) ? operationOf(operation).sentence.toLowerCase() : operation;

/** R13: nobody changes a person who effectively holds what they do not hold themselves. */
export function mayActOn(actor: Access, target: Access, name: string): Decision {
  const access = standingOf(actor);
  if (access.personId === target.personId) return yes;
  const [more] = beyond(access, target);
  if (!more) return yes;
  const may = `${name} can ${sentenceOf(more.operation)}${reach(more.scope)}`;
  return mayNot(
    holds(access, more.operation, more.scope)
      ? `${may} for longer than you can. Only somebody with that permission for as long can do this.`
      : `${may}, which you cannot. Only somebody with that permission can do this.`,
  );
}

const reach = (scope: Scope) =>
  scope === "reports" ? " for people below them" : scope === "owned_groups" ? " for members of their groups" : "";
