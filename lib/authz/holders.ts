import { and, asc, inArray, or, sql } from "drizzle-orm";
import type { Scope } from "@/db/enums";
import { idArray } from "@/db/ids";
import { roleOperations, roles } from "@/db/schema";
import { loadCatalogue } from "@/lib/authz/catalogue";
import { missingFromEverything, type Origin, operationsIn } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { isOperation, operationOf, takesEverything } from "@/lib/operations";
import type { Params } from "@/lib/query";
import { readUserFilters, type UserFilters } from "@/lib/users/filters";
import { fitting, listUsers, type UserPage } from "@/lib/users/list";

/** A role that opens an operation, and the scopes at which it does. */
export type Carrier = { id: string; name: string; kind: "primary" | "additional"; admin: boolean; scopes: Scope[] };

/**
 * The roles that carry an operation, or what it stands under; the built-in Admin carries every one (R3). Of an operation
 * that takes everything, those that carry all the others (R15).
 */
export async function rolesCarrying(ctx: Ctx, operation: string): Promise<Carrier[]> {
  if (takesEverything(operation)) return rolesOfEverything(ctx);
  const own = isOperation(operation) ? operationOf(operation) : null;
  const keys = own?.under ? [operation, own.under] : [operation];
  const rows = await ctx.db
    .select({
      id: roles.id,
      name: roles.name,
      kind: roles.kind,
      admin: roles.admin,
      scopes: sql<Scope[]>`coalesce((select json_agg(distinct o.scope) from role_operations o
        where o.role_id = "roles"."id" and o.operation in ${keys}), '[]')`,
    })
    .from(roles)
    .where(
      or(
        sql`${roles.admin}`,
        inArray(
          roles.id,
          ctx.db
            .select({ id: roleOperations.roleId })
            .from(roleOperations)
            .where(inArray(roleOperations.operation, keys)),
        ),
      ),
    )
    .orderBy(sql`${roles.kind} = 'additional'`, asc(roles.rank), asc(roles.nameKey));
  return rows.map((row) => (row.admin ? { ...row, scopes: [own?.scopes[0] ?? "all"] } : row));
}

async function rolesOfEverything(ctx: Ctx): Promise<Carrier[]> {
  const { roles: all, apps } = await loadCatalogue(ctx.db);
  return [...all.values()]
    .filter((role) => !missingFromEverything(operationsIn(role, apps), apps))
    .map(({ id, name, kind, admin }) => ({ id, name, kind, admin, scopes: ["all"] }));
}

/** Through what somebody holds an operation: one role, at its scopes, from all its origins. */
export type HeldThrough = { role: Carrier; origins: Origin[] };
export type Holder = UserPage["rows"][number] & { through: HeldThrough[] };
export type HolderPage = Omit<UserPage, "rows"> & { rows: Holder[] };

/** The address's filters of the list of holders; a cursor of another search is left out. */
export function readHolderFilters(params: Params, carriers: Carrier[]) {
  const { q, after, before } = params;
  const { filters, ignored } = readUserFilters({ q, after, before });
  return { ...fitting({ ...filters, role: carriers.map(({ id }) => id) }), ignored };
}

/**
 * One page of the people in sight who hold an operation in force at this moment, by name, and through what (R6). People
 * whose account is not in force are told by their status. `filters.role` are the carriers.
 */
export async function listHolders(ctx: Ctx, carriers: Carrier[], filters: UserFilters): Promise<HolderPage | null> {
  if (carriers.length === 0) return null;
  const page = await listUsers(ctx, filters);
  const origins = await originsOf(
    ctx,
    page.rows.map(({ id }) => id),
    carriers,
  );
  return { ...page, rows: page.rows.map((row) => ({ ...row, through: origins.get(row.id) ?? [] })) };
}

type OriginRow = {
  userId: string;
  roleId: string;
  groupId: string | null;
  groupName: string | null;
  endsAt: string | null;
};

async function originsOf(ctx: Ctx, userIds: string[], carriers: Carrier[]): Promise<Map<string, HeldThrough[]>> {
  const through = new Map<string, HeldThrough[]>();
  if (userIds.length === 0) return through;
  const now = sql`${ctx.now().toISOString()}::timestamptz`;
  const people = idArray(userIds);
  const wanted = idArray(carriers.map(({ id }) => id));
  const rows: OriginRow[] = await ctx.db
    .select({
      userId: sql<string>`h.user_id`,
      roleId: sql<string>`h.role_id`,
      groupId: sql<string | null>`h.group_id`,
      groupName: sql<string | null>`h.group_name`,
      endsAt: sql<string | null>`h.ends_at::text`,
    })
    .from(
      sql`(
      select u.id as user_id, u.primary_role_id as role_id, null::uuid as group_id, null::text as group_name,
             null::timestamptz as ends_at, u.primary_role_id
        from users u where u.id = any(${people})
      union all
      select u.id, ur.role_id, null, null, ur.ends_at, u.primary_role_id
        from users u join user_roles ur on ur.user_id = u.id
       where u.id = any(${people}) and (ur.ends_at is null or ur.ends_at > ${now})
      union all
      select u.id, gr.role_id, g.id, g.name, least(gm.ends_at, gr.ends_at), u.primary_role_id
        from users u join group_members gm on gm.user_id = u.id join group_roles gr on gr.group_id = gm.group_id
        join groups g on g.id = gm.group_id
       where u.id = any(${people}) and (gm.ends_at is null or gm.ends_at > ${now})
         and (gr.ends_at is null or gr.ends_at > ${now})) h`,
    )
    .where(
      and(
        sql`h.role_id = any(${wanted})`,
        sql`(not exists(select 1 from role_combinations c where c.role_id = h.role_id)
          or exists(select 1 from role_combinations c where c.role_id = h.role_id and c.primary_role_id = h.primary_role_id))`,
      ),
    )
    .orderBy(sql`h.group_name nulls first`);
  for (const role of carriers)
    for (const { userId, groupId, groupName, endsAt } of rows.filter(({ roleId }) => roleId === role.id)) {
      const origin: Origin = {
        via: groupId ? "group" : "direct",
        groupId,
        groupName,
        endsAt: endsAt ? new Date(endsAt) : null,
      };
      const held = through.get(userId) ?? [];
      const known = held.find((one) => one.role === role);
      if (known) known.origins.push(origin);
      else held.push({ role, origins: [origin] });
      through.set(userId, held);
    }
  return through;
}
