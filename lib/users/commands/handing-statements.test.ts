import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { groups, resources, serviceAccounts } from "@/db/schema";
import { company } from "@/lib/testing/company";
import { as, lastEvent, makeUser } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { statementsOf } from "@/lib/testing/read-only";
import { archiveUser } from "@/lib/users/commands/archive";
import { restoreUser } from "@/lib/users/commands/restore";
import { handBackOffer } from "@/lib/users/handovers";
import { archivePreview } from "@/lib/users/leaving-preview";
import { manyOfType } from "@/lib/users/owned-words";

/** Somebody with so many reports, groups, service accounts and resources, and the input for removing and restoring them. */
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
      await db
        .insert(resources)
        .values({ ...named, type: "assistant", externalId: named.name })
        .returning(),
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
        expect([removed.reports, removed.handedOver.length]).toEqual([many, 3 * many]);
      };
      const removing = await statementsOf(url, remove);
      await remove(db);
      const offering = await statementsOf(url, async (tx) => {
        const offer = await handBackOffer(await as(tx, ada), id);
        expect(offer.filter(({ decision }) => decision.ok)).toHaveLength(4 * many);
      });
      const restoring = await statementsOf(url, async (tx) => {
        const { handedBack, skipped } = await restoreUser(await as(tx, ada), { id, handBack });
        expect([handedBack.length, skipped]).toEqual([4 * many, []]);
      });
      asked.push([removing, offering, restoring]);
    }
    const [, one, many] = asked;
    expect(many).toEqual(one);
  }));

const thousands = 5_000;

test(
  "5,000 resources of somebody are shown, handed on and handed back by type, in as many statements as 60 (U11, U13)",
  () =>
    withFreshDatabase("handing_resources", async (db, url) => {
      const { ada, quinn, lee } = await company(db);
      const asked: number[][] = [];
      for (const many of [59, 60, thousands]) {
        const person = await makeUser(db, { username: `owner-${many}` });
        const made = Array.from({ length: many }, (_, number) => ({
          ...{ type: number % 3 === 0 ? "project" : "assistant", externalId: `${many}-${number}` },
          ...{ name: `Thing ${number}`, nameKey: `thing ${number}`, ownerId: person.id },
        }));
        for (let from = 0; from < many; from += 1_000)
          await db.insert(resources).values(made.slice(from, from + 1_000));
        const projects = Math.ceil(many / 3);
        const showing = await statementsOf(url, async (tx) => {
          const { owned } = await archivePreview(await as(tx, ada), person.id);
          expect(owned).toEqual({
            objects: [],
            types: [
              { kind: "resource", type: "assistant", count: many - projects },
              { kind: "resource", type: "project", count: projects },
            ],
          });
        });
        const ownersOfTypes = [
          { type: "assistant", ownerId: quinn.id },
          { type: "project", ownerId: lee.id },
        ];
        const remove = async (tx: Db | Tx) => {
          const removed = await archiveUser(await as(tx, ada), {
            id: person.id,
            owners: [],
            ownersOfTypes,
            managerId: null,
          });
          expect(removed).toMatchObject({ objects: many });
          expect(removed.handedOver).toEqual([
            { name: manyOfType("resource", "project", projects), owner: "Lee Lead", many: true },
            { name: manyOfType("resource", "assistant", many - projects), owner: "Quinn Person", many: true },
          ]);
        };
        const removing = await statementsOf(url, remove);
        await remove(db);
        expect((await lastEvent(db)).values["fact.objects"]).toHaveLength(2);
        const offering = await statementsOf(url, async (tx) => {
          const offer = await handBackOffer(await as(tx, ada), person.id);
          expect(offer.map(({ id, to, byType }) => [id, to, byType])).toEqual([
            ["project", "Lee Lead", true],
            ["assistant", "Quinn Person", true],
          ]);
        });
        const restore = async (tx: Db | Tx) => {
          const { handedBack, skipped } = await restoreUser(await as(tx, ada), {
            id: person.id,
            handBackTypes: ["assistant"],
          });
          expect([handedBack, skipped]).toEqual([[manyOfType("resource", "assistant", many - projects)], []]);
        };
        const restoring = await statementsOf(url, restore);
        await restore(db);
        expect(await db.$count(resources, eq(resources.ownerId, person.id))).toBe(many - projects);
        asked.push([showing, removing, offering, restoring]);
      }
      const [, few, all] = asked;
      expect(all).toEqual(few);
    }),
  120_000,
);
