import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { challenges, settings } from "@/db/schema";
import { throttle } from "@/lib/auth/throttle";
import { nobody } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { forgetChallenges, keepChallenge, takeChallenge } from "@/lib/factors/challenges";
import { beginPasskeySignIn } from "@/lib/sign-in/by-passkey";
import { company, refused } from "@/lib/testing/company";
import { rolledBack } from "@/lib/testing/database";

function strangers(tx: Tx) {
  const clock = { now: new Date("2026-11-20T09:00:20Z") };
  const from = (address: string): Ctx =>
    createContext(tx, nobody, { source: { address, agent: null, requestId: null }, now: () => clock.now });
  return { clock, from };
}

test("S4: one address begins as many passkey sign-ins a minute as the setting says, another is not blocked", () =>
  rolledBack(async (tx) => {
    await tx.insert(settings).values({ key: "throttle.attempts", value: 5 });
    const { clock, from } = strangers(tx);
    const one = from("2001:db8::1");
    for (let time = 0; time < 5; time++) await beginPasskeySignIn(one);
    const beyond = expect.objectContaining({ code: "rate_limited", retryAfter: 40 });
    await expect(beginPasskeySignIn(one)).rejects.toEqual(beyond);
    await expect(beginPasskeySignIn(from("2001:db8::2"))).rejects.toEqual(beyond);
    expect(await tx.$count(challenges)).toBe(5);
    await beginPasskeySignIn(from("2001:db8:0:1::1"));
    clock.now = new Date("2026-11-20T09:01:00Z");
    await beginPasskeySignIn(one);
    expect(await tx.$count(challenges)).toBe(7);
  }));

test("S4: wrong passwords from an address do not block its passkeys", () =>
  rolledBack(async (tx) => {
    await tx.insert(settings).values({ key: "throttle.attempts", value: 5 });
    const ctx = strangers(tx).from("203.0.113.7");
    for (let time = 0; time < 5; time++) await throttle(ctx, "session.start");
    await expect(throttle(ctx, "session.start")).rejects.toEqual(refused("rate_limited"));
    await expect(beginPasskeySignIn(ctx)).resolves.toMatchObject({ challengeId: expect.any(String) });
  }));

test("challenges that are too old go with the next one, and with the housekeeping", () =>
  rolledBack(async (tx) => {
    const { clock, from } = strangers(tx);
    const ctx = from("203.0.113.7");
    const later = (minutes: number) => {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
    };
    await beginPasskeySignIn(ctx);
    later(4);
    await beginPasskeySignIn(ctx);
    await forgetChallenges(ctx);
    expect(await tx.$count(challenges)).toBe(2);
    later(2);
    await beginPasskeySignIn(ctx);
    expect(await tx.$count(challenges)).toBe(2);
    later(6);
    await forgetChallenges(ctx);
    expect(await tx.$count(challenges)).toBe(0);
  }));

test("one person has ten open of a purpose, the newest", () =>
  rolledBack(async (tx) => {
    const { clock, from } = strangers(tx);
    const ctx = from("203.0.113.7");
    const { eve, lee } = await company(tx);
    const ids: string[] = [];
    for (let time = 0; time < 12; time++) {
      clock.now = new Date(clock.now.getTime() + 1_000);
      ids.push(await keepChallenge(ctx, "verify", eve.id, `challenge ${time}`));
    }
    await keepChallenge(ctx, "verify", lee.id, "another");
    await keepChallenge(ctx, "register", eve.id, "another");
    expect(await tx.$count(challenges)).toBe(12);
    expect(await takeChallenge(ctx, "verify", eve.id, ids[1]!)).toBeNull();
    expect(await takeChallenge(ctx, "verify", eve.id, ids[2]!)).toBe("challenge 2");
    expect(await takeChallenge(ctx, "verify", eve.id, ids[11]!)).toBe("challenge 11");
  }));
