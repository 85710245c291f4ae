import { asc, sql } from "drizzle-orm";
import type { RoleKind, Scope } from "@/db/enums";
import { appOperations, roles } from "@/db/schema";
import type { Access, EffectiveRole, Origin } from "@/lib/access/access";
import type { Ctx } from "@/lib/context";

export type CataloguedRole = {
  id: string;
  name: string;
  kind: RoleKind;
  admin: boolean;
  /** Primary roles of which it needs one; none means any. */
  needs: { id: string; name: string }[];
  operations: { operation: string; scope: Scope }[];
};

/** Every role with what it carries and needs, and every operation of the product: what could be given at all. */
export type Catalogue = { roles: Map<string, CataloguedRole>; apps: string[] };

export async function loadCatalogue(ctx: Ctx): Promise<Catalogue> {
  const stored: CataloguedRole[] = await ctx.db
    .select({
      id: roles.id,
      name: roles.name,
      kind: roles.kind,
      admin: roles.admin,
      needs: sql<
        CataloguedRole["needs"]
      >`coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.rank)
        from role_combinations c join roles n on n.id = c.primary_role_id where c.role_id = "roles"."id"), '[]')`,
      operations: sql<
        CataloguedRole["operations"]
      >`coalesce((select json_agg(json_build_object('operation', o.operation, 'scope', o.scope))
        from role_operations o where o.role_id = "roles"."id"), '[]')`,
    })
    .from(roles)
    .orderBy(sql`${roles.kind} = 'additional'`, asc(roles.rank), asc(roles.nameKey));
  const apps = await ctx.db.select({ key: appOperations.key }).from(appOperations);
  return { roles: new Map(stored.map((role) => [role.id, role])), apps: apps.map(({ key }) => key) };
}

export const goesWith = ({ needs }: CataloguedRole, primaryId: string) =>
  needs.length === 0 || needs.some(({ id }) => id === primaryId);

/** What is given to somebody otherwise than now: the roles that they hold by name, or a group that they are put into. */
export type Given = {
  primaryId: string;
  directIds: string[];
  joined?: { id: string; name: string; carries: { roleId: string; endsAt: Date | null }[] };
};

/** What a person would hold if this were given to them, as `loadAccess` would read it once it were stored. */
export function accessGiven(access: Access, catalogue: Catalogue, { primaryId, directIds, joined }: Given): Access {
  const origins = new Map<string, Origin[]>();
  const add = (roleId: string, origin: Origin) => origins.set(roleId, [...(origins.get(roleId) ?? []), origin]);
  for (const roleId of [primaryId, ...directIds]) {
    const known = access.roles.find(({ id }) => id === roleId)?.origins.find(({ via }) => via === "direct");
    add(roleId, known ?? { via: "direct", groupId: null, groupName: null, endsAt: null });
  }
  for (const role of access.roles) for (const origin of role.origins) if (origin.via === "group") add(role.id, origin);
  for (const { roleId, endsAt } of joined?.carries ?? [])
    add(roleId, { via: "group", groupId: joined?.id ?? null, groupName: joined?.name ?? null, endsAt });
  const held = [...origins].flatMap(([roleId, from]): EffectiveRole[] => {
    const role = catalogue.roles.get(roleId);
    if (!role) return [];
    const needs = role.needs.map(({ name }) => name);
    return [{ ...role, needs, inForce: goesWith(role, primaryId), origins: from }];
  });
  return { personId: access.personId, roles: held, appOperations: catalogue.apps };
}

/** Primary and direct additional roles as they are held at this moment. */
export function givenTo(access: Access): Given {
  const direct = access.roles.filter((role) => role.origins.some(({ via }) => via === "direct"));
  return {
    primaryId: direct.find(({ kind }) => kind === "primary")?.id ?? "",
    directIds: direct.filter(({ kind }) => kind === "additional").map(({ id }) => id),
  };
}
