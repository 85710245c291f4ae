import type { Scope } from "@/db/enums";
import { type Decision, mayNot, yes } from "@/lib/authz/decision";
import { differenceOf } from "@/lib/authz/difference";
import { holds, standingOf } from "@/lib/authz/evaluate";
import { type Access, earlier, endOf, holdingsOf } from "@/lib/authz/model";
import { isOperation, type OperationKey, operationOf } from "@/lib/operations";

/** What a change would cause somebody to hold. Only what is new or lasts longer: keeping is no grant. */
export type Grants = {
  roles?: { roleId: string; until: Date | null }[];
  /** Operations that are added to a role, for everybody who holds it. */
  carried?: { name: string; operations: Carried }[];
  memberships?: { groupId: string; until: Date | null }[];
  /** A manager gains reach over the person, and so does everybody above (R14). */
  managers?: { personId: string | null; managerId: string }[];
  /** An owner gains reach over the members (R14). */
  owners?: { ownerId: string }[];
  /** A service account does under another owner what that owner might give it, and reaches whom that owner reaches (T6, R14). */
  accounts?: { accountId: string; ownerId: string }[];
};

/** Whether a change gives anybody anything at all: a role that comes to carry nothing new gives nothing. */
export const isGrant = ({ carried = [], ...others }: Grants) =>
  carried.some(({ operations }) => operations.length > 0) || Object.values(others).some((given) => given.length > 0);

export type Carried = { operation: string; scope: Scope }[];

/**
 * Whether this access holds something, to give it. What there is for one's own account alone, and what no token carries, counts for one's
 * own account as the owner of the token or service account holds it (T1, T6): it gives nobody anything over others, every primary role
 * carries some of it, and a service account has no account of its own. Of a token that an earlier owner made, that owner holds it too.
 */
export function holdsToGive(access: Access, operation: string, scope: Scope, until?: Date | null): boolean {
  const own = scope === "self" && isOperation(operation) && isOwnAlone(operation);
  const holders = own ? [standingOf(access), ...(access.earlier ? [access.earlier] : [])] : [access];
  return holders.every((holder) => holds(holder, operation, scope, until));
}

function isOwnAlone(operation: OperationKey): boolean {
  const { scopes, notOnTokens } = operationOf(operation);
  return notOnTokens === true || scopes.every((scope) => scope === "self");
}

/** Whether somebody with this access may give a role that carries this, until then (null: without end). */
export function mayGive(access: Access, name: string, carried: Carried, until: Date | null): Decision {
  const missing = carried.find((held) => !holdsToGive(access, held.operation, held.scope, until));
  if (!missing) return yes;
  return mayNot(
    `"${name}" carries "${sentence(missing.operation)}"${scopeWords[missing.scope]}, ${lacking(access, missing)} cannot give it.`,
  );
}

export function mayTake(access: Access, name: string, carried: Carried, until: Date | null): Decision {
  const missing = carried.find((held) => !holdsToGive(access, held.operation, held.scope, until));
  if (!missing) return yes;
  return mayNot(
    `"${name}" carries "${sentence(missing.operation)}"${scopeWords[missing.scope]}, ${lacking(access, missing)} cannot remove it.`,
  );
}

/** Whether it is the person who lacks it, or only the token through which they ask. */
function lacking(access: Access, missing: Carried[number]): string {
  const { operation, scope } = missing;
  if (access.limit && !holds(access, operation, scope) && holds(standingOf(access), operation, scope))
    return "which this token does not carry, so it";
  return `which you do not hold${forThatLong(access, missing)}, so you`;
}

/** What a refusal adds when only the time is missing. */
export const forThatLong = (access: Access, { operation, scope }: Carried[number]) =>
  holds(access, operation, scope) ? " for that long" : "";

/** Whether somebody with this access may cause somebody to hold `after` who holds `before`. */
export function mayWake(access: Access, before: Access, after: Access): Decision {
  const gained = differenceOf(before, after).gains.find(
    ({ operation, scope, until }) => !holdsToGive(access, operation, scope, until),
  );
  if (!gained) return yes;
  const { operation, scope, until, endOnly } = gained;
  const held = holdingsOf(after).filter((one) => one.operation === operation && one.scope === scope);
  const giver = held.find(({ role }) => endOf(after, role)?.getTime() === until?.getTime());
  const woken = endOnly ? `keep "${giver?.role.name}" in force for longer` : `put "${giver?.role.name}" in force`;
  return mayNot(
    `This would ${woken}, which carries "${sentence(operation)}"${scopeWords[scope]}, and you do not hold that${forThatLong(access, gained)}.`,
  );
}

/**
 * A person who gains reach over somebody uses there what they hold at that scope, until the reach ends or they hold it no
 * more; only a holder at `all`, for as long, may give that.
 */
export function mayGiveReach(
  access: Access,
  theirs: Access,
  scope: Scope,
  until: Date | null,
  counts = (_operation: string) => true,
): Decision {
  const missing = holdingsOf(theirs).find(
    (held) =>
      held.scope === scope &&
      counts(held.operation) &&
      !holds(access, held.operation, "all", earlier(endOf(theirs, held.role), until)),
  );
  if (!missing) return yes;
  const lasting = holds(access, missing.operation, "all") ? " for longer than you can" : "";
  return mayNot(
    `This would let somebody else ${sentence(missing.operation).toLowerCase()}${lasting}; only a person who can do that for everyone${lasting && ", and for that long,"} can give it.`,
  );
}

const sentence = (operation: string) => (isOperation(operation) ? operationOf(operation).sentence : operation);
const scopeWords: Record<Scope, string> = {
  all: " for everyone",
  reports: " for people below the holder",
  owned_groups: " for members of the holder's groups",
  self: "",
};

/** What is used on people, and so on a new member; an owner uses the others on the group itself, which was theirs before. */
export const reachesPeople = (operation: string) =>
  !isOperation(operation) || operationOf(operation).scopes.some((scope) => scope === "reports" || scope === "self");
