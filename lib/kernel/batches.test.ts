import { and, eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { DatabaseUnavailable } from "@/db/lost";
import { events, sessions, users } from "@/db/schema";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { command } from "@/lib/kernel/command";
import { runAll } from "@/lib/kernel/run-all";
import { nameColumns } from "@/lib/normalization/names";
import { lockUser } from "@/lib/people/target";
import { sharing, together } from "@/lib/platform/together";
import { company, refused } from "@/lib/testing/company";
import { as, asOperator, makeUser, rolledBack } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { unlockUser } from "@/lib/users/commands/unlock";
import { userOperations } from "@/lib/users/operations";

const [here, there] = twoProcesses("batches");

const input = z.strictObject({ id: z.uuid() });

/** A first name for each; `meanwhile` is what happens in the midst of a change. */
const renaming = (meanwhile: (id: string, tx: Tx) => Promise<unknown>) =>
  command(userOperations["user.unlock"], {
    key: "test.rename",
    input,
    target: ({ ctx, tx }, { id }) => lockUser(ctx, tx, id),
    change: async ({ tx }, { id }) => {
      await tx.update(users).set({ firstName: "New" }).where(eq(users.id, id));
      await meanwhile(id, tx);
      return { value: id, after: { firstName: "New" } };
    },
  });

/** How often a transaction was begun, and one that reports its loss while it commits. */
function watched(db: Db | Tx, { lost = false } = {}) {
  const begun = { count: 0 };
  const transaction: Tx["transaction"] = async (work) => {
    begun.count++;
    const done = await db.transaction(work);
    if (lost) throw new DatabaseUnavailable("CONNECTION_CLOSED", { unknown: true });
    return done;
  };
  return { db: Object.assign(Object.create(db) as Tx, { transaction }), begun };
}

const named = (db: Db | Tx, ids: string[]) => db.$count(users, and(inArray(users.id, ids), eq(users.firstName, "New")));

test("nothing is nothing", () =>
  rolledBack(async (tx) => {
    const { db, begun } = watched(tx);
    expect(await runAll(asOperator(db), unlockUser, [])).toEqual([]);
    expect(begun.count).toBe(0);
  }));

test(
  "3,000 inputs are three transactions, and an event each",
  () =>
    rolledBack(async (tx) => {
      await company(tx);
      const { primaryRoleId } = await makeUser(tx);
      const rows = Array.from({ length: 3_000 }, (_, at) => {
        const person = { username: `many${at}`, email: `many${at}@northwind.example`, firstName: "M", lastName: "" };
        return { id: newId(), ...person, ...nameColumns(person), primaryRoleId, status: "active" as const };
      });
      for (let at = 0; at < 3; at++) await tx.insert(users).values(rows.slice(at * 1_000, (at + 1) * 1_000));
      await tx.update(users).set({ lockedAt: sql`now()` });
      const { db, begun } = watched(tx);
      const settled = await runAll(asOperator(db), unlockUser, [...rows].reverse());
      expect(settled.map((one) => one.ok && one.value.id)).toEqual(rows.map(({ id }) => id).reverse());
      expect(begun.count).toBe(3);
      expect(await tx.$count(events)).toBe(3_000);
    }),
  120_000,
);

test("the end of the actor's session in the midst of a batch refuses all of it (S9)", async () => {
  const { ada, eve, sam, lee } = await company(here);
  const ids = [eve.id, sam.id, lee.id];
  const sessionId = newId();
  const endsAt = new Date(Date.now() + 3_600_000);
  await here.insert(sessions).values({ id: sessionId, userId: ada.id, address: "::1", agent: "test", endsAt });
  const ctx: Ctx<Person> = createContext(here, { ...(await as(here, ada)).actor, sessionId });
  const rename = renaming(() => there.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, sessionId)));
  const settled = await runAll(
    ctx,
    rename,
    ids.map((id) => ({ id })),
  );
  expect(settled).toEqual(ids.map(() => ({ ok: false, error: refused("unauthenticated") })));
  expect(await named(here, ids)).toBe(0);
  const told = await here.select().from(events).where(eq(events.sessionId, sessionId));
  expect(told.map(({ outcome }) => outcome)).toEqual(ids.map(() => "refused"));
});

test("a batch whose database is lost while it commits is not tried again", () =>
  rolledBack(async (tx) => {
    const { eve, sam } = await company(tx);
    const { db, begun } = watched(tx, { lost: true });
    const changed: string[] = [];
    const rename = renaming(async (id) => changed.push(id));
    const settled = await runAll(
      asOperator(db),
      rename,
      [eve, sam].map(({ id }) => ({ id })),
    );
    expect(settled).toEqual([eve, sam].map(() => ({ ok: false, error: expect.any(DatabaseUnavailable) })));
    expect({ begun: begun.count, changed: changed.length }).toEqual({ begun: 1, changed: 2 });
  }));

test("and so is one whose database is lost before", () =>
  rolledBack(async (tx) => {
    const { eve, sam } = await company(tx);
    const { db, begun } = watched(tx);
    const rename = renaming(async (id) => {
      if (id === sam.id) throw new DatabaseUnavailable("CONNECTION_CLOSED");
    });
    const settled = await runAll(
      asOperator(db),
      rename,
      [eve, sam].map(({ id }) => ({ id })),
    );
    expect(settled.map(({ ok }) => ok)).toEqual([false, false]);
    expect({ begun: begun.count, named: await named(tx, [eve.id, sam.id]) }).toEqual({ begun: 1, named: 0 });
  }));

test("one that fails fails alone, and the others are changed once", () =>
  rolledBack(async (tx) => {
    const { eve, sam, lee, quinn } = await company(tx);
    const rename = renaming(async (id) => {
      if (id === sam.id) throw new Error("broken");
    });
    const ids = [eve, sam, lee, quinn].map(({ id }) => id);
    const settled = await runAll(
      asOperator(tx),
      rename,
      ids.map((id) => ({ id })),
    );
    expect(settled.map(({ ok }) => ok)).toEqual([true, false, true, true]);
    const told = await tx.select().from(events);
    expect(told.map(({ targetId, outcome }) => `${targetId} ${outcome}`).toSorted()).toEqual(
      ids.map((id) => `${id} ${id === sam.id ? "failed" : "succeeded"}`).toSorted(),
    );
  }));

test("a person whom an earlier item took out of sight is not named by the refusal of a later one", () =>
  rolledBack(async (tx) => {
    const { ada, eve, sam, lee } = await company(tx);
    const gone = renaming(async (id, inside) => {
      if (id === sam.id) await inside.delete(users).where(eq(users.id, eve.id));
    });
    const alone = { ...gone.steps({ id: sam.id }), prepare: async () => undefined };
    const apart = Object.assign(gone.bind(null), gone, {
      steps: (given: { id: string }) => (given.id === sam.id ? alone : gone.steps(given)),
    });
    const ids = [lee.id, sam.id, eve.id, ada.id];
    const settled = await runAll(
      asOperator(tx),
      apart as typeof gone,
      ids.map((id) => ({ id })),
    );
    expect(settled.map(({ ok }) => ok)).toEqual([true, true, false, true]);
    const [told] = await tx.select().from(events).where(eq(events.outcome, "refused"));
    expect(told).toMatchObject({ targetId: eve.id, personId: null });
  }));

test("calls of one moment are one, those of another moment another, and each has its own answer or error", () =>
  rolledBack(async (tx) => {
    const asked: number[][] = [];
    const doubled = together<number, number>(async (_, keys) => {
      asked.push(keys);
      if (keys.includes(13)) throw new Error("unlucky");
      return keys.map((key) => key * 2);
    });
    const view = sharing(tx, 250);
    const item = async (key: number, later = false) => {
      const own = view();
      if (later) await tx.execute(sql`select 1`);
      return [await doubled(own, key), await doubled(own, key + 100)];
    };
    expect(await Promise.all([item(1), item(2), item(3, true), item(1)])).toEqual([
      [2, 202],
      [4, 204],
      [6, 206],
      [2, 202],
    ]);
    expect(asked.flat().toSorted((a, b) => a - b)).toEqual([1, 1, 2, 3, 101, 101, 102, 103]);
    expect(asked.length).toBeLessThan(5);
    const ended = await Promise.allSettled([item(13), item(4, true)]);
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(await doubled(tx, 5)).toBe(10);
  }));

test("what is read in waves is asked for the calls of each wave at once", () =>
  rolledBack(async (tx) => {
    const asked: number[][] = [];
    const load = async (_: Tx, keys: number[]) => {
      asked.push(keys);
      return keys.map((key) => key * 2);
    };
    const [doubled, view] = [together<number, number>(load, { inWaves: true }), sharing(tx, 2)];
    expect(await Promise.all([1, 2, 3].map((key) => doubled(view(), key)))).toEqual([2, 4, 6]);
    expect(asked).toEqual([[1, 2], [3]]);
  }));

test("a wave is changed while the next is still decided", () =>
  rolledBack(async (tx) => {
    const { eve, sam } = await company(tx);
    let change: () => void = () => undefined;
    const isChanged = new Promise<void>((resolve) => {
      change = resolve;
    });
    const told = command(userOperations["user.unlock"], {
      key: "test.waves",
      input,
      target: ({ ctx, tx: inside }, { id }) => lockUser(ctx, inside, id),
      check: (_, { id }) => (id === sam.id ? isChanged : undefined),
      change: async (_, { id }) => {
        if (id === eve.id) change();
        return { value: id, after: null };
      },
    });
    const inputs = [eve, sam].map(({ id }) => ({ id }));
    const settled = await runAll(asOperator(tx), told, inputs, 1);
    expect(settled).toEqual(inputs.map(({ id }) => ({ ok: true, value: id })));
  }));
