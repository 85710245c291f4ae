import { expect, test } from "vitest";
import { headingOf } from "@/components/access/preview-words";
import type { AccessPreview } from "@/lib/access/preview";

const nothing: AccessPreview = {
  people: { count: 0, over: false },
  administrators: { gain: 0, lose: 0, touched: 0 },
  gains: [],
  loses: [],
  reach: { gains: [], loses: [] },
};

test.each<[heading: string, change: Partial<AccessPreview>]>([
  ["This changes what 1 person may do", { people: { count: 1, over: false } }],
  ["This changes what at least 2 people may do", { people: { count: 2, over: true } }],
  ["This changes who is an administrator", { administrators: { gain: 0, lose: 1, touched: 0 } }],
  ["This concerns more than 10,000 people", { people: { count: 0, over: true } }],
])("%s", (heading, change) => {
  expect(headingOf({ ...nothing, ...change })).toBe(heading);
});
