import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupRoles, groups, roleCombinations, roles, users } from "@/db/schema";
import { within } from "@/lib/access/relation";
import type { Ctx, Reads } from "@/lib/context";
import { groupsWithin } from "@/lib/groups/scoped";
import { exactUpTo } from "@/lib/list";
import type { RoleUsage } from "@/lib/roles/policy";
import { fullName } from "@/lib/users/names";

const moment = (ctx: Ctx) => sql`${ctx.now().toISOString()}::timestamptz`;

type Some = { id: string; kind: string };

/** People to whom a role is given directly and not ended, as a query of `id`; archived ones hold theirs too. */
const given = (ctx: Ctx, { id, kind }: Some) =>
  kind === "primary"
    ? sql`select p.id from users p where p.primary_role_id = ${id}`
    : sql`select ur.user_id as id from user_roles ur
           where ur.role_id = ${id} and (ur.ends_at is null or ur.ends_at > ${moment(ctx)})`;

/** By whom a role is used, so that it cannot be deleted (R3). */
export async function usageOf(ctx: Ctx, db: Reads | Tx, role: Some): Promise<RoleUsage> {
  const [counted] = await db
    .select({ people: sql<number>`count(*)::int` })
    .from(sql`(${given(ctx, role)} limit ${exactUpTo + 1}) held`);
  const people = counted?.people ?? 0;
  const carry = and(eq(groupRoles.roleId, role.id), or(isNull(groupRoles.endsAt), gt(groupRoles.endsAt, ctx.now())));
  const seen = await db
    .select({ id: groups.id, name: groups.name })
    .from(groupRoles)
    .innerJoin(groups, eq(groups.id, groupRoles.groupId))
    .where(and(carry, groupsWithin(ctx, "group.read")))
    .orderBy(asc(groups.nameKey))
    .limit(200);
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
    people: Math.min(people, exactUpTo),
    over: people > exactUpTo,
    carriers: await db.$count(groupRoles, carry),
    groups: seen,
    neededBy: needing.map(({ name }) => name),
    lastPrimary: others <= 1,
  };
}

/** One of the people to whom the role is given, whom the actor may see. */
export async function exampleOf(ctx: Ctx, db: Reads | Tx, role: Some): Promise<string | null> {
  const [person] = await db
    .select({ firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(and(sql`${users.id} in (${given(ctx, role)})`, within(ctx, "user.read", users.id)))
    .limit(1);
  return person ? fullName(person) : null;
}

const inSight = (ctx: Ctx) => sql`users.status <> 'archived' and ${within(ctx, "user.read", users.id)}`;

/**
 * How many people in sight hold each role at this moment, directly or through a group, and in force (R6). Each count
 * stops at `exactUpTo + 1`.
 */
export async function holdersOf(ctx: Ctx, list: Some[]): Promise<Map<string, number>> {
  const most = exactUpTo + 1;
  const fits = (id: string) => sql`(not exists(select 1 from role_combinations c where c.role_id = ${id})
    or users.primary_role_id in (select c.primary_role_id from role_combinations c where c.role_id = ${id}))`;
  const holders = ({ id, kind }: Some) =>
    kind === "primary"
      ? sql`(select users.id from users where users.primary_role_id = ${id} and ${inSight(ctx)} limit ${most})`
      : sql`(select id from (
          (select users.id from user_roles ur join users on users.id = ur.user_id
            where ur.role_id = ${id} and (ur.ends_at is null or ur.ends_at > ${moment(ctx)})
              and ${fits(id)} and ${inSight(ctx)} limit ${most})
          union
          (select users.id from group_roles gr join group_members gm on gm.group_id = gr.group_id
             join users on users.id = gm.user_id
            where gr.role_id = ${id} and (gr.ends_at is null or gr.ends_at > ${moment(ctx)})
              and (gm.ends_at is null or gm.ends_at > ${moment(ctx)})
              and ${fits(id)} and ${inSight(ctx)} limit ${most})) h limit ${most})`;
  const counts = await Promise.all(
    list.map(async (role) => {
      const [row] = await ctx.db.select({ people: sql<number>`count(*)::int` }).from(sql`${holders(role)} held`);
      return [role.id, row?.people ?? 0] as const;
    }),
  );
  return new Map(counts);
}
