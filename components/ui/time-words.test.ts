import { describe, expect, it } from "vitest";
import { exactTime, formatTime, knownZone } from "./time-words";

const now = new Date("2026-11-19T09:24:00Z");
const relative = (at: string, zone = "UTC") => formatTime({ at: new Date(at), zone, now });

describe("formatTime", () => {
  it.each([
    ["2026-11-19T09:24:00Z", "now"],
    ["2026-11-19T09:23:42Z", "18 s ago"],
    ["2026-11-19T09:19:30Z", "4 min ago"],
    ["2026-11-19T08:24:00Z", "1 h ago"],
    ["2026-11-18T09:24:01Z", "23 h ago"],
    ["2026-11-18T09:24:00Z", "yesterday"],
    ["2026-11-17T23:59:00Z", "17 Nov"],
    ["2026-10-12T12:00:00Z", "12 Oct"],
    ["2025-10-12T12:00:00Z", "12 Oct 2025"],
    ["2026-11-19T09:29:00Z", "in 5 min"],
    ["2026-11-20T12:00:00Z", "tomorrow"],
    ["2027-01-01T00:00:00Z", "1 Jan 2027"],
  ])("says %s as %s", (at, words) => {
    expect(relative(at)).toBe(words);
  });

  it("counts calendar days on the clock of the zone", () => {
    expect(relative("2026-11-17T23:30:00Z", "Europe/Berlin")).toBe("yesterday");
    expect(relative("2026-12-31T23:30:00Z", "Europe/Berlin")).toBe("1 Jan 2027");
  });

  it("writes an exact time with weekday and year", () => {
    expect(exactTime(new Date("2026-11-26T08:24:00Z"), "Europe/Berlin")).toBe("Thu 26 Nov 2026, 09:24");
    expect(exactTime(new Date("2026-09-01T00:05:00Z"), "UTC")).toBe("Tue 1 Sep 2026, 00:05");
  });

  it.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])(
    "says what the runtime's clock says in %s, also on days when it is put forward or back",
    (zone) => {
      const runtime = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 1_800_000)
        expect(formatTime({ at: new Date(at), zone, now, form: "clock" })).toBe(runtime.format(at));
    },
  );

  it("keeps to the date where asked", () => {
    expect(formatTime({ at: new Date("2026-11-19T09:00:00Z"), zone: "UTC", now, form: "date" })).toBe("19 Nov");
  });
});

describe("the form that the reader has chosen", () => {
  const at = new Date("2026-11-05T13:04:09Z");
  it.each([
    [null, "Thu 5 Nov 2026, 13:04", "5 Nov", "13:04"],
    ["en-GB", "05/11/2026, 13:04", "05/11/2026", "13:04"],
    ["en-US", "11/5/2026, 1:04 PM", "11/5/2026", "1:04 PM"],
    ["de-DE", "05.11.2026, 13:04", "05.11.2026", "13:04"],
    ["fr-FR", "05/11/2026 13:04", "05/11/2026", "13:04"],
    ["iso", "2026-11-05 13:04", "2026-11-05", "13:04"],
  ] as const)("%s", (written, exact, date, clock) => {
    const words = (form: "exact" | "date" | "clock") => formatTime({ at, zone: "UTC", now, form, written });
    expect([words("exact"), words("date"), words("clock")]).toEqual([exact, date, clock]);
  });

  it("says noon and midnight of the American clock", () => {
    expect(exactTime(new Date("2026-11-05T00:30:00Z"), "UTC", "en-US")).toBe("11/5/2026, 12:30 AM");
    expect(exactTime(new Date("2026-11-05T12:30:00Z"), "UTC", "en-US")).toBe("11/5/2026, 12:30 PM");
  });
});

describe("knownZone", () => {
  it("falls back to UTC", () => {
    expect(knownZone("Europe/Berlin")).toBe("Europe/Berlin");
    expect(knownZone("Mars/Olympus")).toBe("UTC");
    expect(knownZone(undefined)).toBe("UTC");
  });
});
