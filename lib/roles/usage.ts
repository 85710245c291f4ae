import { and, asc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupRoles, groups, roleCombinations, roles, users } from "@/db/schema";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { groupsWithin } from "@/lib/groups/scoped";
import { boundedTotal, exactUpTo, type Total } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import type { RoleUsage } from "@/lib/roles/policy";

const moment = (ctx: Ctx) => sql`${ctx.now().toISOString()}::timestamptz`;

type Some = { id: string; kind: string };

/** Whether the primary role of the row of `users` at hand allows a role; else it is dormant there (R5). */
const fits = (id: string) => sql`(not exists(select 1 from role_combinations c where c.role_id = ${id})
  or users.primary_role_id in (select c.primary_role_id from role_combinations c where c.role_id = ${id}))`;

/** Rows of `users` to whom a role is given directly and not ended; archived ones hold theirs too. */
const given = (ctx: Ctx, { id, kind }: Some) =>
  kind === "primary"
    ? sql`users.primary_role_id = ${id}`
    : sql`users.id in (select ur.user_id from user_roles ur
           where ur.role_id = ${id} and (ur.ends_at is null or ur.ends_at > ${moment(ctx)}))`;

/** The parts of those to whom a role is given, each of which is found another way. */
const partOf = {
  inForce: ({ id, kind }: Some) => sql`users.status <> 'archived' and ${kind === "primary" ? sql`true` : fits(id)}`,
  archived: ({ id, kind }: Some) => sql`users.status = 'archived' and ${kind === "primary" ? sql`true` : fits(id)}`,
  dormant: ({ id, kind }: Some) => (kind === "primary" ? sql`false` : sql`not ${fits(id)}`),
};

/** How many people each of these names, in one statement; nobody counts further than one beyond `exactUpTo`. */
async function countEach(db: Reads | Tx, selects: SQL[], before = sql``): Promise<Total[]> {
  if (selects.length === 0) return [];
  const counts = selects.map(
    (people) => sql`(select count(*)::int from (${people} limit ${sql.raw(String(exactUpTo + 1))}) counted)`,
  );
  const [row] = await db
    .select({ sizes: sql<number[]>`sizes` })
    .from(sql`(${before} select array[${sql.join(counts, sql`, `)}] as sizes) each_role`);
  return (row?.sizes ?? []).map((size) => boundedTotal(size));
}

/** By whom a role is used, so that it cannot be deleted (R3). */
export async function usageOf(ctx: Ctx, db: Reads | Tx, role: Some): Promise<RoleUsage> {
  const parts = [partOf.inForce(role), partOf.dormant(role), partOf.archived(role)];
  const [inForce, dormant, archived] = await countEach(
    db,
    parts.map((part) => sql`select 1 from users where ${given(ctx, role)} and ${part}`),
  );
  const carry = and(eq(groupRoles.roleId, role.id), or(isNull(groupRoles.endsAt), gt(groupRoles.endsAt, ctx.now())));
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

/** Present people in whom a role is in force at this moment, directly or through a group (R6), as a select of ids. */
function inForceIn(ctx: Ctx, { id, kind }: Some, also: SQL): SQL {
  const most = sql.raw(String(exactUpTo + 1));
  const who = sql`users.status <> 'archived' and ${also}`;
  if (kind === "primary") return sql`select users.id from users where users.primary_role_id = ${id} and ${who}`;
  return sql`select id from (
    (select users.id from user_roles ur join users on users.id = ur.user_id
      where ur.role_id = ${id} and (ur.ends_at is null or ur.ends_at > ${moment(ctx)})
        and ${fits(id)} and ${who} limit ${most})
    union
    (select users.id from group_roles gr join group_members gm on gm.group_id = gr.group_id
       join users on users.id = gm.user_id
      where gr.role_id = ${id} and (gr.ends_at is null or gr.ends_at > ${moment(ctx)})
        and (gm.ends_at is null or gm.ends_at > ${moment(ctx)})
        and ${fits(id)} and ${who} limit ${most})) held`;
}

/** How many people in sight hold each role in force. Whom the actor reaches is found once for all of them. */
export async function holdersOf(ctx: Ctx, list: Some[]): Promise<Map<string, Total>> {
  const reached = reachedBy(ctx, "user.read");
  const everyone = reached === "everyone";
  const inSight = everyone ? sql`true` : sql`users.id in (select user_id from reached)`;
  const selects = list.map((role) => inForceIn(ctx, role, inSight));
  const totals = await countEach(ctx.db, selects, everyone ? sql`` : sql`with reached as materialized (${reached})`);
  return new Map(list.map(({ id }, at) => [id, totals[at] ?? none]));
}

/** How many people besides one hold each role in force, in sight or not: they gain what it comes to carry. */
export async function otherHolders(ctx: Ctx, list: Some[], personId: string): Promise<Map<string, Total>> {
  const totals = await countEach(
    ctx.db,
    list.map((role) => inForceIn(ctx, role, sql`users.id <> ${personId}`)),
  );
  return new Map(list.map(({ id }, at) => [id, totals[at] ?? none]));
}
