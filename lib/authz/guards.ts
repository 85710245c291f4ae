import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { above } from "@/db/places";
import { groups } from "@/db/schema";
import { currentCatalogue, goesWith } from "@/lib/authz/catalogue";
import { require } from "@/lib/authz/decision";
import { type Carried, type Grants, mayGive, mayGiveReach, mayTake, mayWake, reachesPeople } from "@/lib/authz/grants";
import { loadAccesses } from "@/lib/authz/load";
import { type Access, earlier, isOver, noAccess, operationsIn } from "@/lib/authz/model";
import { accessUnder, accountRoles, rolesUnder } from "@/lib/authz/service-accounts";
import type { Ctx, Reads } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { together } from "@/lib/platform/together";

/**
 * R8: nobody can cause anyone to hold an operation, at a scope or for a time, that they do not hold. `lib/kernel/decide.ts` asks
 * this of what a command's `grants` names; `lib/kernel/apply.ts` asks `guardGained` of what the person holds afterwards, whatever was
 * named; `guardTaken` is for what is taken from a group. However much is named, each table is asked once.
 */
export async function guardGrants(ctx: Ctx, db: Reads | Tx, grants: Grants): Promise<void> {
  const { access } = ctx.actor;
  const { roles = [], carried = [], memberships = [], managers = [], owners = [], accounts = [] } = grants;
  const joined = await groupsGiving(
    db,
    memberships.map(({ groupId }) => groupId),
  );
  const gaining = new Set((await comeAbove(db, managers)).flat());
  const groupOwners = [...joined.values()].flatMap(({ ownerId }) => ownerId ?? []);
  const theirs = await accessesOf(ctx, db, [
    ...groupOwners,
    ...gaining,
    ...[...owners, ...accounts].map(({ ownerId }) => ownerId),
  ]);
  const given = [...joined.values()].flatMap(({ carries }) => carries);
  const roleIn = await rolesGiven(db, [...roles, ...given]);
  const give = (roleId: string, until: Date | null) => {
    const role = roleIn(roleId);
    require(mayGive(access, role.name, role.carried, until));
  };
  for (const { roleId, until } of roles) give(roleId, until);
  for (const { name, operations } of carried) require(mayGive(access, name, operations, null));
  for (const { groupId, until } of memberships) {
    const { ownerId = null, carries = [] } = joined.get(groupId.toLowerCase()) ?? {};
    for (const { roleId, endsAt } of carries) if (!isOver(endsAt, ctx.now())) give(roleId, earlier(endsAt, until));
    if (ownerId) require(mayGiveReach(access, theirs(ownerId), "owned_groups", until, reachesPeople));
  }
  for (const id of gaining) require(mayGiveReach(access, theirs(id), "reports", null));
  for (const { ownerId } of owners) require(mayGiveReach(access, theirs(ownerId), "owned_groups", null));
  if (accounts.length === 0) return;
  const rolesOf = await accountRoles(
    db,
    accounts.map(({ accountId }) => accountId),
  );
  const catalogue = await currentCatalogue(db);
  for (const { accountId, ownerId } of accounts) {
    const owner = theirs(ownerId);
    require(mayWake(access, noAccess, accessUnder(owner, rolesUnder(owner, catalogue, rolesOf(accountId)))));
  }
}

/** What the change woke, such as a role that was dormant until the primary role allowed it, or lengthened, is given as well. */
export const guardGained = (ctx: Ctx, before: Access, after: Access): void =>
  require(mayWake(ctx.actor.access, before, after));

/**
 * The other side of R8: nobody takes from others, by way of a group, a role that carries what they do not hold for as
 * long as the group carries it.
 */
export async function guardTaken(
  ctx: Ctx,
  db: Reads | Tx,
  taken: { roleId: string; endsAt: Date | null }[],
): Promise<void> {
  const roleIn = await rolesGiven(db, taken);
  for (const { roleId, endsAt } of taken) {
    const { name, carried } = roleIn(roleId);
    require(mayTake(ctx.actor.access, name, carried, endsAt));
  }
}

type GivenRole = { name: string; carried: Carried };

/** The roles of the catalogue by their ids. Throws `precondition` for one that is not in it any more. */
async function rolesGiven(db: Reads | Tx, given: { roleId: string }[]): Promise<(roleId: string) => GivenRole> {
  if (given.length === 0) return missing;
  const { roles, apps } = await currentCatalogue(db);
  return (roleId) => {
    const role = roles.get(roleId.toLowerCase()) ?? missing();
    return { name: role.name, carried: operationsIn(role, apps) };
  };
}

const missing = (): never => {
  throw precondition("One of these roles no longer exists.");
};

async function accessesOf(ctx: Ctx, db: Reads | Tx, ids: string[]): Promise<(id: string) => Access> {
  return ids.length === 0 ? () => noAccess : (await loadAccesses(db, ids, ctx.now())).of;
}

type GivingGroup = { ownerId: string | null; carries: { roleId: string; endsAt: Date | null }[] };

/** What a membership gives: the roles that the group carries, and reach to its owner. By the ids of the groups. */
async function groupsGiving(db: Reads | Tx, ids: string[]): Promise<Map<string, GivingGroup>> {
  return ids.length === 0 ? new Map() : groupsTogether(db as Tx, ids);
}

const groupsTogether = together<string[], Map<string, GivingGroup>>(async (tx, asked) => {
  const rows = await tx
    .select({
      id: groups.id,
      ownerId: groups.ownerId,
      carries: sql<[string, string | null][]>`(
        select coalesce(json_agg(json_build_array(gr.role_id, gr.ends_at) order by gr.role_id), '[]')
          from group_roles gr where gr.group_id = groups.id)`,
    })
    .from(groups)
    .where(sql`${groups.id} = any(${idArray([...new Set(asked.flat())])})`);
  const found = new Map(
    rows.map(({ id, ownerId, carries }) => [
      id,
      {
        ownerId,
        carries: carries.map(([roleId, ends]) => ({ roleId, endsAt: ends === null ? null : new Date(ends) })),
      },
    ]),
  );
  return asked.map(() => found);
});

type Led = { personId: string | null; managerId: string };

/** For each who comes under a manager: who comes to be above them (R14), in the order of the ids. Null: somebody new. */
export async function comeAbove(db: Reads | Tx, led: Led[]): Promise<string[][]> {
  if (led.length === 0) return [];
  const upFrom = await aboveTogether(
    db as Tx,
    led.flatMap(({ personId, managerId }) => [managerId, ...(personId ? [personId] : [])]),
  );
  return led.map(({ personId, managerId }) => comingAbove(personId ? upFrom(personId) : [], upFrom(managerId)));
}

/** Those who come to be above a person. `before`: the person and everybody above them; `after`: the manager and everybody above. */
export const comingAbove = (before: string[], after: string[]): string[] =>
  after.filter((id) => !before.includes(id)).sort();

/** Somebody and everybody above them. */
type UpFrom = (id: string) => string[];

const aboveTogether = together<string[], UpFrom>(async (tx, asked) => {
  const rows = await tx
    .select({ led: sql<string>`a.led_id`, id: sql<string>`a.user_id` })
    .from(sql`(${above(sql`select unnest(${idArray([...new Set(asked.flat())])})`)}) a`);
  const found = new Map<string, string[]>();
  for (const { led, id } of rows) found.set(led, [...(found.get(led) ?? []), id]);
  const upFrom: UpFrom = (id) => [id.toLowerCase(), ...(found.get(id.toLowerCase()) ?? [])];
  return asked.map(() => upFrom);
});

/** Those of these roles that do not go with this primary role (R2). */
export async function forbiddenCombinations(
  db: Reads | Tx,
  primaryRoleId: string,
  roleIds: string[],
): Promise<string[]> {
  if (roleIds.length === 0) return [];
  const { roles } = await currentCatalogue(db);
  return roleIds.filter((id) => {
    const role = roles.get(id.toLowerCase());
    return role !== undefined && !goesWith(role, primaryRoleId.toLowerCase());
  });
}
