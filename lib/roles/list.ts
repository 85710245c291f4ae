import { asc, sql } from "drizzle-orm";
import type { RoleKind } from "@/db/enums";
import { lasting } from "@/db/lasting";
import { appOperations, roles } from "@/db/schema";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { givenBy } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { boundedTotal, type Total } from "@/lib/lists/pagination";
import { isFound } from "@/lib/normalization/search";
import type { HeldOperation } from "@/lib/roles/schema";
import { countOperations } from "@/lib/roles/scopes";
import { requireRoles } from "@/lib/roles/store";
import { holdersOf } from "@/lib/roles/usage";

export type ListedRole = {
  id: string;
  name: string;
  description: string;
  kind: RoleKind;
  rank: number | null;
  builtIn: boolean;
  /** How many operations it gives. */
  operations: number;
  /** Primary roles of which it needs one; none means any. */
  needs: string[];
  /** People in sight in whom it is in force; null for a viewer who may see nobody. */
  people: Total | null;
  groups: number;
};

export type RoleList = { primary: ListedRole[]; additional: ListedRole[]; total: number };

/** Every role whose name or description holds `q`: the ladder from the top, and then the additional ones by name. */
export async function listRoles(ctx: Ctx, q: string): Promise<RoleList> {
  requireRoles(ctx);
  const apps = (await ctx.db.select({ key: appOperations.key }).from(appOperations)).map(({ key }) => key);
  const stored = await ctx.db
    .select({
      id: roles.id,
      name: roles.name,
      description: roles.description,
      kind: roles.kind,
      rank: roles.rank,
      admin: roles.admin,
      builtIn: roles.builtIn,
      operations: sql<
        HeldOperation[]
      >`coalesce((select json_agg(json_build_object('operation', o.operation, 'scope', o.scope))
        from role_operations o where o.role_id = "roles"."id"), '[]')`,
      needs: sql<string[]>`coalesce((select json_agg(n.name order by n.rank) from role_combinations c
        join roles n on n.id = c.primary_role_id where c.role_id = "roles"."id"), '[]')`,
      groups: sql<number>`(select count(*)::int from group_roles gr where gr.role_id = "roles"."id"
        and ${lasting("gr", ctx.now())})`,
    })
    .from(roles)
    .orderBy(asc(roles.rank), asc(roles.nameKey));
  const found = stored.filter(({ name, description }) => isFound(q, name, description));
  const counted = holdsBeyondSelf(ctx.actor.access, "user.read")
    ? await holdersOf(ctx, found, { all: found.length === stored.length })
    : null;
  const listed = found.map(({ admin, operations, ...role }) => ({
    ...role,
    operations: countOperations(givenBy({ admin, operations }, apps)),
    people: counted && (counted.get(role.id) ?? boundedTotal(0)),
  }));
  return {
    primary: listed.filter(({ kind }) => kind === "primary"),
    additional: listed.filter(({ kind }) => kind === "additional"),
    total: stored.length,
  };
}
