import { expect, test } from "vitest";
import { afterFailure, lockMinutes } from "@/lib/auth/lockout";

const now = new Date("2026-11-20T09:00:00Z");

test("S4: four failures count, the fifth locks and starts the count again", () => {
  expect(afterFailure({ failedSignIns: 3, lockouts: 0 }, now)).toEqual({ failedSignIns: 4, lockouts: 0 });
  expect(afterFailure({ failedSignIns: 4, lockouts: 0 }, now)).toEqual({
    failedSignIns: 0,
    lockouts: 1,
    lockedAt: now,
    lockedUntil: new Date("2026-11-20T09:15:00Z"),
  });
});

test("S4: 15 minutes, doubling, a day at most", () => {
  expect([0, 1, 2, 3, 6, 7, 40].map(lockMinutes)).toEqual([15, 30, 60, 120, 960, 1440, 1440]);
});
