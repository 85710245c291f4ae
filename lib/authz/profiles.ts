import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import type { Access, Origin } from "@/lib/authz/access";
import { accessOf, catalogueOf, catalogueVersion } from "@/lib/authz/catalogue";
import { heldRoles } from "@/lib/authz/load";
import type { Reads } from "@/lib/context";

/** What many people hold at one moment. People who hold the same have the same profile, which is worked out once. */
export type Profiles = {
  /** The profile of each person. */
  of: Map<string, string>;
  /** What a profile holds: as `loadAccess`, but each role with one origin, the one that lasts longest. */
  access: (profile: string) => Access;
};

/** In one look for all of them: 10,000 people cost little more than their rows. Whoever is not there has no profile. */
export async function profilesOf(db: Reads | Tx, people: string[], at: Date): Promise<Profiles> {
  const [found] = await db
    .select({
      version: catalogueVersion,
      alike: sql<{ profile: string; people: string[] }[]>`coalesce(json_agg(alike), '[]')`,
    })
    .from(
      sql`(select profile, json_agg(person_id) as people
             from (select person_id, string_agg(role_id || '=' || ends, ' ' order by role_id) as profile
                     from (select person_id, role_id,
                                  case when bool_or(ends_at is null) then ''
                                       else floor(extract(epoch from max(ends_at)) * 1000)::text end as ends
                             from ${heldRoles(idArray(people), at)} held
                            group by person_id, role_id) lasting
                    group by person_id) one
            group by profile) alike`,
    );
  if (!found) throw new Error("An aggregate gives one row");
  const catalogue = await catalogueOf(db, found.version);
  const made = new Map(found.alike.map(({ profile }) => [profile, accessOf(catalogue, nothing, originsIn(profile))]));
  return {
    of: new Map(found.alike.flatMap(({ profile, people: alike }) => alike.map((id) => [id, profile] as const))),
    access: (profile) => made.get(profile) ?? nothing,
  };
}

const nothing: Access = { personId: "", endsAt: null, roles: [], appOperations: [] };

/** The head of a query about these people, however many: `wanted (id)`. */
export const wanted = (ids: string[]) => sql`wanted as materialized (select unnest(${idArray(ids)}) as id)`;

const originsIn = (profile: string): Map<string, Origin[]> =>
  new Map(
    profile.split(" ").map((held) => {
      const [roleId = "", ends] = held.split("=");
      const endsAt = ends ? new Date(Number(ends)) : null;
      return [roleId, [{ via: "direct", groupId: null, groupName: null, endsAt }]];
    }),
  );
