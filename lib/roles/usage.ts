import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { lasting } from "@/db/lasting";
import { groupRoles, groups, roleCombinations, roles, serviceAccountRoles, users } from "@/db/schema";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { boundedTotal, countOf, type Total } from "@/lib/lists/pagination";
import { groupsWithin } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";
import type { RoleUsage } from "@/lib/roles/policy";
import { countRanges, rangesOfRoles } from "@/lib/users/list/ranges";
import { resolveRoles } from "@/lib/users/list/roles";

type Some = { id: string; kind: string; admin: boolean };

/** Whether the primary role of the row of `users` at hand allows a role, or is it; else it is dormant there (R5). */
const fits = (
  id: string,
) => sql`(users.primary_role_id = ${id} or not exists(select 1 from role_combinations c where c.role_id = ${id})
  or users.primary_role_id in (select c.primary_role_id from role_combinations c where c.role_id = ${id}))`;

/** Rows of `users` to whom a role is given directly and not ended; archived ones hold theirs too. */
const given = (ctx: Ctx, { id, kind, admin }: Some) =>
  kind === "primary"
    ? sql`users.primary_role_id = ${id}`
    : sql`users.id in (select ur.user_id from user_roles ur
           where ur.role_id = ${id} and ${lasting("ur", ctx.now())}${
             admin ? sql` union all select first.id from users first where first.primary_role_id = ${id}` : sql``
           })`;

/** The parts of those to whom a role is given, each of which is found another way. */
const partOf = {
  inForce: ({ id, kind }: Some) => sql`users.status <> 'archived' and ${kind === "primary" ? sql`true` : fits(id)}`,
  archived: ({ id, kind }: Some) => sql`users.status = 'archived' and ${kind === "primary" ? sql`true` : fits(id)}`,
  dormant: ({ id, kind }: Some) => (kind === "primary" ? sql`false` : sql`not ${fits(id)}`),
};

/** By whom a role is used, so that it cannot be deleted (R3). */
export async function usageOf(ctx: Ctx, db: Reads | Tx, role: Some): Promise<RoleUsage> {
  const parts = [partOf.inForce(role), partOf.dormant(role), partOf.archived(role)];
  const [inForce, dormant, archived] = await Promise.all(
    parts.map((part) => countOf({ db }, sql`users where ${given(ctx, role)} and ${part}`)),
  );
  const carry = and(eq(groupRoles.roleId, role.id), lasting("group_roles", ctx.now()));
  const seen = await db
    .select({ id: groups.id, name: groups.name })
    .from(groupRoles)
    .innerJoin(groups, eq(groups.id, groupRoles.groupId))
    .where(and(carry, groupsWithin(ctx, "group.read")))
    .orderBy(asc(groups.nameKey))
    .limit(20);
  const needing = await db
    .select({ name: roles.name })
    .from(roleCombinations)
    .innerJoin(roles, eq(roles.id, roleCombinations.roleId))
    .where(
      and(
        eq(roleCombinations.primaryRoleId, role.id),
        sql`not exists(select 1 from role_combinations o where o.role_id = ${roles.id} and o.primary_role_id <> ${role.id})`,
      ),
    );
  const others = role.kind === "primary" ? await db.$count(roles, eq(roles.kind, "primary")) : 2;
  return {
    people: { inForce: inForce ?? none, dormant: dormant ?? none, archived: archived ?? none },
    carriers: await db.$count(groupRoles, carry),
    accounts: await db.$count(serviceAccountRoles, eq(serviceAccountRoles.roleId, role.id)),
    groups: seen,
    neededBy: needing.map(({ name }) => name),
    lastPrimary: others <= 1,
  };
}

const none = boundedTotal(0);

/** Some of the people in that part to whom a role is given and whom the actor may see, by name. */
export async function someHolders(ctx: Ctx, role: Some, part: keyof typeof partOf, most: number) {
  const people = await ctx.db
    .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(and(given(ctx, role), partOf[part](role), within(ctx, "user.read", users.id)))
    .limit(most);
  return people.map((person) => ({ id: person.id, name: fullName(person) }));
}

/**
 * How many people in sight hold each role in force. Whom the actor reaches is found once for all of them. `all`: these are all roles, so
 * that the statement is the same until one of them changes; to plan it takes as long as to run it.
 */
export async function holdersOf(ctx: Ctx, list: { id: string }[], { all = false } = {}): Promise<Map<string, Total>> {
  const reached = reachedBy(ctx, "user.read");
  if (reached === "everyone") return countHolders(ctx, list, { keeps: all });
  const also = (person: SQL) => sql`${person} in (select user_id from reached)`;
  return countHolders(ctx, list, { also, before: sql`with reached as materialized (${reached})` });
}

/** How many people besides one hold each role in force, in sight or not: they gain what it comes to carry. */
export const otherHolders = (ctx: Ctx, list: { id: string }[], personId: string): Promise<Map<string, Total>> =>
  countHolders(ctx, list, { also: (person) => sql`${person} <> ${personId}` });

/** Present people in whom each role is in force at this moment, directly or through a group (R6). */
async function countHolders(ctx: Ctx, list: { id: string }[], asked: Parameters<typeof countRanges>[2] = {}) {
  const ids = list.map(({ id }) => id);
  const { primary, additional } = await resolveRoles(ctx, ids);
  const known = [...new Set([...primary, ...additional.map(({ id }) => id)])];
  const ranges = known.map((id) =>
    rangesOfRoles(
      { primary: primary.filter((one) => one === id), additional: additional.filter((role) => role.id === id) },
      ctx.now(),
    ),
  );
  const totals = await countRanges(ctx.db, ranges, asked);
  return new Map(ids.map((id) => [id, totals[known.indexOf(id)] ?? none]));
}
