import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RoleKind, Scope } from "@/db/enums";
import type { Access, EffectiveRole } from "@/lib/access/access";
import type { Reads } from "@/lib/context";

type Needed = { id: string; name: string };

type Found = {
  primaryRoleId: string;
  roles: { id: string; name: string; kind: RoleKind; admin: boolean }[];
  origins: { roleId: string; groupId: string | null; groupName: string | null; endsAt: string | null }[];
  needs: { roleId: string; id: string; name: string }[];
  operations: { roleId: string; operation: string; scope: Scope }[];
  appOperations: string[];
};

/**
 * Every role that reaches people at a moment, in force or dormant, a row for each origin (R6). `people` is a relation of
 * `id`, each of whom is there. The one meaning of "holds", for one person and for many.
 */
export function heldRoles(people: SQL, at: Date): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql`
    select u.id as person_id, u.primary_role_id as role_id, null::uuid as group_id, null::text as group_name,
           null::timestamptz as ends_at
      from ${people} p join users u on u.id = p.id
    union all
    select p.id, ur.role_id, null, null, ur.ends_at
      from ${people} p join user_roles ur on ur.user_id = p.id
     where (ur.ends_at is null or ur.ends_at > ${now})
    union all
    select p.id, gr.role_id, g.id, g.name, least(gm.ends_at, gr.ends_at)
      from ${people} p
      join group_members gm on gm.user_id = p.id
      join group_roles gr on gr.group_id = gm.group_id
      join groups g on g.id = gm.group_id
     where (gm.ends_at is null or gm.ends_at > ${now}) and (gr.ends_at is null or gr.ends_at > ${now})`;
}

/** What a role of `roles r` wants of the primary role, and what it carries, as JSON. */
export const needsOfRole = sql`coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.rank)
  from role_combinations c join roles n on n.id = c.primary_role_id where c.role_id = r.id), '[]')`;
export const operationsOfRole = sql`coalesce((
  select json_agg(json_build_object('operation', o.operation, 'scope', o.scope) order by o.operation, o.scope)
    from role_operations o where o.role_id = r.id), '[]')`;
export const declaredOperations = sql`coalesce((select json_agg(a.key) from app_operations a), '[]')`;

/** A role that needs a primary role grants nothing beside another one (R5). */
export const allows = (needs: Needed[], primaryRoleId: string) =>
  needs.length === 0 || needs.some((needed) => needed.id === primaryRoleId);

/**
 * What a person holds at this moment: the union of direct roles and the roles of all groups (R6), in one query, which
 * every request asks. `at` is the moment; whether the account itself is in force is the session's question.
 */
export async function loadAccess(db: Reads | Tx, personId: string, at: Date): Promise<Access> {
  const list = (columns: SQL, from: SQL) =>
    sql`coalesce((select json_agg(json_build_object(${columns})) ${from}), '[]')`;
  const ofHeld = (column: string) => sql`${sql.raw(column)} in (select role_id from held)`;
  const [row] = await db.select({ found: sql<Found>`a.found` }).from(
    sql`(with held as materialized (${heldRoles(sql`(select ${personId}::uuid as id)`, at)}) select json_build_object(
        'primaryRoleId', (select primary_role_id from users where id = ${personId}),
        'roles', coalesce((
          select json_agg(json_build_object('id', r.id, 'name', r.name, 'kind', r.kind, 'admin', r.admin)
                          order by r.kind desc, r.rank nulls last, r.name)
            from roles r where ${ofHeld("r.id")}), '[]'),
        'origins', ${list(
          sql`'roleId', h.role_id, 'groupId', h.group_id, 'groupName', h.group_name, 'endsAt', h.ends_at`,
          sql`from held h`,
        )},
        'needs', ${list(
          sql`'roleId', n.role_id, 'id', n.id, 'name', n.name`,
          sql`from (select c.role_id, n.* from role_combinations c join roles n on n.id = c.primary_role_id
                 where ${ofHeld("c.role_id")} order by n.rank) n`,
        )},
        'operations', ${list(
          sql`'roleId', o.role_id, 'operation', o.operation, 'scope', o.scope`,
          sql`from (select * from role_operations o where ${ofHeld("o.role_id")} order by operation, scope) o`,
        )},
        'appOperations', case when exists(select 1 from roles r where r.admin and ${ofHeld("r.id")})
          then ${declaredOperations} else '[]' end) as found) a`,
  );
  return assemble(personId, row?.found ?? null);
}

function assemble(personId: string, found: Found | null): Access {
  if (!found) return { personId, roles: [], appOperations: [] };
  const of = <T extends { roleId: string }>(rows: T[], roleId: string) => rows.filter((row) => row.roleId === roleId);
  const roles = found.roles.map((role): EffectiveRole => {
    const needs = of(found.needs, role.id);
    return {
      ...role,
      inForce: allows(needs, found.primaryRoleId),
      needs: needs.map(({ name }) => name),
      origins: of(found.origins, role.id).map(({ groupId, groupName, endsAt }) => ({
        via: groupId ? "group" : "direct",
        groupId,
        groupName,
        endsAt: endsAt ? new Date(endsAt) : null,
      })),
      operations: of(found.operations, role.id).map(({ operation, scope }) => ({ operation, scope })),
    };
  });
  return { personId, roles, appOperations: found.appOperations };
}
