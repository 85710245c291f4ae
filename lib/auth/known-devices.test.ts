import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { devices, settings, users } from "@/db/schema";
import { demoPassword as password } from "@/db/seed/cast";
import { hashPassword } from "@/lib/auth/password-queue";
import { nobody, operator } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { newOpaqueToken } from "@/lib/platform/token";
import { signIn } from "@/lib/sign-in/sign-in";
import { failureText, signInFailure } from "@/lib/sign-in/sign-in-failure";
import { asOperator, type Draft, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { unlockUser } from "@/lib/users/commands/unlock";

const minute = 60_000;
let hash = "";

beforeAll(async () => {
  hash = await hashPassword(password);
});

async function atTheDoor(tx: Tx, draft: Draft = {}) {
  await loadPreset(tx, "quality_assurance");
  const person = await makeUser(tx, { username: "eve", hash, ...draft });
  const clock = { now: new Date("2026-11-20T09:00:00Z") };
  const source = { address: "10.20.4.31", agent: "Firefox", requestId: "req-1" };
  const ctx = createContext(tx, nobody, { source, now: () => clock.now });
  const enter = (device?: string, given = password) => signIn(ctx, { name: "eve", password: given, device });
  const fail = async (times: number, device?: string) => {
    for (let time = 0; time < times; time++) await expect(enter(device, "wrong")).rejects.toThrow("is wrong");
  };
  const row = async () => (await tx.select().from(users).where(eq(users.id, person.id)))[0]!;
  const set = (key: string, value: unknown) => tx.insert(settings).values({ key, value });
  return { person, clock, enter, fail, row, set };
}

describe("S4: a device known from an earlier success", () => {
  test("has its own counter: a stranger's failures do not lock the owner out", () =>
    rolledBack(async (tx) => {
      const { enter, fail, row } = await atTheDoor(tx);
      const { device } = await enter();
      await fail(5);
      expect((await row()).lockedUntil).not.toBeNull();
      await expect(enter()).rejects.toThrow(signInFailure);
      await expect(enter(newOpaqueToken())).rejects.toThrow(signInFailure);
      await expect(enter(device)).resolves.toMatchObject({ device, stage: "open" });
      expect((await row()).lockedUntil, "strangers stay outside").not.toBeNull();
    }));

  test("is locked by its own failures, for 15 minutes and then for 30", () =>
    rolledBack(async (tx) => {
      const { clock, enter, fail } = await atTheDoor(tx);
      const { device } = await enter();
      await fail(5, device);
      expect((await lastEvent(tx)).values["fact.lockedUntil"]).toBe(
        new Date(clock.now.getTime() + 15 * minute).toISOString(),
      );
      await expect(enter(device)).rejects.toThrow(signInFailure);
      clock.now = new Date(clock.now.getTime() + 15 * minute);
      await fail(5, device);
      clock.now = new Date(clock.now.getTime() + 29 * minute);
      await expect(enter(device)).rejects.toThrow(signInFailure);
      clock.now = new Date(clock.now.getTime() + minute);
      await expect(enter(device)).resolves.toMatchObject({ stage: "open" });
      expect((await tx.select().from(devices))[0]).toMatchObject({ failedSignIns: 0, lockouts: 0, lockedUntil: null });
    }));

  test("locks the account with it, which an administrator sees and opens, but no other known device", () =>
    rolledBack(async (tx) => {
      const { person, clock, enter, fail, row } = await atTheDoor(tx);
      const [desk, laptop] = [await enter(), await enter()];
      await fail(5, desk.device);
      const until = new Date(clock.now.getTime() + 15 * minute);
      expect(await row()).toMatchObject({ failedSignIns: 0, lockedAt: clock.now, lockedUntil: until });
      await expect(enter()).rejects.toThrow(signInFailure);
      await expect(enter(laptop.device)).resolves.toMatchObject({ stage: "open" });
      await unlockUser(createContext(tx, operator, { now: () => clock.now }), { id: person.id });
      await expect(enter(desk.device)).resolves.toMatchObject({ stage: "open" });
    }));

  test("never shortens a longer lock of the account", () =>
    rolledBack(async (tx) => {
      const { clock, enter, fail, row } = await atTheDoor(tx);
      const { device } = await enter();
      await fail(5);
      clock.now = new Date(clock.now.getTime() + 15 * minute);
      await fail(5);
      const longer = new Date(clock.now.getTime() + 30 * minute);
      await fail(5, device);
      expect((await row()).lockedUntil).toEqual(longer);
    }));

  test("is known by a hash of its cookie, for its own person alone, and nothing else passes for it", () =>
    rolledBack(async (tx) => {
      const { enter } = await atTheDoor(tx);
      const first = await enter("none of ours");
      expect(first.device).toMatch(/^[\w-]{43}$/);
      const [kept] = await tx.select().from(devices);
      expect(JSON.stringify(kept)).not.toContain(first.device);
      const again = await enter(first.device);
      expect(again.device).toBe(first.device);
      expect(await tx.select().from(devices)).toHaveLength(1);
    }));
});

describe("S4: the setting", () => {
  test("says how many failures lock, and the text of every failure says so", () =>
    rolledBack(async (tx) => {
      const { enter, fail, set, row } = await atTheDoor(tx);
      await set("lockout.failures", 3);
      await fail(2);
      expect((await row()).lockedAt).toBeNull();
      await fail(1);
      expect((await row()).lockedAt).not.toBeNull();
      await expect(enter()).rejects.toThrow("After three failures an account locks for 15 minutes.");
    }));

  test("until an administrator unlocks: neither time nor a known device opens it; unlocking does", () =>
    rolledBack(async (tx) => {
      const { person, clock, enter, fail, set, row } = await atTheDoor(tx);
      const { device } = await enter();
      await set("lockout.mode", "until_unlocked");
      await fail(5);
      expect(await row()).toMatchObject({ lockedAt: clock.now, lockedUntil: null });
      expect((await lastEvent(tx)).values["fact.lockedUntil"]).toBe("an administrator unlocks it");
      clock.now = new Date("2026-12-01T09:00:00Z");
      const text = failureText({ "lockout.failures": 5, "lockout.mode": "until_unlocked" });
      await expect(enter()).rejects.toThrow(text);
      await expect(enter(device)).rejects.toThrow(text);
      await unlockUser(asOperator(tx), { id: person.id });
      await expect(enter()).resolves.toMatchObject({ stage: "open" });
    }));

  test("U15: an administrator is locked in time only", () =>
    rolledBack(async (tx) => {
      const { clock, fail, set, row } = await atTheDoor(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
      await set("lockout.mode", "until_unlocked");
      await fail(5);
      expect((await row()).lockedUntil).toEqual(new Date(clock.now.getTime() + 15 * minute));
    }));
});
