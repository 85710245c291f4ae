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

const listed = <T>(columns: SQL, held: SQL) => sql<Stored<T>>`(
  select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'endsAt', h.ends_at${columns}) order by t.name_key), '[]') ${held})`;

const read = <T extends Held>(held: Stored<T>): T[] =>
  held.map((one) => ({ ...one, endsAt: one.endsAt === null ? null : new Date(one.endsAt) }));

/** The direct roles and memberships of a person. */
export const heldBy = (db: Reads | Tx, id: string): Promise<HeldBy> => heldTogether(db as Tx, id);

const heldTogether = together<string, HeldBy>(async (tx, ids) => {
  const rows = await kept(
    tx
      .select({
        id: sql<string>`u.id`,
        primaryRole: sql<string>`(select name from roles where id = u.primary_role_id)`,
        roles: listed<Held>(sql``, sql`from user_roles h join roles t on t.id = h.role_id where h.user_id = u.id`),
        groups: listed<HeldGroup>(
          sql`, 'owner', coalesce(t.owner_id = u.id, false), 'by', p.name`,
          sql`from group_members h join groups t on t.id = h.group_id
                left join identity_providers p on p.id = h.provider_id where h.user_id = u.id`,
        ),
      })
      .from(sql`users u where u.id = any(${idArray(ids)})`),
  );
  const found = new Map(rows.map(({ id, ...held }) => [id, held]));
  return ids.map((id) => {
    const held = found.get(id.toLowerCase());
    if (!held) return { primaryRole: "", roles: [], groups: [] };
    return { ...held, roles: read(held.roles), groups: read(held.groups) };
  });
});
