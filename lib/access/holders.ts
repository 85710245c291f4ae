import type { RoleKind, Scope } from "@/db/enums";
import { carriersIn, loadCatalogue } from "@/lib/authz/catalogue";
import { loadAccesses } from "@/lib/authz/load";
import type { Access, Origin } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import type { Params } from "@/lib/lists/search-params";
import type { UserFilters } from "@/lib/users/filters";
import { askUsers, listUsers, type UserPage } from "@/lib/users/list";

/** A role that opens an operation, and the scopes at which it does. */
export type Carrier = { id: string; name: string; kind: RoleKind; admin: boolean; scopes: Scope[] };

/** The roles that give an operation. */
export async function rolesCarrying(ctx: Ctx, operation: string): Promise<Carrier[]> {
  return carriersIn(await loadCatalogue(ctx.db), operation).map(({ role: { id, name, kind, admin }, scopes }) => ({
    id,
    name,
    kind,
    admin,
    scopes,
  }));
}

/** Through what somebody holds an operation: one role, at its scopes, from all its origins. */
export type HeldThrough = { role: Carrier; origins: Origin[] };
export type Holder = UserPage["rows"][number] & { through: HeldThrough[] };
export type HolderPage = Omit<UserPage, "rows"> & { rows: Holder[] };

/** The address's filters of the list of holders; a cursor of another search is left out. */
export function readHolderFilters(params: Params, carriers: Carrier[]) {
  const { q, after, before } = params;
  return askUsers({ q, after, before }, undefined, { role: carriers.map(({ id }) => id) });
}

/**
 * One page of the people in sight who hold an operation in force at this moment, by name, and through what (R6). People
 * whose account is not in force are marked by their status. `filters.role` are the carriers.
 */
export async function listHolders(ctx: Ctx, carriers: Carrier[], filters: UserFilters): Promise<HolderPage | null> {
  if (carriers.length === 0) return null;
  const page = await listUsers(ctx, filters);
  const { of } = await loadAccesses(
    ctx.db,
    page.rows.map(({ id }) => id),
    ctx.now(),
  );
  return { ...page, rows: page.rows.map((row) => ({ ...row, through: throughOf(of(row.id), carriers) })) };
}

const throughOf = ({ roles }: Access, carriers: Carrier[]): HeldThrough[] =>
  carriers.flatMap((role) => {
    const held = roles.find(({ id, inForce }) => inForce && id === role.id);
    return held ? [{ role, origins: held.origins.toSorted(directFirst) }] : [];
  });

/** Then by the group's name. */
const directFirst = ({ groupName: one }: Origin, { groupName: other }: Origin) =>
  one === null || other === null ? Number(one !== null) - Number(other !== null) : one < other ? -1 : 1;
