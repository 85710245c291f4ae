import { describe, expect, test } from "vitest";
import { settings, throttles, unknownProofs } from "@/db/schema";
import { forgetThrottles, refundAttempt, throttle, throttledFor } from "@/lib/auth/throttle";
import { nobody } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { signIn } from "@/lib/sign-in/sign-in";
import { rolledBack } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";

const source = { address: "203.0.113.7", agent: "curl", requestId: "req-1" };
const beyond = expect.objectContaining({ code: "rate_limited", retryAfter: 40 });

function from(db: Parameters<typeof createContext>[0], address = source.address) {
  const clock = { now: new Date("2026-11-20T09:00:20Z") };
  return {
    clock,
    ctx: createContext(db, nobody, { source: { ...source, address }, now: () => clock.now }),
  };
}

describe("attempts per address and minute (S4)", () => {
  test("beyond the number of the setting are refused until the minute is over, others' are not", () =>
    rolledBack(async (tx) => {
      await tx.insert(settings).values({ key: "throttle.attempts", value: 5 });
      const { clock, ctx } = from(tx);
      for (let time = 0; time < 5; time++) await throttle(ctx, "session.start");
      await expect(throttle(ctx, "session.start")).rejects.toEqual(beyond);
      expect(await throttledFor(ctx.db, "session.start", source.address, clock.now)).toBe(40);
      await throttle(ctx, "password.request");
      await throttle(from(tx, "203.0.113.8").ctx, "session.start");
      clock.now = new Date("2026-11-20T09:01:00Z");
      await throttle(ctx, "session.start");
      expect(await throttledFor(ctx.db, "session.start", source.address, clock.now)).toBeNull();
    }));

  test("that were right do not count", () =>
    rolledBack(async (tx) => {
      await tx.insert(settings).values({ key: "throttle.attempts", value: 5 });
      const { ctx } = from(tx);
      for (let time = 0; time < 12; time++) {
        await throttle(ctx, "client.register");
        await refundAttempt(ctx, "client.register");
      }
      await throttle(ctx, "client.register");
      const [row] = await tx.select().from(throttles);
      expect(row?.count).toBe(1);
    }));

  test("refuse a sign-in before anything is looked at", () =>
    rolledBack(async (tx) => {
      const { ctx } = from(tx);
      for (let time = 0; time < 30; time++) await throttle(ctx, "session.start");
      await expect(signIn(ctx, { name: "nobody", password: "wrong" })).rejects.toEqual(beyond);
      expect(await tx.select().from(unknownProofs)).toHaveLength(0);
    }));

  test("are forgotten when their minute is over", () =>
    rolledBack(async (tx) => {
      const { clock, ctx } = from(tx);
      await throttle(ctx, "session.start");
      await forgetThrottles(ctx);
      expect(await tx.select().from(throttles)).toHaveLength(1);
      clock.now = new Date("2026-11-20T09:01:00Z");
      await forgetThrottles(ctx);
      expect(await tx.select().from(throttles)).toHaveLength(0);
    }));
});

describe("two processes", () => {
  const processes = twoProcesses("throttle");

  test("agree: of 100 attempts side by side through both, 30 pass", async () => {
    const tries = Array.from({ length: 100 }, (_, index) => throttle(from(processes[index % 2]!).ctx, "session.start"));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toEqual(Array(70).fill(beyond));
  });
});
