import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { mostAreBelow } from "@/db/places";
import { personActor } from "@/lib/auth/person";
import type { Access, EffectiveRole } from "@/lib/authz/model";
import { createContext } from "@/lib/context";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { sizesInSight } from "@/lib/users/list/sets";

const role: EffectiveRole = {
  id: newId(),
  name: "Lead",
  kind: "additional",
  admin: false,
  inForce: true,
  needs: [],
  origins: [{ via: "direct", groupId: null, groupName: null, endsAt: null }],
  operations: [{ operation: "user.read", scope: "reports" }],
};
const reading = (personId: string): Access => ({ personId, endsAt: null, roles: [role], appOperations: [] });

/** A house without people, said to be large: places alone, some below one at the top, the others beside them. */
async function house(tx: Tx, below: number, beside: number, said = 1_000_000) {
  const top = newId();
  await tx.execute(sql`set local session_replication_role = replica`);
  await tx.execute(sql`delete from places`);
  await tx.execute(sql`insert into places values (${top}, '00000000', true)`);
  await tx.execute(sql`insert into places select gen_random_uuid(), case when n <= ${below} then '00000000' else '' end || lpad(to_hex(n), 8, '0'), true
    from generate_series(1, ${below + beside}::int) n`);
  await tx.execute(sql`analyze places`);
  await tx.execute(sql`update pg_class set reltuples = ${said} where oid = 'places'::regclass`);
  return top;
}

const most = async (tx: Tx, id: string) => {
  const [row] = await tx.execute<{ is: boolean }>(sql`select ${mostAreBelow(id)} as is`);
  return row?.is;
};

test("if somebody has most of a large house below them, nobody is counted to know that they are many", () =>
  withFreshDatabase("people_in_sight", (db) =>
    db.transaction(async (tx) => {
      const rows = sql`select n as user_id from generate_series(1, 3000) n`;
      const sizes = async (id: string) => {
        const ctx = createContext(tx, personActor({ id, sessionId: null, access: reading(id) }));
        return sizesInSight(ctx, [
          { rows, present: true },
          { rows, present: false },
        ]);
      };
      const small = await house(tx, 5_000, 10, 5_011);
      expect(await most(tx, small)).toBe(false);
      const few = await house(tx, 2_000, 19_000);
      expect([await most(tx, few), await sizes(few)]).toEqual([false, [3_000, 3_000]]);
      const top = await house(tx, 19_000, 2_000);
      expect([await most(tx, top), await sizes(top)]).toEqual([true, [50_001, 3_000]]);
      expect(await most(tx, newId())).toBe(false);
    }),
  ));
