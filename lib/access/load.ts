import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RoleKind, Scope } from "@/db/enums";
import type { Access, EffectiveRole } from "@/lib/access/access";
import type { Reads } from "@/lib/context";

type Needed = { id: string; name: string };

type Row = {
  roleId: string;
  name: string;
  kind: RoleKind;
  admin: boolean;
  groupId: string | null;
  groupName: string | null;
  endsAt: string | null;
  needs: Needed[];
  operations: { operation: string; scope: Scope }[];
  primaryRoleId: string;
  appOperations: string[];
};

/**
 * Every role that reaches people at a moment, in force or dormant, a row for each origin (R6). `whose` is a condition on
 * users as `p`. The one meaning of "holds", for one person and for many.
 */
export const heldRoles = (whose: SQL, at: Date): SQL => sql`
    select p.id as person_id, p.primary_role_id as role_id, null::uuid as group_id, null::text as group_name,
           null::timestamptz as ends_at, p.primary_role_id
      from users p where ${whose}
    union all
    select p.id, ur.role_id, null, null, ur.ends_at, p.primary_role_id
      from users p join user_roles ur on ur.user_id = p.id
     where ${whose} and (ur.ends_at is null or ur.ends_at > ${at.toISOString()}::timestamptz)
    union all
    select p.id, gr.role_id, g.id, g.name, least(gm.ends_at, gr.ends_at), p.primary_role_id
      from users p
      join group_members gm on gm.user_id = p.id
      join group_roles gr on gr.group_id = gm.group_id
      join groups g on g.id = gm.group_id
     where ${whose}
       and (gm.ends_at is null or gm.ends_at > ${at.toISOString()}::timestamptz)
       and (gr.ends_at is null or gr.ends_at > ${at.toISOString()}::timestamptz)`;

/** What a role of `roles r` wants of the primary role, and what it carries, as JSON. */
export const needsOfRole = sql`coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.rank)
  from role_combinations c join roles n on n.id = c.primary_role_id where c.role_id = r.id), '[]')`;
export const operationsOfRole = sql`coalesce((
  select json_agg(json_build_object('operation', o.operation, 'scope', o.scope))
    from role_operations o where o.role_id = r.id), '[]')`;
export const declaredOperations = sql`coalesce((select json_agg(a.key) from app_operations a), '[]')`;

/** A role that needs a primary role grants nothing beside another one (R5). */
export const allows = (needs: Needed[], primaryRoleId: string) =>
  needs.length === 0 || needs.some((needed) => needed.id === primaryRoleId);

/**
 * What a person holds at this moment: the union of direct roles and the roles of all groups (R6), in one query.
 * `at` is the moment; whether the account itself is in force is the session's question, not this one's.
 */
export async function loadAccess(db: Reads | Tx, personId: string, at: Date): Promise<Access> {
  const held = heldRoles(sql`p.id = ${personId}`, at);
  const rows = await db
    .select({
      rows: sql<Row[]>`coalesce(json_agg(json_build_object(
        'roleId', held.role_id, 'name', r.name, 'kind', r.kind, 'admin', r.admin,
        'groupId', held.group_id, 'groupName', held.group_name, 'endsAt', held.ends_at,
        'primaryRoleId', held.primary_role_id,
        'needs', ${needsOfRole},
        'operations', case when held.first then ${operationsOfRole} else '[]' end,
        'appOperations', case when held.first and r.admin then ${declaredOperations} else '[]' end
      ) order by r.kind desc, r.rank nulls last, r.name), '[]')`,
    })
    .from(sql`(select h.*, row_number() over (partition by h.role_id) = 1 as first from (${held}) h) held
      join roles r on r.id = held.role_id`);
  return assemble(personId, rows[0]?.rows ?? []);
}

function assemble(personId: string, rows: Row[]): Access {
  const roles = new Map<string, EffectiveRole>();
  const appOperations: string[] = [];
  for (const row of rows) {
    const known = roles.get(row.roleId);
    const role: EffectiveRole = known ?? {
      id: row.roleId,
      name: row.name,
      kind: row.kind,
      admin: row.admin,
      inForce: allows(row.needs, row.primaryRoleId),
      needs: row.needs.map((needed) => needed.name),
      origins: [],
      operations: [],
    };
    if (row.operations.length > 0) role.operations = row.operations;
    appOperations.push(...row.appOperations);
    role.origins.push({
      via: row.groupId ? "group" : "direct",
      groupId: row.groupId,
      groupName: row.groupName,
      endsAt: row.endsAt ? new Date(row.endsAt) : null,
    });
    roles.set(row.roleId, role);
  }
  return { personId, roles: [...roles.values()], appOperations };
}
