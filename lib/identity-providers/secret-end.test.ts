import { expect, test } from "vitest";
import { secretEnd } from "@/lib/identity-providers/secret-end";

const now = new Date("2026-11-29T12:00:00Z");
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

test.each<[Date | null, string | null]>([
  [null, null],
  [inHours(31 * 24), null],
  [inHours(30 * 24), "Secret expires in 30 days"],
  [inHours(12 * 24 + 5), "Secret expires in 12 days"],
  [inHours(25), "Secret expires in 1 day"],
  [inHours(23), "Secret expires within a day"],
  [inHours(0), "Secret has expired"],
  [inHours(-100), "Secret has expired"],
])("%s", (endsAt, words) => {
  expect(secretEnd(endsAt, now)?.words ?? null).toBe(words);
  expect(secretEnd(endsAt, now)?.over ?? false).toBe(words === "Secret has expired");
});
