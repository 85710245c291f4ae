import { describe, expect, it } from "vitest";
import { comingWords, fromLocal, localWords, toLocal } from "@/components/form/local-time";

describe("a field of date and time", () => {
  it.each([
    ["UTC", "2026-11-19T23:30:00.000Z", "2026-11-19T23:30"],
    ["Europe/Berlin", "2026-11-19T23:30:00.000Z", "2026-11-20T00:30"],
    ["America/New_York", "2026-07-01T02:05:00.000Z", "2026-06-30T22:05"],
    ["Asia/Kathmandu", "2026-11-19T23:30:00.000Z", "2026-11-20T05:15"],
    ["Pacific/Kiritimati", "2026-12-31T10:00:00.000Z", "2027-01-01T00:00"],
  ])("is filled and read on the clock of %s, whatever the machine's", (zone, instant, local) => {
    expect(toLocal(instant, zone)).toBe(local);
    expect(fromLocal(local, zone)).toBe(instant);
  });

  it.each([
    ["Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59:00.000Z"],
    ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
    ["Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00.000Z"],
    ["America/New_York", "2026-03-08T02:15", "2026-03-08T07:15:00.000Z"],
    ["America/Santiago", "2026-09-06T00:30", "2026-09-06T04:30:00.000Z"],
    ["Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00.000Z"],
  ])("in %s counts on from before what its clock skips: %s", (zone, local, instant) => {
    expect(fromLocal(local, zone)).toBe(instant);
  });

  it.each([
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
    ["America/New_York", "2026-11-01T01:15", "2026-11-01T05:15:00.000Z", "2026-11-01T06:15:00.000Z"],
  ])(
    "in %s means the first of the two that its clock shows: %s; what is stored stays",
    (zone, local, first, second) => {
      expect(fromLocal(local, zone)).toBe(first);
      expect(toLocal(second, zone)).toBe(local);
      expect(fromLocal(local, zone, second)).toBe(second);
    },
  );

  it("gives back the second that is stored, until something else is typed", () => {
    const stored = "2026-11-19T23:30:42.000Z";
    expect(fromLocal(toLocal(stored, "Asia/Tokyo"), "Asia/Tokyo", stored)).toBe(stored);
    expect(fromLocal("2026-11-20T08:31", "Asia/Tokyo", stored)).toBe("2026-11-19T23:31:00.000Z");
    expect(fromLocal("", "Asia/Tokyo", stored)).toBe("");
  });

  it("stays blank, and leaves what is no time to the schema", () => {
    expect(toLocal(null, "UTC")).toBe("");
    for (const text of ["", "tomorrow", "2026-13-01T00:00", "2026-11-19", "2026-11-19T09:00Z", "12026-01-01T00:00"])
      expect(fromLocal(text, "Europe/Berlin")).toBe(text);
    expect(fromLocal("0202-01-01T00:00", "UTC")).toBe("0202-01-01T00:00:00.000Z");
    expect(fromLocal("9999-12-31T23:59", "UTC")).toBe("9999-12-31T23:59:00.000Z");
  });

  it("says only an end that the server would take", () => {
    const [reading, now] = [{ zone: "Europe/Berlin", form: null }, new Date("2026-11-26T08:00:00Z")];
    expect(comingWords("2026-11-26T09:24", reading, now)).toBe("Thu 26 Nov 2026, 09:24");
    for (const local of ["", "2026-11-26T08:59", "2020-01-01T00:00", "0026-05-01T09:00", "2200-01-02T00:00", "soon"])
      expect(comingWords(local, reading, now)).toBeNull();
  });

  it("reads as every other time does, in the form that is chosen", () => {
    const local = "2026-11-26T09:24";
    expect(localWords(local, { zone: "Europe/Berlin", form: null })).toBe("Thu 26 Nov 2026, 09:24");
    expect(localWords(local, { zone: "Europe/Berlin", form: "de-DE" })).toBe("26.11.2026, 09:24");
    expect(localWords("2026-03-29T02:30", { zone: "Europe/Berlin", form: "iso" })).toBe("2026-03-29 03:30");
  });
});
