import { expect, test } from "vitest";
import { afterFailure, isShut, lockMinutes } from "@/lib/sign-in/lockout";

const now = new Date("2026-11-20T09:00:00Z");

test("S4: four failures count, the fifth locks and starts the count again", () => {
  const five = { failures: 5, untilUnlocked: false };
  expect(afterFailure({ failedSignIns: 3, lockouts: 0 }, now, five)).toEqual({ failedSignIns: 4, lockouts: 0 });
  expect(afterFailure({ failedSignIns: 4, lockouts: 0 }, now, five)).toEqual({
    failedSignIns: 0,
    lockouts: 1,
    lockedUntil: new Date("2026-11-20T09:15:00Z"),
  });
});

test("S4: 15 minutes, doubling, a day at most", () => {
  expect([0, 1, 2, 3, 6, 7, 40].map(lockMinutes)).toEqual([15, 30, 60, 120, 960, 1440, 1440]);
});

test("S4: as many as the setting says, and permanently where it says so", () => {
  const limit = { failures: 3, untilUnlocked: true };
  expect(afterFailure({ failedSignIns: 1, lockouts: 4 }, now, limit)).toEqual({ failedSignIns: 2, lockouts: 4 });
  expect(afterFailure({ failedSignIns: 2, lockouts: 4 }, now, limit)).toEqual({
    failedSignIns: 0,
    lockouts: 5,
    lockedUntil: null,
  });
});

test("S4: a lock in time does not apply to a known device; one until unlocked does, and so does its own", () => {
  const later = new Date(now.getTime() + 60_000);
  const [open, timed, forGood] = [
    { lockedAt: null, lockedUntil: null },
    { lockedAt: now, lockedUntil: later },
    { lockedAt: now, lockedUntil: null },
  ];
  const known = { lockedUntil: null };
  expect([open, timed, forGood].map((account) => isShut(account, null, now))).toEqual([false, true, true]);
  expect([open, timed, forGood].map((account) => isShut(account, known, now))).toEqual([false, false, true]);
  expect(isShut(open, { lockedUntil: later }, now)).toBe(true);
  expect(isShut(open, { lockedUntil: later }, later)).toBe(false);
});
