import { type SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { kept } from "@/db/kept";
import { lasting } from "@/db/lasting";
import { roles } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { holdersOf, membersOf, type PeopleSet } from "@/lib/users/list/sets";

/**
 * The ways of holding one of several roles in force (R6): as the primary role, or as an additional one, given directly to anybody or to
 * nobody, carried by these groups, and in force with one of these primary roles; none means any. The built-in Admin may be both (R2).
 */
export type RoleWays = {
  primary: string[];
  additional: { id: string; needs: string[]; direct: boolean; groups: string[] }[];
};

/**
 * Looks up first what is few: the roles, what they go with, and the groups that carry them. Whether anybody has a role is asked by the order of the
 * index: asked by the role alone, PostgreSQL takes most rows for those of any role, and reads all to find that there is none.
 */
export async function resolveRoles(ctx: Ctx, roleIds: string[]): Promise<RoleWays> {
  const asked = ctx.db
    .select({
      id: roles.id,
      kind: roles.kind,
      first: sql<boolean>`${roles.kind} = 'primary'
        or coalesce(roles.admin and (select u.primary_role_id from users u where u.primary_role_id >= roles.id
                              order by u.primary_role_id limit 1) = roles.id, false)`,
      needs: sql<string[]>`coalesce((select json_agg(c.primary_role_id) from role_combinations c
        where c.role_id = roles.id), '[]')`,
      direct: sql<boolean>`coalesce((select ur.role_id from user_roles ur where ur.role_id >= roles.id
        order by ur.role_id limit 1) = roles.id, false)`,
      groups: sql<string[]>`coalesce((select json_agg(gr.group_id) from group_roles gr
        where gr.role_id = roles.id and ${lasting("gr", ctx.now())}), '[]')`,
    })
    .from(roles)
    .where(sql`${roles.id} = any(${idArray(roleIds)})`);
  const found = await kept(asked);
  return {
    primary: found.filter(({ first }) => first).map(({ id }) => id),
    additional: found.filter(({ kind }) => kind === "additional"),
  };
}

/** The same as conditions and sets of people. A role that is not there is held by nobody. */
export function holdersIn({ primary, additional }: RoleWays, at: Date): (PeopleSet | SQL)[] {
  const ways = additional.flatMap(({ id, needs, direct, groups }) => {
    const allowed = needs.length > 0 ? sql`users.primary_role_id = any(${idArray(needs)})` : null;
    return [
      ...(direct ? [holdersOf(id, at, allowed)] : []),
      ...(groups.length > 0 ? [membersOf(groups, at, allowed)] : []),
    ];
  });
  if (primary.length > 0) return [sql`users.primary_role_id = any(${idArray(primary)})`, ...ways];
  return ways.length > 0 ? ways : [sql`false`];
}
