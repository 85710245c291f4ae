import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { idArray } from "@/db/ids";
import { above, isBelow } from "@/db/places";
import { appOperations, groupRoles, groups, roleOperations, roles } from "@/db/schema";
import { differenceOf } from "@/lib/authz/difference";
import { holds } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { type Access, earlier, endOf, holdingsOf, isOver, operationsIn } from "@/lib/authz/model";
import type { Ctx, Reads } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { askingTogether } from "@/lib/kernel/together";
import { isOperation, operationOf } from "@/lib/operations";
import { mayNot, require, type Verdict, yes } from "@/lib/verdict";

/** What a change would cause somebody to hold. Only what is new or lasts longer: keeping is no grant. */
export type Grants = {
  roles?: { roleId: string; until: Date | null }[];
  /** Operations that a role comes to carry, for whoever holds it. */
  carried?: { name: string; operations: Carried }[];
  memberships?: { groupId: string; until: Date | null }[];
  /** A manager gains reach over the person, and so does everybody above (R14). */
  managers?: { personId: string | null; managerId: string }[];
  /** An owner gains reach over the members (R14). */
  owners?: { ownerId: string }[];
};

/** Whether a change gives anybody anything at all: a role that comes to carry nothing new gives nothing. */
export const isGrant = ({ carried = [], ...others }: Grants) =>
  carried.some(({ operations }) => operations.length > 0) || Object.values(others).some((given) => given.length > 0);

/**
 * R8: nobody can cause anyone to hold an operation, at a scope or for a time, that they do not hold. `lib/kernel/decide.ts` asks
 * this of what a command's `grants` names; `lib/kernel/apply.ts` asks `guardGained` of what the person holds afterwards, whatever was
 * named; `guardTaken` and `guardReach` are for what is taken from a group and for who comes to reach whom.
 */
export async function guardGrants(ctx: Ctx, db: Reads | Tx, grants: Grants): Promise<void> {
  const access = ctx.actor.access;
  for (const { roleId, until } of grants.roles ?? []) await guardRole(db, access, roleId, until);
  for (const { name, operations } of grants.carried ?? []) require(mayGive(access, name, operations, null));
  for (const { groupId, until } of grants.memberships ?? []) await guardMembership(ctx, db, access, groupId, until);
  for (const managerId of new Set(grants.managers?.map((given) => given.managerId))) {
    const given = grants.managers?.filter((one) => one.managerId === managerId) ?? [];
    await guardManager(ctx, db, access, given, managerId);
  }
  for (const { ownerId } of grants.owners ?? []) await guardReach(ctx, db, access, ownerId, "owned_groups", null);
}

/** What the change woke, such as a role that was dormant until the primary role allowed it, or lengthened, is given as well. */
export const guardGained = (ctx: Ctx, before: Access, after: Access): void =>
  require(mayWake(ctx.actor.access, before, after));

/** Whether somebody with this access may cause somebody to hold `after` who holds `before`. */
export function mayWake(access: Access, before: Access, after: Access): Verdict {
  const gained = differenceOf(before, after).gains.find(
    ({ operation, scope, until }) => !holds(access, operation, scope, until),
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
 * The other side of R8: nobody takes from others, by way of a group, a role that carries what they do not hold for as
 * long as the group carries it.
 */
export async function guardTaken(
  ctx: Ctx,
  db: Reads | Tx,
  taken: { roleId: string; endsAt: Date | null }[],
): Promise<void> {
  for (const { roleId, endsAt } of taken) {
    const { name, carried } = await carriedBy(db, roleId);
    require(mayTake(ctx.actor.access, name, carried, endsAt));
  }
}

export function mayTake(access: Access, name: string, carried: Carried, until: Date | null): Verdict {
  const missing = carried.find((held) => !holds(access, held.operation, held.scope, until));
  if (!missing) return yes;
  return mayNot(
    `"${name}" carries "${sentence(missing.operation)}"${scopeWords[missing.scope]}, which you do not hold${forThatLong(access, missing)}, so you cannot take it away.`,
  );
}

/** What a refusal adds when only the time is missing. */
export const forThatLong = (access: Access, { operation, scope }: Carried[number]) =>
  holds(access, operation, scope) ? " for that long" : "";

async function guardRole(db: Reads | Tx, access: Access, roleId: string, until: Date | null) {
  const { name, carried } = await carriedBy(db, roleId);
  require(mayGive(access, name, carried, until));
}

async function carriedBy(db: Reads | Tx, roleId: string): Promise<{ name: string; carried: Carried }> {
  const [role] = await db.select().from(roles).where(eq(roles.id, roleId));
  if (!role) throw precondition("One of these roles does not exist any more.");
  const stored = await db
    .select()
    .from(roleOperations)
    .where(eq(roleOperations.roleId, roleId))
    .orderBy(roleOperations.operation, roleOperations.scope);
  const apps = role.admin ? await db.select({ key: appOperations.key }).from(appOperations) : [];
  const keys = apps.map(({ key }) => key);
  return { name: role.name, carried: operationsIn({ admin: role.admin, operations: stored }, keys) };
}

export type Carried = { operation: string; scope: Scope }[];

/** Whether somebody with this access may give a role that carries this, until then (null: for ever). */
export function mayGive(access: Access, name: string, carried: Carried, until: Date | null): Verdict {
  const missing = carried.find((held) => !holds(access, held.operation, held.scope, until));
  if (!missing) return yes;
  return mayNot(
    `"${name}" carries "${sentence(missing.operation)}"${scopeWords[missing.scope]}, which you do not hold${forThatLong(access, missing)}, so you cannot give it.`,
  );
}

async function guardMembership(ctx: Ctx, db: Reads | Tx, access: Access, groupId: string, until: Date | null) {
  const carried = await db.select().from(groupRoles).where(eq(groupRoles.groupId, groupId)).orderBy(groupRoles.roleId);
  for (const { roleId, endsAt } of carried)
    if (!isOver(endsAt, ctx.now())) await guardRole(db, access, roleId, earlier(endsAt, until));
  const [group] = await db.select({ ownerId: groups.ownerId }).from(groups).where(eq(groups.id, groupId));
  if (group?.ownerId) await guardReach(ctx, db, access, group.ownerId, "owned_groups", until, reachesPeople);
}

/** What is used on people, and so on a new member; an owner uses the others on the group itself, which was theirs before. */
export const reachesPeople = (operation: string) =>
  !isOperation(operation) || operationOf(operation).scopes.some((scope) => scope === "reports" || scope === "self");

/** Of those at and above the manager, whoever does not stand above all of these people already comes to reach somebody. */
async function guardManager(
  ctx: Ctx,
  db: Reads | Tx,
  access: Access,
  given: { personId: string | null }[],
  managerId: string,
) {
  const people = given.flatMap(({ personId }) => personId ?? []);
  const isNewToSome = sql`exists(select 1 from unnest(${idArray(people)}) p (id)
    where p.id <> n.id and not ${isBelow(sql`p.id`, sql`n.id`)})`;
  const gained = await db
    .select({ id: sql<string>`n.id` })
    .from(
      sql`(select ${managerId}::uuid as id union select user_id from (${above(sql`select ${managerId}::uuid`)}) above) n`,
    )
    .where(people.length < given.length ? undefined : isNewToSome)
    .orderBy(sql`n.id`);
  const at = ctx.now();
  const asking = askingTogether(db);
  const held = await Promise.all(gained.map(({ id }) => loadAccess(asking, id, at)));
  for (const theirs of held) require(mayGiveReach(access, theirs, "reports", null));
}

async function guardReach(
  ctx: Ctx,
  db: Reads | Tx,
  access: Access,
  personId: string,
  scope: Scope,
  until: Date | null,
  counts = (_operation: string) => true,
) {
  require(mayGiveReach(access, await loadAccess(db, personId, ctx.now()), scope, until, counts));
}

/**
 * Whoever gains reach over somebody uses there what they hold at that scope, until the reach ends or they hold it no
 * more; only a holder at `all`, for as long, may give that.
 */
export function mayGiveReach(
  access: Access,
  theirs: Access,
  scope: Scope,
  until: Date | null,
  counts = (_operation: string) => true,
): Verdict {
  const missing = holdingsOf(theirs).find(
    (held) =>
      held.scope === scope &&
      counts(held.operation) &&
      !holds(access, held.operation, "all", earlier(endOf(theirs, held.role), until)),
  );
  if (!missing) return yes;
  const lasting = holds(access, missing.operation, "all") ? " for longer than you may" : "";
  return mayNot(
    `This would let somebody else ${sentence(missing.operation).toLowerCase()}${lasting}; only a person who may do that for everyone${lasting && ", and for that long,"} can give it.`,
  );
}

const sentence = (operation: string) => (isOperation(operation) ? operationOf(operation).sentence : operation);
const scopeWords: Record<Scope, string> = {
  all: " for everyone",
  reports: " for people below the holder",
  owned_groups: " for members of the holder's groups",
  self: "",
};

/** Role ids of which the holder's primary role is not one that the role may be combined with (R2). */
export async function forbiddenCombinations(
  db: Reads | Tx,
  primaryRoleId: string,
  roleIds: string[],
): Promise<string[]> {
  if (roleIds.length === 0) return [];
  const rows = await db
    .select({ id: roles.id })
    .from(roles)
    .where(
      and(
        inArray(roles.id, roleIds),
        sql`exists(select 1 from role_combinations c where c.role_id = ${roles.id})`,
        sql`not exists(select 1 from role_combinations c where c.role_id = ${roles.id} and c.primary_role_id = ${primaryRoleId})`,
      ),
    );
  return rows.map((row) => row.id);
}
