import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { RoleKind } from "@/db/enums";
import type { Access, EffectiveRole, Scope } from "@/lib/access/access";
import { allows, declaredOperations, heldRoles, needsOfRole, operationsOfRole } from "@/lib/access/load";
import type { Reads } from "@/lib/context";

/** What many people hold at one moment. People who hold the same have the same profile, which is worked out once. */
export type Profiles = {
  /** The profile of each person. */
  of: Map<string, string>;
  /** What a profile holds: as `loadAccess`, but each role with one origin, the one that lasts longest. */
  access: (profile: string) => Access;
};

type RoleFacts = {
  id: string;
  name: string;
  kind: RoleKind;
  admin: boolean;
  needs: { id: string; name: string }[];
  operations: { operation: string; scope: Scope }[];
};

/** In one look for all of them: 10,000 people cost little more than their rows. Whoever is not there has no profile. */
export async function profilesOf(db: Reads | Tx, people: string[], at: Date): Promise<Profiles> {
  const rows = await db.select({ profile: sql<string>`l.profile`, people: sql<string[]>`json_agg(l.person_id)` }).from(
    sql`(with ${wanted(people)}
         select person_id, primary_role_id || ' ' || string_agg(role_id || '=' || ends, ' ' order by role_id) as profile
           from (select person_id, role_id,
                        case when bool_or(ends_at is null) then ''
                             else floor(extract(epoch from max(ends_at)) * 1000)::text end as ends
                   from (${heldRoles(sql`wanted`, at)}) held
                  group by person_id, role_id) lasting
           join users on users.id = person_id
          group by person_id, primary_role_id) l group by l.profile`,
  );
  const of = new Map(rows.flatMap(({ profile, people: alike }) => alike.map((id) => [id, profile] as const)));
  const distinct = rows.map(({ profile }) => [profile, parse(profile)] as const);
  const roleIds = [...new Set(distinct.flatMap(([, { held: roles }]) => roles.map(({ roleId }) => roleId)))];
  const facts = await factsOf(db, roleIds);
  const made = new Map(distinct.map(([profile, parsed]) => [profile, assemble(parsed, facts)]));
  return { of, access: (profile) => made.get(profile) ?? nothing };
}

const nothing: Access = { personId: "", roles: [], appOperations: [] };

const idsOf = (ids: string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;

/** The head of a query about these people, however many: `wanted (id)`. */
export const wanted = (ids: string[]) => sql`wanted as materialized (select unnest(${idsOf(ids)}) as id)`;

type Parsed = { primaryRoleId: string; held: { roleId: string; endsAt: Date | null }[] };

function parse(profile: string): Parsed {
  const [primaryRoleId = "", ...held] = profile.split(" ");
  return {
    primaryRoleId,
    held: held.map((entry) => {
      const [roleId = "", ends] = entry.split("=");
      return { roleId, endsAt: ends ? new Date(Number(ends)) : null };
    }),
  };
}

type Facts = { roles: Map<string, RoleFacts>; appOperations: string[] };

async function factsOf(db: Reads | Tx, roleIds: string[]): Promise<Facts> {
  const [row] = await db
    .select({
      roles: sql<RoleFacts[]>`coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'kind', r.kind,
        'admin', r.admin, 'needs', ${needsOfRole}, 'operations', ${operationsOfRole})), '[]')`,
      appOperations: sql<string[]>`${declaredOperations}`,
    })
    .from(sql`roles r`)
    .where(sql`r.id = any(${idsOf(roleIds)})`);
  return { roles: new Map((row?.roles ?? []).map((role) => [role.id, role])), appOperations: row?.appOperations ?? [] };
}

function assemble({ primaryRoleId, held }: Parsed, facts: Facts): Access {
  const roles = held.flatMap(({ roleId, endsAt }): EffectiveRole[] => {
    const role = facts.roles.get(roleId);
    if (!role) return [];
    return [
      {
        ...role,
        inForce: allows(role.needs, primaryRoleId),
        needs: role.needs.map(({ name }) => name),
        origins: [{ via: "direct", groupId: null, groupName: null, endsAt }],
      },
    ];
  });
  return { personId: "", roles, appOperations: facts.appOperations };
}
