import { hash as argonHash } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { events, passwords, sessions, unknownProofs, users } from "@/db/schema";
import { demoPassword as password } from "@/db/seed/cast";
import { argonParameters, hashPassword, isOutdated, verifyPassword } from "@/lib/auth/password-queue";
import { nobody } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInFailure } from "@/lib/sign-in/sign-in-failure";
import { type Draft, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

const failuresToLock = 5;
const absoluteLimit = 30 * 24 * 60 * 60_000;
const source = { address: "10.20.4.31", agent: "Mozilla/5.0 (X11; Ubuntu) Firefox/142.0", requestId: "req-1" };
let hash = "";

beforeAll(async () => {
  hash = await hashPassword(password);
});

/** Somebody on the sign-in page, on a clock that the test moves. */
async function atTheDoor(tx: Tx, draft: Draft = {}) {
  await loadPreset(tx, "quality_assurance");
  const person = await makeUser(tx, { username: "Eve", email: "Eve@Northwind.example", hash, ...draft });
  const clock = { now: new Date("2026-11-20T09:00:00Z") };
  const ctx = createContext(tx, nobody, { source, now: () => clock.now });
  const enter = (name: string, given = password) => signIn(ctx, { name, password: given });
  const row = async () => (await tx.select().from(users).where(eq(users.id, person.id)))[0]!;
  const fail = async (times: number) => {
    for (let time = 0; time < times; time++) await expect(enter("eve", "wrong")).rejects.toThrow(signInFailure);
  };
  return { person, clock, enter, row, fail };
}

describe("S1: success", () => {
  test.each(["eve", "EVE", " Eve ", "eve@northwind.example", "EVE@NORTHWIND.EXAMPLE", "ｅｖｅ"])("as %s", (name) =>
    rolledBack(async (tx) => {
      const { person, clock, enter, row } = await atTheDoor(tx);
      const started = await enter(name);
      expect(started).toMatchObject({ userId: person.id, stage: "open" });
      const [session] = await tx.select().from(sessions).where(eq(sessions.id, started.sessionId));
      expect(session).toMatchObject({
        address: source.address,
        agent: source.agent,
        startedAt: clock.now,
        endedAt: null,
      });
      expect(session?.endsAt.getTime()).toBe(clock.now.getTime() + absoluteLimit);
      expect(await row()).toMatchObject({ lastSignInAt: clock.now, version: 1 });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.start",
        outcome: "succeeded",
        targetId: started.sessionId,
        personId: person.id,
        actorKind: "nobody",
        values: { address: source.address },
      });
    }),
  );

  test("S5: one who owes a new password gets a session of that stage", () =>
    rolledBack(async (tx) => {
      const { enter } = await atTheDoor(tx, { mustChangePassword: true });
      expect((await enter("eve")).stage).toBe("new_password");
    }));

  test("S2: one password typed in two Unicode forms is one password", () =>
    rolledBack(async (tx) => {
      const composed = await hashPassword("caf\u00e9 au lait chaud");
      const { enter } = await atTheDoor(tx, { hash: composed });
      await expect(enter("eve", "cafe\u0301 au lait chaud")).resolves.toMatchObject({ stage: "open" });
    }));

  test("S3: a hash of older parameters is raised", () =>
    rolledBack(async (tx) => {
      const old = await argonHash(password, { memoryCost: 8_192, timeCost: 1 });
      expect(isOutdated(old)).toBe(true);
      const { person, enter } = await atTheDoor(tx, { hash: old });
      await enter("eve");
      const [kept] = await tx.select().from(passwords).where(eq(passwords.userId, person.id));
      expect(kept?.hash).toContain(`m=${argonParameters.memoryCost},t=${argonParameters.timeCost}`);
      expect(await verifyPassword(kept!.hash, password)).toBe(true);
      await expect(enter("eve")).resolves.toMatchObject({ stage: "open" });
    }));
});

describe("S4: failures", () => {
  test("are counted and noted without the password", () =>
    rolledBack(async (tx) => {
      const { person, row, enter } = await atTheDoor(tx);
      await expect(enter("eve", "not the password")).rejects.toThrow(signInFailure);
      expect(await row()).toMatchObject({ failedSignIns: 1, lockedAt: null });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "session.refuse", outcome: "refused", personId: person.id });
      expect(event.values["fact.reason"]).toBe("wrong password");
      expect(JSON.stringify(event)).not.toContain("not the password");
    }));

  test("start again after a success", () =>
    rolledBack(async (tx) => {
      const { row, enter, fail } = await atTheDoor(tx);
      await fail(failuresToLock - 1);
      await enter("eve");
      expect(await row()).toMatchObject({ failedSignIns: 0 });
      await fail(failuresToLock - 1);
      await expect(enter("eve")).resolves.toMatchObject({ stage: "open" });
    }));

  test("lock after five, refuse the right password, and allow sign-in again after 15 minutes", () =>
    rolledBack(async (tx) => {
      const { clock, enter, row, fail } = await atTheDoor(tx);
      await fail(failuresToLock);
      const lockedUntil = new Date(clock.now.getTime() + 15 * 60_000);
      expect(await row()).toMatchObject({ lockedAt: clock.now, lockedUntil });
      expect((await lastEvent(tx)).values["fact.lockedUntil"]).toBe(lockedUntil.toISOString());
      await expect(enter("eve")).rejects.toThrow(signInFailure);
      expect((await lastEvent(tx)).values["fact.reason"]).toBe("locked");
      clock.now = lockedUntil;
      await expect(enter("eve")).resolves.toMatchObject({ stage: "open" });
      expect(await row()).toMatchObject({ lockedAt: null, lockedUntil: null, lockouts: 0 });
    }));

  test("while locked count nothing, and the next lock lasts twice as long", () =>
    rolledBack(async (tx) => {
      const { clock, row, fail } = await atTheDoor(tx);
      await fail(failuresToLock + 3);
      expect(await row()).toMatchObject({ failedSignIns: 0, lockouts: 1 });
      clock.now = new Date(clock.now.getTime() + 15 * 60_000);
      await fail(failuresToLock);
      expect((await row()).lockedUntil?.getTime()).toBe(clock.now.getTime() + 30 * 60_000);
    }));

  test("a lock until an administrator unlocks does not end by itself", () =>
    rolledBack(async (tx) => {
      const { clock, enter } = await atTheDoor(tx, { lockedAt: new Date("2026-11-01T00:00:00Z") });
      clock.now = new Date("2026-12-01T00:00:00Z");
      await expect(enter("eve")).rejects.toThrow(signInFailure);
    }));

  test("S1, L1: for a name that nobody has are the same text, counted per address and minute", () =>
    rolledBack(async (tx) => {
      const { enter } = await atTheDoor(tx);
      for (const name of ["nobody", "nobody@northwind.example", "", "\0", "a".repeat(5_000), "eve\n"])
        await expect(enter(name)).rejects.toThrow(signInFailure);
      const [counted] = await tx.select().from(unknownProofs);
      expect(counted).toMatchObject({ address: source.address, count: 6 });
    }));

  test("S1: one who has no password yet is refused like everybody else", () =>
    rolledBack(async (tx) => {
      const { enter } = await atTheDoor(tx, { hash: undefined, status: "invited" });
      await expect(enter("eve")).rejects.toThrow(signInFailure);
      expect((await lastEvent(tx)).values["fact.reason"]).toBe("no password is set");
    }));
});

describe("U10: an account out of force is named only after correct credentials", () => {
  test.each<[string, Draft, RegExp, string]>([
    [
      "disabled",
      { status: "disabled", disabledReason: "Parental leave" },
      /^Your account is/,
      "the account is disabled",
    ],
    ["ended", { accessEndsAt: new Date("2026-11-19T00:00:00Z") }, /^Your access has ended/, "the access has ended"],
    ["archived", { status: "archived" }, /^Your account has been/, "the account has been removed"],
  ])("%s", (_, draft, words, logged) =>
    rolledBack(async (tx) => {
      const { enter } = await atTheDoor(tx, draft);
      await expect(enter("eve", "wrong")).rejects.toThrow(signInFailure);
      await expect(enter("eve")).rejects.toThrow(words);
      expect(await tx.select().from(sessions)).toHaveLength(0);
      expect(await tx.select().from(events).where(eq(events.operation, "session.start"))).toMatchObject([
        { outcome: "refused" },
      ]);
      expect((await lastEvent(tx)).values["fact.reason"]).toBe(logged);
    }),
  );

  test("a disablement that is over allows sign-in", () =>
    rolledBack(async (tx) => {
      const { enter } = await atTheDoor(tx, { status: "disabled", disabledUntil: new Date("2026-11-20T08:59:00Z") });
      await expect(enter("eve")).resolves.toMatchObject({ stage: "open" });
    }));
});
