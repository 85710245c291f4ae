import { afterEach, expect, test, vi } from "vitest";
import { clockOf, isOwnClock, learnClock, zoneOffset } from "@/lib/time/zone-offset";

const now = new Date("2026-11-30T09:00:00Z");
const DAY = 86_400_000;

afterEach(() => vi.unstubAllGlobals());

test.each(["UTC", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu"])(
  "a given clock says the same as one that is measured: %s",
  (zone) => {
    const days = Array.from({ length: 6 * 365 }, (_, day) => new Date(now.getTime() + (day - 5 * 365) * DAY));
    const clock = clockOf(zone, now);
    const changed = clock.changes.flatMap(([at]) => [new Date(at * 60_000), new Date(at * 60_000 - 1)]);
    const asked = [...days, ...changed, new Date("1996-07-01T00:00:00Z"), new Date("2040-07-01T00:00:00Z")];
    const measured = asked.map((at) => zoneOffset(at, zone));
    vi.stubGlobal("window", {});
    learnClock(clock);
    expect(asked.map((at) => zoneOffset(at, zone))).toEqual(measured);
  },
);

test("a browser knows its own clock among others", () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const other = own === "Asia/Kathmandu" ? "Asia/Tokyo" : "Asia/Kathmandu";
  expect([isOwnClock(clockOf(own, now)), isOwnClock(clockOf(other, now))]).toEqual([true, false]);
});
