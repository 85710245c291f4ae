import { eq, isNull, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { type ShownStatus, shownStatuses } from "@/db/enums";
import {
  clientDays,
  clients,
  events,
  eventValues,
  groupMembers,
  passwords,
  sessions,
  settings,
  users,
} from "@/db/schema";
import { cast, demoPassword } from "@/db/seed/cast";
import { commit } from "@/lib/audit/record";
import { statusAt } from "@/lib/authz/account-status";
import { someAdministrators } from "@/lib/authz/administrators";
import { mayActOn } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { connectionAt } from "@/lib/clients/connection";
import { beatForDemonstration } from "@/lib/demo/heartbeats";
import { loadDemo } from "@/lib/demo/load";
import { installPreset } from "@/lib/roles/presets";
import { signIn } from "@/lib/sign-in/sign-in";
import { asNobody, makeUser } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";

const quiet = { log: () => undefined };

async function counts(db: Db) {
  const tables = { users, clients, events, eventValues, sessions, groupMembers, settings };
  const counted = await Promise.all(
    Object.entries(tables).map(async ([name, table]) => [name, await db.$count(table)] as const),
  );
  return Object.fromEntries(counted);
}

async function person(db: Db, username: string) {
  const [found] = await db.select().from(users).where(eq(users.username, username));
  if (!found) throw new Error(`${username} is missing`);
  return found;
}

describe("the demonstration", () => {
  test(
    "contains the cast and 200 more, once",
    () =>
      withFreshDatabase("demo", async (db) => {
        const first = await loadDemo(db, quiet);
        expect(first).toMatchObject({ loaded: true, password: demoPassword });
        const before = await counts(db);
        expect(before.users).toBe(cast.length + 200);
        expect(await loadDemo(db, quiet)).toMatchObject({ loaded: false });
        expect(await counts(db)).toEqual(before);

        await isTheCast(db);
        await isBelievable(db);
        await isAnHonestLog(db);
        await beats(db);
      }),
    60_000,
  );

  test(
    "refuses a database with users that it did not make, and changes nothing there",
    () =>
      withFreshDatabase("demo_foreign", async (db) => {
        await db.transaction((tx) => installPreset(tx, "back_office"));
        await makeUser(db, { username: "somebody", primaryRole: "Agent" });
        const before = await counts(db);
        await expect(loadDemo(db, quiet)).rejects.toMatchObject({
          code: "precondition",
          message: expect.stringContaining('"somebody"'),
        });
        expect(await counts(db)).toEqual(before);
      }),
    60_000,
  );
});

async function isTheCast(db: Db) {
  const now = new Date();
  const expected = { dan: "disabled", lucy: "locked", ivy: "invited", archie: "archived" } as Record<string, string>;
  for (const { username, primaryRole, additionalRoles } of cast) {
    const found = await person(db, username);
    expect(statusAt(found, now), username).toBe(expected[username] ?? "active");
    const held = (await loadAccess(db, found.id, now)).roles.filter(({ origins }) =>
      origins.some(({ via }) => via === "direct"),
    );
    expect(held.map(({ name }) => name).sort()).toEqual([primaryRole, ...additionalRoles].sort());
  }
  const [ada, quinn, lee, eve] = await Promise.all(["ada", "quinn", "lee", "eve"].map((name) => person(db, name)));
  expect([lee?.managerId, eve?.managerId]).toEqual([quinn?.id, lee?.id]);
  expect(await someAdministrators(db, now)).toEqual([ada?.id]);
  expect((await person(db, "lucy")).lockedUntil).toBeNull();
  const [quinns, eves] = await Promise.all([quinn, eve].map((one) => loadAccess(db, one!.id, now)));
  expect(mayActOn(quinns!, eves!, "Eve")).toEqual({ ok: true });
  const [ivy] = await db
    .select()
    .from(passwords)
    .where(eq(passwords.userId, (await person(db, "ivy")).id));
  expect(ivy).toBeUndefined();
  await signIn(asNobody(db), { name: "lee@northwind.example", password: demoPassword });

  const machines = await db.select().from(clients).where(eq(clients.userId, eve!.id));
  expect(
    Object.fromEntries(machines.map((client) => [client.name, [client.status, connectionAt(client, now)]])),
  ).toEqual({
    "eve-workstation": ["registered", "online"],
    "eve-laptop": ["deregistered", "offline"],
    "lab-rig-03": ["provisioned", "never contacted"],
  });
}

async function isBelievable(db: Db) {
  const now = new Date();
  const everybody = await db.select().from(users);
  const having = (status: ShownStatus) => everybody.filter((one) => statusAt(one, now) === status).length;
  for (const status of shownStatuses) expect(having(status), status).toBeGreaterThan(0);
  expect(having("active")).toBeGreaterThan(170);
  expect(everybody.filter(({ lastSignInAt }) => lastSignInAt === null).length).toBeGreaterThan(5);
  expect(everybody.every(({ createdAt, lastSignInAt }) => lastSignInAt === null || lastSignInAt > createdAt)).toBe(
    true,
  );
  const machines = await db.select().from(clients);
  const connections = new Set(machines.map((client) => connectionAt(client, now)));
  expect([...connections].sort()).toEqual(["never contacted", "offline", "online", "stale"]);
  expect(machines.every(({ registeredAt, lastHeartbeatAt }) => !registeredAt || lastHeartbeatAt! >= registeredAt)).toBe(
    true,
  );
  const days = await db.selectDistinct({ day: clientDays.day }).from(clientDays);
  expect(days.length).toBeGreaterThanOrEqual(30);
  expect(await db.$count(sessions, isNull(sessions.endedAt))).toBeGreaterThan(3);
  const signInDays = await db
    .select({ day: sql<string>`date_trunc('day', at)::date::text`, count: sql<number>`count(*)::int` })
    .from(events)
    .where(eq(events.operation, "session.start"))
    .groupBy(sql`1`);
  expect(signInDays.length).toBeGreaterThanOrEqual(30);
}

async function isAnHonestLog(db: Db) {
  const rows = await db
    .select({ event: events, values: eventValues.values })
    .from(events)
    .leftJoin(eventValues, eq(eventValues.eventId, events.id));
  for (const { event, values } of rows) {
    expect(event.at.getTime()).toBeLessThanOrEqual(Date.now());
    expect(Object.keys(values ?? {}).sort()).toEqual(Object.keys(event.commitments).sort());
    for (const [path, kept] of Object.entries(values ?? {})) expect(event.commitments[path]).toBe(commit(path, kept));
  }
  expect(JSON.stringify(rows)).not.toMatch(/argon2|correct horse/);
}

async function beats(db: Db) {
  const later = new Date(Date.now() + 3_600_000);
  const eve = await person(db, "eve");
  await db.update(clients).set({ status: "deregistered" }).where(eq(clients.name, "eve-workstation"));
  const beaten = await beatForDemonstration(db, later);
  expect(beaten).toBeGreaterThan(10);
  const alive = await db.select().from(clients).where(eq(clients.lastHeartbeatAt, later));
  expect(alive).toHaveLength(beaten);
  expect(alive.some(({ userId }) => userId === eve.id)).toBe(false);
}
