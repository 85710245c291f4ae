import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { kept } from "@/db/kept";
import type { Reads } from "@/lib/context";
import { together } from "@/lib/platform/together";

type Held = { id: string; name: string; endsAt: Date | null };
/** `owner`: whether it is the person's own. `by`: the provider that gave the membership (I3); null: somebody here. */
type HeldGroup = Held & { owner: boolean; by: string | null };

/** What is stored with a person beside their row, over or not, each in the order of the names. */
export type HeldBy = { primaryRole: string; roles: Held[]; groups: HeldGroup[] };

type Stored<T> = (T & { endsAt: string | null })[];

/** A row for each of these people who holds something. Of many, this takes a third of the time of a look for each. */
const listed = (columns: SQL, held: SQL, people: SQL) => sql`(
  select h.user_id, json_agg(json_build_object('id', t.id, 'name', t.name, 'endsAt', h.ends_at${columns}) order by t.name_key) as things
    from ${held} where h.user_id = any(${people}) group by h.user_id)`;

const read = <T extends Held>(held: Stored<T>): T[] =>
  held.map((one) => ({ ...one, endsAt: one.endsAt === null ? null : new Date(one.endsAt) }));

/** The direct roles and memberships of a person. */
export const heldBy = (db: Reads | Tx, id: string): Promise<HeldBy> => heldTogether(db as Tx, id);

const heldTogether = together<string, HeldBy>(
  async (tx, ids) => {
    const people = idArray(ids);
    const roles = listed(sql``, sql`user_roles h join roles t on t.id = h.role_id`, people);
    const groups = listed(
      sql`, 'owner', coalesce(t.owner_id = h.user_id, false), 'by', p.name`,
      sql`group_members h join groups t on t.id = h.group_id left join identity_providers p on p.id = h.provider_id`,
      people,
    );
    const rows = await kept(
      tx
        .select({
          id: sql<string>`u.id`,
          primaryRole: sql<string>`(select name from roles where id = u.primary_role_id)`,
          roles: sql<Stored<Held>>`coalesce(r.things, '[]')`,
          groups: sql<Stored<HeldGroup>>`coalesce(g.things, '[]')`,
        })
        .from(sql`users u left join ${roles} r on r.user_id = u.id left join ${groups} g on g.user_id = u.id
          where u.id = any(${people})`),
    );
    const found = new Map(rows.map(({ id, ...held }) => [id, held]));
    return ids.map((id) => {
      const held = found.get(id.toLowerCase());
      if (!held) return { primaryRole: "", roles: [], groups: [] };
      return { ...held, roles: read(held.roles), groups: read(held.groups) };
    });
  },
  { inWaves: true },
);
