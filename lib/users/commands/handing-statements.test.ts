import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { groups, serviceAccounts } from "@/db/schema";
import { company } from "@/lib/testing/company";
import { as, makeUser } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { statementsOf } from "@/lib/testing/read-only";
import { archiveUser } from "@/lib/users/commands/archive";
import { restoreUser } from "@/lib/users/commands/restore";
import { handBackOffer } from "@/lib/users/handovers";

/** Somebody with so many reports, groups and service accounts, and what removing and restoring them is told. */
async function leaver(db: Db, name: string, many: number) {
  const person = await makeUser(db, { username: name, firstName: name });
  const owned: string[] = [];
  const reports: string[] = [];
  for (let n = 0; n < many; n++) {
    reports.push((await makeUser(db, { managerId: person.id })).id);
    const named = { name: `${name} ${n}`, nameKey: `${name} ${n}`, ownerId: person.id };
    for (const [row] of [
      await db.insert(groups).values(named).returning(),
      await db.insert(serviceAccounts).values(named).returning(),
    ])
      owned.push(row?.id ?? "");
  }
  return { id: person.id, owned, handBack: [...owned, ...reports] };
}

test("removing somebody, offering what to hand back, and restoring them asks no more of the database for more of what is handed on", () =>
  withFreshDatabase("handing_statements", async (db, url) => {
    const { ada, quinn } = await company(db);
    const asked: number[][] = [];
    for (const [name, many] of [
      ["warm", 1],
      ["one", 1],
      ["many", 15],
    ] as const) {
      const { id, owned, handBack } = await leaver(db, name, many);
      const remove = async (tx: Db | Tx) => {
        const owners = owned.map((object) => ({ id: object, ownerId: quinn.id }));
        const removed = await archiveUser(await as(tx, ada), { id, owners, managerId: quinn.id });
        expect([removed.reports, removed.handedOver.length]).toEqual([many, 2 * many]);
      };
      const removing = await statementsOf(url, remove);
      await remove(db);
      const offering = await statementsOf(url, async (tx) => {
        const offer = await handBackOffer(await as(tx, ada), id);
        expect(offer.filter(({ decision }) => decision.ok)).toHaveLength(3 * many);
      });
      const restoring = await statementsOf(url, async (tx) => {
        const { handedBack, skipped } = await restoreUser(await as(tx, ada), { id, handBack });
        expect([handedBack.length, skipped]).toEqual([3 * many, []]);
      });
      asked.push([removing, offering, restoring]);
    }
    const [, one, many] = asked;
    expect(many).toEqual(one);
  }));
