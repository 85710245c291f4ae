import type { Scope } from "@/db/enums";
import { type Access, type Holding, holdingsThatOpen } from "@/lib/authz/access";
import type { OperationKey } from "@/lib/operations";

/** How the person acted upon stands to the actor. All false: no person, or nobody in particular. */
export type Relation = { self: boolean; reports: boolean; ownedGroups: boolean };

export const noRelation: Relation = { self: false, reports: false, ownedGroups: false };

export type Decision = { allowed: true; paths: Holding[] } | { allowed: false; held: Holding[] };

const reaches = (scope: Scope, relation: Relation) =>
  scope === "all" ||
  (scope === "reports" && relation.reports) ||
  (scope === "owned_groups" && relation.ownedGroups) ||
  (scope === "self" && relation.self);

/**
 * By scopes alone: may somebody with this access do this to somebody who stands so to them, and by which paths. `weigh` asks it
 * for enforcement, explanation and buttons, and adds R13; lists ask `within`.
 */
export function decide(access: Access, operation: OperationKey, relation: Relation): Decision {
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
