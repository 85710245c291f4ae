import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { sessions, settings } from "@/db/schema";
import { createContext } from "@/lib/context";
import { endAllSessions, endOwnSession, endSession } from "@/lib/sessions/commands";
import { findSessionsOf, listSessions } from "@/lib/sessions/queries";
import { as, asNobody, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

const now = new Date("2026-11-20T09:00:00Z");
const hour = 3_600_000;
const ago = (hours: number) => new Date(now.getTime() - hours * hour);
const agent = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";

async function openSession(tx: Tx, userId: string, more: Partial<typeof sessions.$inferInsert> = {}) {
  const id = newId();
  const endsAt = new Date(now.getTime() + 29 * 24 * hour);
  await tx
    .insert(sessions)
    .values({ id, userId, address: "10.0.0.1", agent, startedAt: ago(1), lastSeenAt: ago(1), endsAt, ...more });
  return id;
}

/** quinn above lee above eve; ada the administrator; each signed in once. */
async function people(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const ada = await makeUser(tx, {
    firstName: "Ada",
    lastName: "Admin",
    primaryRole: "Quality Manager",
    roles: ["Admin"],
  });
  const quinn = await makeUser(tx, { primaryRole: "Quality Manager" });
  const lee = await makeUser(tx, { primaryRole: "Quality Lead", managerId: quinn.id });
  const eve = await makeUser(tx, { firstName: "Eve", lastName: "Engineer", managerId: lee.id });
  const acting = async (person: { id: string }, sessionId: string | null = null) =>
    createContext(tx, { ...(await as(tx, person)).actor, sessionId }, { now: () => now });
  return { ada, quinn, lee, eve, acting };
}

const rowOf = async (tx: Tx, id: string) => (await tx.select().from(sessions).where(eq(sessions.id, id)))[0]!;

test("S9: one's own list marks this session and says how the others ended", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    const own = await openSession(tx, eve.id, { lastSeenAt: ago(0) });
    const other = await openSession(tx, eve.id);
    const by = { endedAt: ago(2), endedReason: "ended" as const, endedBy: ada.id };
    await openSession(tx, eve.id, by);
    await openSession(tx, eve.id, { lastSeenAt: ago(13.5) });
    await openSession(tx, eve.id, { startedAt: ago(721), lastSeenAt: ago(2), endsAt: ago(1) });
    await openSession(tx, eve.id, { ...by, endedAt: ago(31 * 24) });
    await openSession(tx, ada.id);

    const { live, ended } = await listSessions(await acting(eve, own), eve.id);
    expect(live.map(({ id, own, device }) => ({ id, own, device }))).toEqual([
      { id: own, own: true, device: "Firefox on Ubuntu" },
      { id: other, own: false, device: "Firefox on Ubuntu" },
    ]);
    expect(ended.map(({ reason, endedBy, endedAt }) => [reason, endedBy?.name ?? null, endedAt])).toEqual([
      ["expired", null, ago(1)],
      ["idle", null, ago(1.5)],
      ["ended", "Ada Admin", ago(2)],
    ]);
  }));

test("endSession ends another session of one's own, and logs it", () =>
  rolledBack(async (tx) => {
    const { eve, acting } = await people(tx);
    const own = await openSession(tx, eve.id);
    const other = await openSession(tx, eve.id);
    await endSession(await acting(eve, own), { id: other });
    expect(await rowOf(tx, other)).toMatchObject({ endedAt: now, endedReason: "ended", endedBy: eve.id });
    expect((await rowOf(tx, own)).endedAt).toBeNull();
    expect(await lastEvent(tx)).toMatchObject({
      operation: "session.end",
      outcome: "succeeded",
      targetId: other,
      personId: eve.id,
      values: { "fact.address": "10.0.0.1" },
    });
  }));

test("endAllSessions keeps the session in which it is asked", () =>
  rolledBack(async (tx) => {
    const { eve, acting } = await people(tx);
    const own = await openSession(tx, eve.id);
    await openSession(tx, eve.id);
    await openSession(tx, eve.id);
    expect(await endAllSessions(await acting(eve, own), { userId: eve.id })).toEqual({ userId: eve.id, ended: 2 });
    expect((await rowOf(tx, own)).endedAt).toBeNull();
    expect((await lastEvent(tx)).values["fact.count"]).toBe(2);
  }));

test("endAllSessions a second time is answered, without a second event", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    await openSession(tx, eve.id);
    const ctx = await acting(ada);
    await endAllSessions(ctx, { userId: eve.id });
    const told = await lastEvent(tx);
    expect(await endAllSessions(ctx, { userId: eve.id })).toEqual({ userId: eve.id, ended: 0 });
    expect((await lastEvent(tx)).id).toBe(told.id);
  }));

test("S9: what time has ended is closed permanently by endAllSessions, though nothing else is open", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    await openSession(tx, eve.id, { startedAt: ago(20), lastSeenAt: ago(13) });
    await endAllSessions(await acting(ada), { userId: eve.id });
    await tx.insert(settings).values({ key: "sessions.idleHours", value: 48 });
    expect((await listSessions(await acting(ada), eve.id)).live).toEqual([]);
  }));

test("S9: what time has ended is neither counted nor ended again, and a longer limit does not reopen it", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    await openSession(tx, eve.id);
    const idle = await openSession(tx, eve.id, { startedAt: ago(20), lastSeenAt: ago(13) });
    const old = await openSession(tx, eve.id, { startedAt: ago(721), lastSeenAt: ago(2), endsAt: ago(1) });
    expect(await endAllSessions(await acting(ada), { userId: eve.id })).toMatchObject({ ended: 1 });
    expect(await rowOf(tx, idle)).toMatchObject({ endedAt: ago(1), endedReason: "idle", endedBy: null });
    expect(await rowOf(tx, old)).toMatchObject({ endedAt: ago(1), endedReason: "expired", endedBy: null });
    await tx.insert(settings).values({ key: "sessions.idleHours", value: 48 });
    expect((await listSessions(await acting(ada), eve.id)).live).toEqual([]);
  }));

test("an administrator ends somebody's session", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    const id = await openSession(tx, eve.id);
    const found = await findSessionsOf(await acting(ada), eve.id);
    expect(found).toMatchObject({ person: { id: eve.id, name: "Eve Engineer" }, mayEnd: { ok: true } });
    await endSession(await acting(ada), { id });
    expect(await rowOf(tx, id)).toMatchObject({ endedReason: "ended", endedBy: ada.id });
  }));

test("ending a session that has ended is answered and logged once, but not to those who may not end it", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, eve, acting } = await people(tx);
    const idle = await openSession(tx, eve.id, { startedAt: ago(20), lastSeenAt: ago(13) });
    const id = await openSession(tx, eve.id);
    await endSession(await acting(ada), { id });
    const told = await lastEvent(tx);
    for (const ended of [id, idle])
      expect(await endSession(await acting(ada), { id: ended })).toEqual({ userId: eve.id });
    expect((await lastEvent(tx)).id).toBe(told.id);
    expect((await rowOf(tx, idle)).endedAt).toBeNull();
    await expect(endSession(await acting(quinn), { id })).rejects.toMatchObject({ code: "not_found" });
  }));

test("R11: outside one's reach a session is not there, for reading and for ending", () =>
  rolledBack(async (tx) => {
    const { lee, eve, quinn, acting } = await people(tx);
    const id = await openSession(tx, eve.id);
    for (const person of [lee, quinn]) {
      const ctx = await acting(person);
      expect(await findSessionsOf(ctx, eve.id)).toBeNull();
      expect((await listSessions(ctx, eve.id)).live).toEqual([]);
      const sentence = "The session doesn't exist, or you don't have access to it.";
      for (const one of [id, newId()])
        await expect(endSession(ctx, { id: one })).rejects.toMatchObject({ code: "not_found", message: sentence });
      await expect(endAllSessions(ctx, { userId: eve.id })).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await rowOf(tx, id)).endedAt).toBeNull();
    expect(await lastEvent(tx)).toMatchObject({ operation: "session.end", outcome: "refused" });
    expect(await findSessionsOf(await acting(lee), "no-id")).toBeNull();
  }));

test("an auditor sees and may not end", () =>
  rolledBack(async (tx) => {
    const { eve, acting } = await people(tx);
    const audrey = await makeUser(tx, { roles: ["Auditor"] });
    const id = await openSession(tx, eve.id);
    const ctx = await acting(audrey);
    const found = await findSessionsOf(ctx, eve.id);
    expect(found?.lists.live.map((session) => session.id)).toEqual([id]);
    expect(found?.mayEnd.ok).toBe(false);
    await expect(endSession(ctx, { id })).rejects.toMatchObject({ code: "forbidden" });
    expect((await rowOf(tx, id)).endedAt).toBeNull();
  }));

test("signing out ends the row once", () =>
  rolledBack(async (tx) => {
    const { eve } = await people(tx);
    const id = await openSession(tx, eve.id);
    await endOwnSession(asNobody(tx), { id });
    expect(await rowOf(tx, id)).toMatchObject({ endedReason: "signed_out", endedBy: eve.id });
    await expect(endOwnSession(asNobody(tx), { id })).rejects.toMatchObject({ code: "not_found" });
  }));
