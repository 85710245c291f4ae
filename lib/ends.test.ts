import { expect, test } from "vitest";
import { endDate, endDateOrNow } from "@/lib/ends";

test.each(["2030-01-01T00:00", "2030-01-01T00:00:00", "2030-01-01"])(
  "%s says no instant: each reader's clock would make another of it",
  (text) => {
    expect(endDate.safeParse(text).success).toBe(false);
    expect(endDateOrNow.safeParse(text).success).toBe(false);
  },
);

test.each(["2030-01-01T00:00:00Z", "2030-01-01T00:00:00.000Z", "2030-01-01T02:00:00+02:00"])("%s is one", (text) => {
  expect(endDate.parse(text)).toEqual(new Date("2030-01-01T00:00:00Z"));
  expect(endDateOrNow.parse(text)).toEqual(new Date("2030-01-01T00:00:00Z"));
});
