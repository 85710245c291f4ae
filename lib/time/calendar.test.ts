import { describe, expect, it } from "vitest";
import { addDays, dayOf, isDay, lastDays, longDay, shortDay, startOfDay, timeOfDay } from "@/lib/time/calendar";

describe("calendar", () => {
  it.each([
    ["2026-11-19", "UTC", "2026-11-19T00:00:00.000Z"],
    ["2026-11-19", "Europe/Berlin", "2026-11-18T23:00:00.000Z"],
    ["2026-07-01", "America/New_York", "2026-07-01T04:00:00.000Z"],
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
    ["2026-01-01", "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z"],
    ["2026-01-01", "Pacific/Pago_Pago", "2026-01-01T11:00:00.000Z"],
    ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
    ["2021-10-29", "Asia/Amman", "2021-10-28T21:00:00.000Z"],
  ])("begins %s in %s at %s", (day, zone, instant) => {
    const start = startOfDay(day, zone);
    expect(start.toISOString()).toBe(instant);
    expect(dayOf(start, zone)).toBe(day);
    expect(dayOf(new Date(start.getTime() - 1), zone)).toBe(addDays(day, -1));
  });

  it("knows the day and the time of an instant on the clock of the zone", () => {
    const at = new Date("2026-11-19T23:30:00Z");
    expect(dayOf(at, "UTC")).toBe("2026-11-19");
    expect(dayOf(at, "Europe/Berlin")).toBe("2026-11-20");
    expect(timeOfDay(at, "Europe/Berlin")).toBe("00:30");
  });

  it("lists the days up to today across a month", () => {
    expect(lastDays(new Date("2026-03-02T12:00:00Z"), "UTC", 3)).toEqual(["2026-02-28", "2026-03-01", "2026-03-02"]);
  });

  it("distinguishes a day from other text", () => {
    expect(isDay("2026-02-28")).toBe(true);
    for (const text of [
      "2026-02-30",
      "2026-2-3",
      "",
      "today",
      "0000-00-00",
      "2026-13-01",
      "0026-01-01",
      "1999-12-31",
      "2200-01-01",
      "9999-12-31",
    ])
      expect(isDay(text)).toBe(false);
  });

  it("words a day", () => {
    expect(shortDay("2026-10-05")).toBe("5 Oct");
    expect(longDay("2026-11-19")).toBe("Thursday 19 Nov 2026");
  });
});
