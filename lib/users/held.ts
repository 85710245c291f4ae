import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Reads } from "@/lib/context";

type Held = { id: string; name: string; endsAt: Date | null };

/** What is stored with a person beside their row, over or not, each in the order of the names. */
export type HeldBy = { primaryRole: string; roles: Held[]; groups: Held[] };

type Stored = [id: string, name: string, endsAt: string | null][];

const listed = (held: SQL) => sql<Stored>`(
  select coalesce(json_agg(json_build_array(t.id, t.name, h.ends_at) order by t.name), '[]') ${held})`;

const read = (held: Stored): Held[] =>
  held.map(([id, name, endsAt]) => ({ id, name, endsAt: endsAt === null ? null : new Date(endsAt) }));

/** The direct roles and memberships of these people, in their order. */
export async function heldByAll(db: Reads | Tx, ids: string[]): Promise<HeldBy[]> {
  const rows = await db
    .select({
      id: sql<string>`u.id`,
      primaryRole: sql<string>`(select name from roles where id = u.primary_role_id)`,
      roles: listed(sql`from user_roles h join roles t on t.id = h.role_id where h.user_id = u.id`),
      groups: listed(sql`from group_members h join groups t on t.id = h.group_id where h.user_id = u.id`),
    })
    .from(sql`users u where u.id = any(${`{${ids.join(",")}}`}::uuid[])`);
  const found = new Map(rows.map(({ id, ...held }) => [id, held]));
  return ids.map((id) => {
    const held = found.get(id);
    return held
      ? { primaryRole: held.primaryRole, roles: read(held.roles), groups: read(held.groups) }
      : { primaryRole: "", roles: [], groups: [] };
  });
}

export async function heldBy(db: Reads | Tx, id: string): Promise<HeldBy> {
  const [held] = await heldByAll(db, [id]);
  return held as HeldBy;
}
