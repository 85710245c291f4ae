import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { kept } from "@/db/kept";
import { users } from "@/db/schema";
import type { Access, Origin } from "@/lib/authz/access";
import { accessOf, catalogueOf, catalogueVersion } from "@/lib/authz/catalogue";
import type { Reads } from "@/lib/context";
import { together } from "@/lib/kernel/together";

type Held = [roleId: string, groupId: string | null, groupName: string | null, endsAt: string | null];

/**
 * Every role that reaches people at a moment, in force or dormant, a row for each origin (R6): `person_id, role_id,
 * group_id, group_name, ends_at`. `people` is an array of ids. `access_of` asks the same function for one person.
 */
export const heldRoles = (people: SQL, at: Date): SQL => sql`held_roles(${people}, ${at.toISOString()}::timestamptz)`;

/**
 * What a person holds at this moment: the union of direct roles and the roles of all groups (R6), in one query, which
 * every request asks. `at` is the moment; whether the account itself is in force is the session's question, and until
 * when it lasts bounds what its person may give (R8).
 */
export const loadAccess = (db: Reads | Tx, personId: string, at: Date): Promise<Access> =>
  loadTogether(db as Tx, { personId, at });

type Asked = { personId: string; at: Date };
type Found = { id: string; version: string; endsAt: Date | null; held: Held[] };

const loadTogether = together<Asked, Access>(async (tx, asked) => {
  const found = await (asked.length === 1 ? heldByOne(tx, asked[0] as Asked) : heldByAll(tx, asked));
  const rows = new Map(found.map((row) => [row.id, row]));
  const catalogue = await catalogueOf(tx, found[0]?.version ?? "");
  return asked.map(({ personId }) => {
    const { endsAt = null, held = [] } = rows.get(personId.toLowerCase()) ?? {};
    return accessOf(catalogue, { personId, endsAt }, originsOf(held));
  });
});

/** A function of the database, which keeps its plan. */
const heldByOne = (tx: Tx, { personId, at }: Asked): Promise<Found[]> =>
  kept(
    tx
      .select({
        id: sql<string>`${personId.toLowerCase()}::text`,
        version: sql<string>`version`,
        endsAt: sql<Date | null>`account_ends_at`.mapWith(users.accessEndsAt),
        held: sql<Held[]>`held`,
      })
      .from(sql`access_of(${personId}::uuid, ${at.toISOString()}::timestamptz)`),
  );

function heldByAll(tx: Tx, asked: Asked[]): Promise<Found[]> {
  const [{ at }] = asked as [Asked];
  const people = idArray(asked.map(({ personId }) => personId));
  return tx
    .select({
      id: sql<string>`u.id`,
      version: catalogueVersion,
      endsAt: sql<Date | null>`u.access_ends_at`.mapWith(users.accessEndsAt),
      held: sql<Held[]>`coalesce(h.held, '[]')`,
    })
    .from(sql`users u left join (
      select person_id, json_agg(json_build_array(role_id, group_id, group_name, ends_at)) as held
        from ${heldRoles(people, at)} group by person_id) h on h.person_id = u.id
      where u.id = any(${people})`);
}

function originsOf(held: Held[]): Map<string, Origin[]> {
  const origins = new Map<string, Origin[]>();
  for (const [roleId, groupId, groupName, ends] of held) {
    const endsAt = ends === null ? null : new Date(ends);
    const origin: Origin = { via: groupId ? "group" : "direct", groupId, groupName, endsAt };
    origins.set(roleId, [...(origins.get(roleId) ?? []), origin]);
  }
  return origins;
}
