import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import type { Access, Origin } from "@/lib/access/access";
import { accessOf, catalogueOf } from "@/lib/access/catalogue";
import type { Reads } from "@/lib/context";

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
export async function loadAccess(db: Reads | Tx, personId: string, at: Date): Promise<Access> {
  const [found] = await db
    .select({
      version: sql<string>`version`,
      endsAt: sql<Date | null>`account_ends_at`.mapWith(users.accessEndsAt),
      held: sql<Held[]>`held`,
    })
    .from(sql`access_of(${personId}::uuid, ${at.toISOString()}::timestamptz)`);
  if (!found) throw new Error("A function gives one row");
  const origins = new Map<string, Origin[]>();
  for (const [roleId, groupId, groupName, ends] of found.held) {
    const endsAt = ends === null ? null : new Date(ends);
    const origin: Origin = { via: groupId ? "group" : "direct", groupId, groupName, endsAt };
    origins.set(roleId, [...(origins.get(roleId) ?? []), origin]);
  }
  return accessOf(await catalogueOf(db, found.version), { personId, endsAt: found.endsAt }, origins);
}
