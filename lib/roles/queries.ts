import { asc, sql } from "drizzle-orm";
import type { RoleKind, Scope } from "@/db/enums";
import { kept } from "@/db/kept";
import { appOperations, roles } from "@/db/schema";
import type { Decision } from "@/lib/authz/decision";
import { mayGive } from "@/lib/authz/grants";
import { operationsIn } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";

/** A role as the form of a user offers it. */
export type RoleOption = {
  id: string;
  name: string;
  description: string;
  kind: RoleKind;
  rank: number | null;
  /** The built-in Admin, which may also be somebody's primary role (R2). */
  admin: boolean;
  /** Primary roles of which it needs one; none means any. */
  needs: { id: string; name: string }[];
  /** Whether the viewer may give it without an end (R8), and why not. */
  give: Decision;
};

type Row = Omit<RoleOption, "give"> & {
  operations: { operation: string; scope: Scope }[];
  apps: string[];
};

/** Every role, the ladder from the top and then the additional ones by name. The guard decides again on saving. */
export async function assignableRoles(ctx: Ctx): Promise<RoleOption[]> {
  const asked = ctx.db
    .select({
      id: roles.id,
      name: roles.name,
      description: roles.description,
      kind: roles.kind,
      rank: roles.rank,
      admin: roles.admin,
      needs: sql<Row["needs"]>`coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.rank)
        from role_combinations c join roles n on n.id = c.primary_role_id where c.role_id = "roles"."id"), '[]')`,
      operations: sql<
        Row["operations"]
      >`coalesce((select json_agg(json_build_object('operation', o.operation, 'scope', o.scope))
        from role_operations o where o.role_id = "roles"."id"), '[]')`,
      apps: sql<
        string[]
      >`case when ${roles.admin} then coalesce((select json_agg(key) from ${appOperations}), '[]') else '[]' end`,
    })
    .from(roles)
    .orderBy(sql`${roles.kind} = 'additional'`, asc(roles.rank), asc(roles.nameKey));
  const stored: Row[] = await kept(asked);
  return stored.map(({ operations, apps, ...role }) => ({
    ...role,
    give: decisionOn(ctx, role.name, operationsIn({ admin: role.admin, operations }, apps)),
  }));
}

function decisionOn(ctx: Ctx, name: string, carried: Row["operations"]): Decision {
  return mayGive(ctx.actor.access, name, carried, null);
}
