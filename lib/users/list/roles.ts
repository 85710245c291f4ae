import { inArray, type SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { roles } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { holdersOf, membersOf, type PeopleSet } from "@/lib/users/list/sets";

/** The ways of holding one of several roles in force (R6): by primary role, by name, through groups. */
export type RoleHolders = { primary: SQL | null; sets: PeopleSet[] };

/** Looks up first what is few: the roles, what they go with, and the groups that carry them. */
export async function resolveRoles(ctx: Ctx, roleIds: string[]): Promise<RoleHolders> {
  const at = ctx.now();
  const found = await ctx.db
    .select({
      id: roles.id,
      kind: roles.kind,
      needs: sql<string[]>`coalesce((select json_agg(c.primary_role_id) from role_combinations c
        where c.role_id = roles.id), '[]')`,
      groups: sql<string[]>`coalesce((select json_agg(gr.group_id) from group_roles gr
        where gr.role_id = roles.id and (gr.ends_at is null or gr.ends_at > ${at.toISOString()}::timestamptz)), '[]')`,
    })
    .from(roles)
    .where(inArray(roles.id, roleIds));
  const primary = found.filter(({ kind }) => kind === "primary").map(({ id }) => id);
  return {
    primary: primary.length > 0 ? sql`users.primary_role_id = any(${idArray(primary)})` : null,
    sets: found
      .filter(({ kind }) => kind === "additional")
      .flatMap(({ id, needs, groups }) => {
        const allowed = needs.length > 0 ? sql`users.primary_role_id = any(${idArray(needs)})` : null;
        return [holdersOf(id, at, allowed), ...(groups.length > 0 ? [membersOf(groups, at, allowed)] : [])];
      }),
  };
}
