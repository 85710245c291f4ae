import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type RoleKind, type Scope, scopes } from "@/db/enums";
import { type Access, givenBy, type Origin, opens } from "@/lib/authz/model";
import type { Reads } from "@/lib/context";
import { together } from "@/lib/platform/together";

export type CataloguedRole = {
  id: string;
  name: string;
  kind: RoleKind;
  admin: boolean;
  /** Primary roles of which it needs one; none means any. */
  needs: { id: string; name: string }[];
  operations: { operation: string; scope: Scope }[];
};

/** An operation of the product, and what it is called. */
export type AppOperation = { key: string; sentence: string };

/** Every role with what it carries and needs, and every operation of the product by its key: what could be given at all. */
export type Catalogue = {
  version: string;
  roles: Map<string, CataloguedRole>;
  apps: string[];
  appOperations: AppOperation[];
};

/** The version of the catalogue, to be read in the statement whose rows it is to explain. */
export const catalogueVersion = sql<string>`(select version from role_catalogue)`;

let known: Catalogue | null = null;

/**
 * The catalogue of a version. Roles are few and rarely change, so a process keeps the last one it read; the
 * database renews the version with every change, so that none is ever believed too long (R10).
 */
export async function catalogueOf(db: Reads | Tx, version: string): Promise<Catalogue> {
  if (known?.version === version) return known;
  const read = await loadCatalogue(db);
  known = read;
  return read;
}

/** The current catalogue. */
export const currentCatalogue = (db: Reads | Tx): Promise<Catalogue> => readTogether(db as Tx, "now");

const readTogether = together<"now", Catalogue>(async (tx, asked) => {
  const [row] = await tx.select({ version: catalogueVersion }).from(sql`(select 1) one`);
  const catalogue = await catalogueOf(tx, row?.version ?? "");
  return asked.map(() => catalogue);
});

/** In the order in which roles are listed: the ladder from the top, then the additional ones by name. */
export async function loadCatalogue(db: Reads | Tx): Promise<Catalogue> {
  const [found] = await db
    .select({
      version: catalogueVersion,
      roles: sql<CataloguedRole[]>`(
        select coalesce(json_agg(json_build_object(
          'id', r.id, 'name', r.name, 'kind', r.kind, 'admin', r.admin,
          'needs', (select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) order by n.rank), '[]')
            from role_combinations c join roles n on n.id = c.primary_role_id where c.role_id = r.id),
          'operations', (select coalesce(json_agg(json_build_object('operation', o.operation, 'scope', o.scope)
                                                  order by o.operation, o.scope), '[]')
            from role_operations o where o.role_id = r.id)
        ) order by r.kind = 'additional', r.rank, r.name_key), '[]') from roles r)`,
      appOperations: sql<AppOperation[]>`(
        select coalesce(json_agg(json_build_object('key', a.key, 'sentence', a.sentence) order by a.key), '[]')
          from app_operations a)`,
    })
    .from(sql`(select 1) one`);
  if (!found) throw new Error("A query without a condition gives one row");
  return {
    ...found,
    roles: new Map(found.roles.map((role) => [role.id, role])),
    apps: found.appOperations.map(({ key }) => key),
  };
}

/** A role that needs a primary role grants nothing beside another one (R5); the built-in Admin may itself be the primary one (R2). */
export const goesWith = ({ id, needs }: CataloguedRole, primaryId: string) =>
  id === primaryId || needs.length === 0 || needs.some((needed) => needed.id === primaryId);

/** Everybody has exactly one primary role: one of the ladder, or else the built-in Admin. */
const primaryIn = (held: CataloguedRole[]) =>
  held.find(({ kind }) => kind === "primary") ?? held.find(({ admin }) => admin);

/** What somebody holds who has these roles through these origins, in the catalogue's order. A role that is not in it is left out. */
export function accessOf(
  catalogue: Catalogue,
  { personId, endsAt }: Pick<Access, "personId" | "endsAt">,
  origins: Map<string, Origin[]>,
): Access {
  const held: CataloguedRole[] = [];
  for (const role of catalogue.roles.values()) if (origins.has(role.id)) held.push(role);
  const primaryId = primaryIn(held)?.id ?? "";
  const roles = held.map((role) => ({
    ...role,
    kind: role.id === primaryId ? ("primary" as const) : role.kind,
    needs: role.needs.map(({ name }) => name),
    inForce: goesWith(role, primaryId),
    origins: origins.get(role.id) ?? [],
  }));
  return { personId, endsAt, roles, appOperations: catalogue.apps };
}

/**
 * The roles that give an operation by themselves, with the scopes at which they do, the widest first: those
 * that carry it or the operation it is under, and the built-in Admin whatever it is (R3); of one that takes everything, those that carry all
 * the others (R15).
 */
export function carriersIn({ roles, apps }: Catalogue, operation: string): { role: CataloguedRole; scopes: Scope[] }[] {
  return [...roles.values()].flatMap((role) => {
    const given = givenBy(role, apps).filter((held) => opens(held.operation, operation));
    const found = scopes.filter((scope) => given.some((held) => held.scope === scope));
    if (found.length > 0) return [{ role, scopes: found }];
    return role.admin ? [{ role, scopes: ["all"] }] : [];
  });
}

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
  return accessOf(catalogue, access, origins);
}

/** Primary and direct additional roles as they are held at this moment. */
export function givenTo(access: Access): Given {
  const direct = access.roles.filter((role) => role.origins.some(({ via }) => via === "direct"));
  return {
    primaryId: direct.find(({ kind }) => kind === "primary")?.id ?? "",
    directIds: direct.filter(({ kind }) => kind === "additional").map(({ id }) => id),
  };
}
