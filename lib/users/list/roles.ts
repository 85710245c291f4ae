import { inArray, type SQL, sql } from "drizzle-orm";
import { roles } from "@/db/schema";
import type { Ctx } from "@/lib/context";

/** The ways of holding one of the roles that are asked for; together they are all holders in force (R6). */
export type RoleArms = { set: SQL; probe: SQL }[];

/** Looks up first what is few (the roles, what they go with, the groups that carry them), so that people can be found by index. */
export async function resolveRoles(ctx: Ctx, roleIds: string[]): Promise<RoleArms> {
  const now = sql`${ctx.now().toISOString()}::timestamptz`;
  const found = await ctx.db
    .select({
      id: roles.id,
      kind: roles.kind,
      needs: sql<
        string[]
      >`coalesce((select json_agg(c.primary_role_id) from role_combinations c where c.role_id = ${roles.id}), '[]')`,
      groups: sql<string[]>`coalesce((select json_agg(gr.group_id) from group_roles gr
        where gr.role_id = ${roles.id} and (gr.ends_at is null or gr.ends_at > ${now})), '[]')`,
    })
    .from(roles)
    .where(inArray(roles.id, roleIds));
  const primary = found.filter((role) => role.kind === "primary").map((role) => role.id);
  const arms: RoleArms = primary.length > 0 ? [same(sql`users.primary_role_id = any(${idArray(primary)})`)] : [];
  for (const role of found.filter(({ kind }) => kind === "additional")) {
    const allowed = role.needs.length > 0 ? sql` and users.primary_role_id = any(${idArray(role.needs)})` : sql``;
    const direct = sql`role_id = ${role.id} and (ends_at is null or ends_at > ${now})`;
    arms.push({
      set: sql`users.id in (select user_id from user_roles where ${direct})${allowed}`,
      probe: sql`(exists(select 1 from user_roles where user_id = users.id and ${direct} offset 0)${allowed})`,
    });
    if (role.groups.length === 0) continue;
    const member = sql`group_id = any(${idArray(role.groups)}) and (ends_at is null or ends_at > ${now})`;
    arms.push({
      set: sql`users.id in (select user_id from group_members where ${member})${allowed}`,
      probe: sql`(exists(select 1 from group_members where user_id = users.id and ${member} offset 0)${allowed})`,
    });
  }
  return arms.length > 0 ? arms : [same(sql`false`)];
}

const same = (condition: SQL) => ({ set: condition, probe: condition });

/** As one parameter, which the planner still sees through: ten thousand ids are no longer a statement than one. */
export const idArray = (ids: string[]) => sql`${`{${ids.join(",")}}`}::text::uuid[]`;
