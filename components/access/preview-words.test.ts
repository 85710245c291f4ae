import { describe, expect, it, test } from "vitest";
import { endWords, headingOf } from "@/components/access/preview-words";
import type { AccessPreview, PreviewLine } from "@/lib/previews/preview";

const line = (until: string | null, endOnly = false) =>
  ({ people: [], count: 1, operations: [], until, endOnly }) as unknown as PreviewLine;

describe("the end of a line of the preview", () => {
  const at = line("2026-11-19T23:30:00.000Z");

  it.each([
    ["UTC", null, "until Thu 19 Nov 2026, 23:30"],
    ["Europe/Berlin", null, "until Fri 20 Nov 2026, 00:30"],
    ["Asia/Tokyo", "iso", "until 2026-11-20 08:30"],
    ["America/New_York", "en-US", "until 11/19/2026, 6:30 PM"],
  ] as const)("is written as the reader has chosen: %s, %s", (zone, form, words) => {
    expect(endWords(at, "gains", { zone, form })).toBe(words);
  });

  it("says what begins or ends with it", () => {
    const reading = { zone: "UTC", form: "iso" } as const;
    expect(endWords(at, "loses", reading)).toBe("from 2026-11-19 23:30");
    expect(endWords(line("2026-11-19T23:30:00.000Z", true), "gains", reading)).toBe("longer, until 2026-11-19 23:30");
    expect(endWords(line("several"), "gains", reading)).toBe("until different dates");
    expect(endWords(line(null, true), "gains", reading)).toBe("now without an end");
    expect(endWords(line(null), "loses", reading)).toBe("");
  });
});

const nothing: AccessPreview = {
  people: { count: 0, over: false },
  administrators: { gain: 0, lose: 0, touched: 0 },
  gains: [],
  loses: [],
  reach: { gains: [], loses: [] },
  accounts: { count: 0, over: false, gains: [], loses: [] },
};

test.each<[heading: string, change: Partial<AccessPreview>]>([
  ["This changes what 1 person can do", { people: { count: 1, over: false } }],
  ["This changes what at least 2 people can do", { people: { count: 2, over: true } }],
  ["This changes who is an administrator", { administrators: { gain: 0, lose: 1, touched: 0 } }],
  ["This changes what 1 service account can do", { accounts: { count: 1, over: false, gains: [], loses: [] } }],
  ["This affects more than 1,000 service accounts", { accounts: { count: 0, over: true, gains: [], loses: [] } }],
  ["This affects more than 10,000 people", { people: { count: 0, over: true } }],
])("%s", (heading, change) => {
  expect(headingOf({ ...nothing, ...change })).toBe(heading);
});
