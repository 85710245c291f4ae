import { describe, expect, test } from "vitest";
import { authTimeOf, isAnswer, provedAt } from "@/lib/auth/providers/oidc/auth-time";

const now = new Date("2026-11-29T12:00:00.500Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.each<[unknown, Date | null]>([
  [1_795_953_600, new Date(1_795_953_600_000)],
  [1_795_953_600.9, new Date(1_795_953_600_000)],
  [0, null],
  [-5, null],
  [1_795_953_600_000, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  ["1795953600", null],
  [true, null],
  [undefined, null],
])("auth_time %j", (claim, time) => {
  expect(authTimeOf(claim)).toEqual(time);
});

describe("S8: a proof at a provider answers what was asked", () => {
  test.each<[string, Date, Date, boolean]>([
    ["given while it was asked", ago(5), ago(30), true],
    ["given in the second in which it was asked", ago(30.4), ago(30), true],
    ["by a clock that is 50 seconds slow", ago(80), ago(30), true],
    ["by a clock that is 50 seconds fast", ago(-50), ago(30), true],
    ["given earlier", ago(100), ago(30), false],
    ["from the future", ago(-90), ago(30), false],
    ["given longer ago than counts", ago(601), ago(700), false],
  ])("%s", (_, authenticatedAt, begun, answers) => {
    expect(isAnswer(authenticatedAt, { begunAt: begun.getTime(), now })).toBe(answers);
  });

  test("a session is proved when the provider says, and never later than now", () => {
    expect(provedAt(ago(3600), now)).toEqual(ago(3600));
    expect(provedAt(ago(-30), now)).toEqual(now);
    expect(provedAt(null, now)).toEqual(now);
    expect(provedAt(undefined, now)).toEqual(now);
  });
});
