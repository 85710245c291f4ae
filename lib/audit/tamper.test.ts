import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { applicationRole, grantApplicationRole } from "@/db/application-role";
import { createDb, type Tx } from "@/db/client";
import { events, eventValues } from "@/db/schema";
import { commit, recordEvent } from "@/lib/audit/record";
import { asOperator, makeUser, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";

async function anEvent(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const person = await makeUser(tx);
  const ctx = { ...asOperator(tx), source: { address: "10.20.4.31", agent: "Firefox", requestId: "r" } };
  return recordEvent(ctx, tx, {
    operation: "user.update",
    outcome: "succeeded",
    target: { kind: "user", id: person.id, personId: person.id },
    before: { lastName: "Engineer", groups: ["Regression"] },
    after: { lastName: "Engineer-Park", groups: ["Regression", "Staging"] },
    facts: { reason: "wedding" },
  });
}

const tampering = [
  ["update", "update events set outcome = 'failed'"],
  ["delete", "delete from events"],
  ["truncate", "truncate events"],
  ["truncate of both", "truncate events, event_values"],
] as const;

/** Refused with 42501 (insufficient privilege), inside a savepoint so that the test continues. */
async function refused(tx: Tx, statement: string) {
  const error = await tx
    .transaction((inner) => inner.execute(sql.raw(statement)))
    .then(
      () => null,
      (thrown: { cause?: unknown }) => thrown.cause,
    );
  expect(error).toBeInstanceOf(postgres.PostgresError);
  expect((error as postgres.PostgresError).code).toBe("42501");
}

describe("events are append-only (L4)", () => {
  it.each(tampering)("the trigger refuses %s, to the owner of the table as well", async (_, statement) => {
    await rolledBack(async (tx) => {
      const id = await anEvent(tx);
      await refused(tx, statement);
      expect(await tx.select({ id: events.id }).from(events).where(eq(events.id, id))).toHaveLength(1);
    });
  });

  it("every month has the trigger as well", async () => {
    await rolledBack(async (tx) => {
      await anEvent(tx);
      const months = await tx.execute<{ name: string }>(
        sql`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass`,
      );
      expect(months.length).toBeGreaterThan(3);
      for (const { name } of months) await refused(tx, `truncate ${name}`);
    });
  });
});

describe("the application's role (L4)", () => {
  it("adds events, reads them and erases values, and changes no event by any way", async () => {
    await withFreshDatabase("tamper", async (owner, url) => {
      expect(await grantApplicationRole(url)).toBe(applicationRole);
      const db = createDb(url, { role: applicationRole });
      try {
        const id = await db.transaction((tx) => anEvent(tx));
        const [partition] = await owner.execute<{ name: string }>(
          sql`select tableoid::regclass::text as name from events where id = ${id}`,
        );
        const ways = [
          ...tampering.map(([, statement]) => statement),
          `update ${partition?.name} set outcome = 'failed'`,
          `delete from ${partition?.name}`,
          `truncate ${partition?.name}`,
          `drop table ${partition?.name}`,
          "drop trigger events_append_only on events",
          "alter table events disable trigger all",
          `alter table events detach partition ${partition?.name}`,
        ];
        await db.transaction(async (tx) => {
          for (const statement of ways) await refused(tx, statement);
        });
        expect(await db.select({ id: events.id }).from(events).where(eq(events.id, id))).toHaveLength(1);
        await db.delete(eventValues).where(eq(eventValues.eventId, id));
        expect(await db.select().from(eventValues)).toEqual([]);
      } finally {
        await db.$client.end();
      }
    });
  });
});

describe("commitments (L4)", () => {
  it("match the values path by path, differ by their salt, and stay when the values are erased", async () => {
    await rolledBack(async (tx) => {
      const id = await anEvent(tx);
      const [event] = await tx.select().from(events).where(eq(events.id, id));
      const [stored] = await tx.select().from(eventValues).where(eq(eventValues.eventId, id));
      const values = stored?.values ?? {};
      expect(Object.keys(values).sort()).toEqual([
        "address",
        "agent",
        "change.groups",
        "change.lastName",
        "fact.reason",
      ]);
      const recomputed = Object.fromEntries(Object.entries(values).map(([path, value]) => [path, commit(path, value)]));
      expect(event?.commitments).toEqual(recomputed);

      const lastName = values["change.lastName"];
      if (!lastName) throw new Error("The change was not kept");
      expect(commit("change.lastName", { ...lastName, value: ["Engineer", "Other"] })).not.toBe(
        recomputed["change.lastName"],
      );
      expect(commit("change.firstName", lastName)).not.toBe(recomputed["change.lastName"]);
      expect(new Set(Object.values(values).map(({ salt }) => salt)).size).toBe(5);
      expect(JSON.stringify(event)).not.toMatch(/Engineer|wedding|10\.20\.4\.31|Firefox/);

      await tx.delete(eventValues).where(eq(eventValues.eventId, id));
      const [after] = await tx.select().from(events).where(eq(events.id, id));
      expect(after).toEqual(event);
    });
  });
});
