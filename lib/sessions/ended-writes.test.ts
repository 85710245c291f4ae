import { and, eq, inArray, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { challenges, events, sessions, throttles, users } from "@/db/schema";
import { demoPassword } from "@/db/seed/cast";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { verifySession } from "@/lib/factors/commands/verify";
import { askPasskey, offerPasskey } from "@/lib/factors/passkeys";
import { command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";
import { lockUser } from "@/lib/people/target";
import { endAllSessions, endOwnSession, endSession } from "@/lib/sessions/commands";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, asOperator, makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { rounds, tell } from "@/lib/testing/thorough";
import { disableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";
import { userOperations } from "@/lib/users/operations";

const often = rounds(20, 200);
const day = 86_400_000;
const [here, there] = twoProcesses("ended_writes");
const ended = refused("unauthenticated", /session has ended/);

type Row = typeof users.$inferSelect;
let ada: Row;
let bob: Row;
let eve: Row;

beforeAll(async () => {
  ({ ada, eve } = await company(here));
  bob = await makeUser(here, { username: "bob", primaryRole: "Quality Manager", roles: ["Admin"] });
});

beforeEach(async () => {
  await here.delete(sessions);
  await here.update(users).set({ firstName: "Eve" }).where(eq(users.id, eve.id));
});

async function openSession(person: Row, more: Partial<typeof sessions.$inferInsert> = {}): Promise<string> {
  const id = newId();
  const endsAt = new Date(Date.now() + day);
  await here.insert(sessions).values({ id, userId: person.id, address: "::1", agent: "test", endsAt, ...more });
  return id;
}

const inSession = async (db: Db | Tx, person: Row, sessionId: string): Promise<Ctx<Person>> =>
  createContext(db, { ...(await as(db, person)).actor, sessionId });

/** The simplest write: a first name, by an operation that any state allows here. */
const renameUser = command(userOperations["user.unlock"], {
  input: z.strictObject({ id: z.uuid(), firstName: z.string() }),
  target: ({ ctx, tx }, { id }) => lockUser(ctx, tx, id),
  change: async ({ tx }, { id }, { firstName }) => {
    await tx.update(users).set({ firstName }).where(eq(users.id, id));
    return { value: firstName, after: { firstName } };
  },
});
const rename = (ctx: Ctx, firstName: string) => renameUser(ctx, { id: eve.id, firstName });

const firstName = async () => (await here.select().from(users).where(eq(users.id, eve.id)))[0]?.firstName;

const succeeded = (sessionId: string) =>
  here.$count(events, and(eq(events.sessionId, sessionId), eq(events.outcome, "succeeded")));

/** Runs `meanwhile` while the person's row is locked and at least so many statements wait for a lock. */
async function whileLocked(person: Row, waiting: number, begin: () => void, meanwhile: () => Promise<unknown>) {
  await here.transaction(async (tx) => {
    await tx.select().from(users).where(eq(users.id, person.id)).for("update");
    begin();
    await vi.waitFor(
      async () => {
        const [row] = await here.execute<{ count: number }>(
          sql`select count(*)::int count from pg_stat_activity
               where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(row?.count).toBeGreaterThanOrEqual(waiting);
      },
      { timeout: 10_000 },
    );
    await meanwhile();
  });
}

test("S9: of sixty writes that wait for a lock none goes through once their session has ended", async () => {
  const sid = await openSession(ada);
  const ctx = await inSession(there, ada, sid);
  let writes: Promise<string>[] = [];
  await whileLocked(
    eve,
    8,
    () => {
      writes = Array.from({ length: 60 }, (_, at) => rename(ctx, `Changed ${at}`));
    },
    async () => endSession(await as(here, bob), { id: sid }),
  );
  for (const result of await Promise.allSettled(writes)) expect(result).toEqual({ status: "rejected", reason: ended });
  expect(await firstName()).toBe("Eve");
  expect(await succeeded(sid)).toBe(0);
});

test.each([
  ["ended", { endedAt: new Date(), endedReason: "ended" }],
  ["past its end", { endsAt: new Date(Date.now() - 1000) }],
  ["idle", { lastSeenAt: new Date(Date.now() - 13 * 3_600_000) }],
] as const)("a session that is %s before its write begins authorises nothing", async (_, more) => {
  const ctx = await inSession(here, ada, await openSession(ada, more));
  await expect(rename(ctx, "Changed")).rejects.toEqual(ended);
  expect(await firstName()).toBe("Eve");
});

test("a session that time ends while its write waits authorises nothing", async () => {
  const sid = await openSession(ada);
  let now = new Date();
  const ctx = createContext(there, (await inSession(there, ada, sid)).actor, { now: () => now });
  let write: Promise<string> | undefined;
  await whileLocked(
    eve,
    1,
    () => {
      write = rename(ctx, "Changed");
      write.catch(() => {});
    },
    async () => {
      now = new Date(now.getTime() + 13 * 3_600_000);
    },
  );
  await expect(write).rejects.toEqual(ended);
  expect(await firstName()).toBe("Eve");
});

test("a dry run that waits while its session ends shows nothing, and holds no session open", async () => {
  const sid = await openSession(ada);
  const ctx = await inSession(there, ada, sid);
  let tried: Promise<unknown> | undefined;
  await whileLocked(
    eve,
    1,
    () => {
      tried = run(ctx, renameUser, { id: eve.id, firstName: "Changed" }, { dryRun: true });
      tried.catch(() => {});
    },
    async () => endSession(await as(here, bob), { id: sid }),
  );
  await expect(tried).rejects.toEqual(ended);

  const other = await openSession(ada);
  await run(
    await inSession(there, ada, other),
    renameUser,
    { id: eve.id, firstName: "Changed" },
    { dryRun: true, inspect: async () => endSession(await as(here, bob), { id: other }) },
  );
  expect(await firstName()).toBe("Eve");
});

test("an ended session has no passkey asked for or offered", async () => {
  const ctx = await inSession(here, ada, await openSession(ada, { endedAt: new Date(), endedReason: "ended" }));
  await expect(askPasskey(ctx, ada.id)).rejects.toEqual(ended);
  await expect(offerPasskey(ctx, ada)).rejects.toEqual(ended);
  expect(await here.$count(challenges)).toBe(0);
});

test("an actor without a session needs no session", async () => {
  expect(await rename(asOperator(here), "Operator")).toBe("Operator");
  expect(await rename(await as(here, ada), "Person")).toBe("Person");
  const sid = await openSession(ada);
  await endOwnSession(asNobody(here), { id: sid });
  expect((await here.select().from(sessions).where(eq(sessions.id, sid)))[0]?.endedReason).toBe("signed_out");
});

test("the change that ends its own session goes through", async () => {
  const [out, listed] = [await openSession(ada), await openSession(ada)];
  await endOwnSession(await inSession(here, ada, out), { id: out });
  await endSession(await inSession(here, ada, listed), { id: listed });
  const rows = await here
    .select()
    .from(sessions)
    .where(inArray(sessions.id, [out, listed]));
  expect(rows.map(({ endedReason }) => endedReason).toSorted()).toEqual(["ended", "signed_out"]);
});

test(`S9: writes beside the end of their session, ${often} rounds`, async () => {
  let through = 0;
  for (let round = 0; round < often; round++) {
    const sid = await openSession(ada);
    const ctx = await inSession(there, ada, sid);
    const writes = Array.from({ length: 12 }, (_, at) => rename(ctx, `${round}-${at}`));
    const settled = Promise.allSettled(writes);
    await Promise.any(writes);
    await endSession(await as(here, bob), { id: sid });
    const atEnd = await succeeded(sid);
    for (const result of await settled) if (result.status === "rejected") expect(result.reason).toEqual(ended);
    expect(await succeeded(sid)).toBe(atEnd);
    through += atEnd;
  }
  tell("writes beside the end of their session", { rounds: often, through });
}, 600_000);

type Way = (ctx: Ctx<Person>, victim: Row, sessionId: string) => Promise<unknown>;

const ways: Record<string, Way> = {
  "one session": (ctx, _, id) => endSession(ctx, { id }),
  "every session": (ctx, { id }) => endAllSessions(ctx, { userId: id }),
  password: async (ctx, { id }) => {
    const [row] = await here.select().from(users).where(eq(users.id, id));
    const form = await storedForm(ctx.db, row!);
    const words = `${demoPassword} ${newId().slice(-6)}`;
    return updateUser(ctx, { id, ...form, accessEndsAt: null, password: words, confirmPassword: words });
  },
  disable: (ctx, { id }) => disableUser(ctx, { id, reason: "race", until: null }),
};

test(`two administrators end each other's sessions, ${often} rounds`, async () => {
  const names = Object.keys(ways);
  for (let round = 0; round < often; round++) {
    await here
      .update(users)
      .set({ status: "active", statusBeforeDisable: null })
      .where(inArray(users.id, [ada.id, bob.id]));
    const [a, b] = [await openSession(ada), await openSession(bob)];
    const [one, other] = [names[round % names.length]!, names[Math.floor(round / names.length) % names.length]!];
    const [ctxA, ctxB] = [await inSession(here, ada, a), await inSession(there, bob, b)];
    const results = await Promise.allSettled([ways[one]!(ctxA, bob, b), ways[other]!(ctxB, ada, a)]);
    const lost = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(lost, `${one} against ${other}`).toEqual([refused("unauthenticated")]);
    const open = await here
      .select()
      .from(sessions)
      .where(and(inArray(sessions.id, [a, b]), sql`ended_at is null`));
    expect(open, `${one} against ${other}`).toHaveLength(1);
  }
  tell("administrators who end each other's sessions", { rounds: often });
}, 600_000);

test(`ends of the same session, and a proof in it, wait for each other in one order, ${often} rounds`, async () => {
  for (let round = 0; round < often; round++) {
    await here.delete(throttles);
    const sid = await openSession(eve);
    const own = await inSession(here, eve, sid);
    const [ctxA, ctxB] = [await as(here, ada), await as(there, bob)];
    const results = await Promise.allSettled([
      endSession(ctxA, { id: sid }),
      endAllSessions(ctxB, { userId: eve.id }),
      verifySession(own, { by: "code", code: "000000" }),
    ]);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toBeInstanceOf(AppError);
    const [row] = await here.select().from(sessions).where(eq(sessions.id, sid));
    expect(row?.endedReason).toBe("ended");
  }
  tell("ends of the same session", { rounds: often });
}, 600_000);
