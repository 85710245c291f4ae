import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { explain, type Question } from "@/lib/access/explain";
import type { Explanation } from "@/lib/access/explanation";
import { lockName } from "@/lib/kernel/lock";
import { lockPerson } from "@/lib/people/scoped";
import { as } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { readingAlone } from "@/lib/testing/read-only";
import { reasonsToAsk } from "@/lib/testing/reasons-to-ask";
import { type HandBackOffer, handBackOffer } from "@/lib/users/handovers";

const labels = ["Edit roles", "Edit role", "Edit membership", "Edit manager", "Edit group", "Enable", "Edit end"];

/** What one answer may ask of the database, its suggestions and who may make them included. */
const statementsUpTo = 12;

test('"Why?" takes no lock and writes nothing, for any asker and any suggestion', () =>
  withFreshDatabase("why_reads", async (db, url) => {
    const { ada, quinn, lee, eve, sam, audrey, disabled, over, keepers } = await reasonsToAsk(db);
    const questions: Question[] = [
      { personId: lee.id, operation: "user.read", onId: sam.id },
      { personId: lee.id, operation: "user.archive", onId: eve.id },
      { personId: lee.id, operation: "group.update", groupId: keepers.id },
      { personId: eve.id, operation: "group.update", groupId: keepers.id },
      { personId: disabled.id, operation: "account.update" },
      { personId: over.id, operation: "account.update" },
    ];
    const answers: Explanation[] = [];
    const ask = async (viewer: { id: string }, question: Question, least: number) => {
      const ctx = await as(db, viewer);
      const asking = async (tx: Tx) => {
        answers.push(await explain({ ...ctx, db: tx }, question));
      };
      await readingAlone(url, least, asking, statementsUpTo);
    };
    for (const viewer of [ada, audrey]) for (const question of questions) await ask(viewer, question, 4);
    await ask(quinn, { personId: lee.id, operation: "user.update", onId: eve.id }, 8);

    const suggested = answers.flatMap(({ suggestions }) => suggestions);
    expect([...new Set(suggested.map(({ label }) => label))].toSorted()).toEqual(labels.toSorted());
    expect(suggested.filter(({ mayViewer }) => mayViewer.ok).length).toBeGreaterThan(5);
    expect(suggested.filter(({ makers }) => makers && makers.people.length > 0).length).toBeGreaterThan(5);
  }));

test('"Why?" asks little of the database: of one who may, of one who may not, and for a viewer who sees few', () =>
  withFreshDatabase("why_statements", async (db, url) => {
    const { ada, quinn, lee, eve, sam, keepers } = await reasonsToAsk(db);
    const outcomes: [string, number][] = [];
    const ask = async (viewer: { id: string }, question: Question, most: number) => {
      const ctx = await as(db, viewer);
      const asking = async (tx: Tx) => {
        const { outcome, suggestions } = await explain({ ...ctx, db: tx }, question);
        outcomes.push([outcome, suggestions.length]);
      };
      await readingAlone(url, 3, asking, most);
    };
    await ask(ada, { personId: quinn.id, operation: "user.read", onId: eve.id }, 6);
    await ask(ada, { personId: lee.id, operation: "user.read", onId: sam.id }, statementsUpTo);
    await ask(ada, { personId: eve.id, operation: "group.update", groupId: keepers.id }, statementsUpTo);
    await ask(quinn, { personId: lee.id, operation: "user.update", onId: eve.id }, statementsUpTo);
    expect(outcomes.map(([outcome, suggested]) => [outcome, suggested > 0])).toEqual([
      ["allowed", false],
      ["denied", true],
      ["denied", true],
      ["denied", true],
    ]);
  }));

test("what may be handed back with restoring somebody is read alone", () =>
  withFreshDatabase("hand_back_reads", async (db, url) => {
    const { ada, rita } = await reasonsToAsk(db);
    let offer: HandBackOffer = [];
    await readingAlone(url, 10, async (tx) => {
      offer = await handBackOffer(await as(tx, ada), rita.id);
    });
    expect(offer.map(({ name, decision }) => [name, decision.ok])).toEqual([
      ["Ella Person", true],
      ["Nights", true],
    ]);
  }));

test("and what is read alone would not go by unnoticed", () =>
  withFreshDatabase("reads_alone", async (db, url) => {
    const { ada, eve } = await reasonsToAsk(db);
    const locking = async (tx: Tx) => lockPerson(await as(tx, ada), tx, "user.read", eve.id);
    await expect(readingAlone(url, 1, locking)).rejects.toThrow();
    await expect(readingAlone(url, 0, (tx) => lockName(tx, lockNames.roles))).rejects.toMatchObject({
      actual: [expect.stringContaining("pg_advisory_xact_lock")],
    });
    await expect(readingAlone(url, 1, async () => undefined)).rejects.toThrow(/greater than or equal/);
  }));
