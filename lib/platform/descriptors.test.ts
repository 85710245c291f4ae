import { open } from "node:fs/promises";
import { expect, test } from "vitest";
import { limitsOf } from "@/lib/connections/install";
import { descriptorLimit, descriptorsRunShort, openDescriptors } from "@/lib/platform/descriptors";

test("open files are counted, and given back", async () => {
  const before = await openDescriptors();
  const files = await Promise.all(Array.from({ length: 20 }, () => open("package.json")));
  expect(await openDescriptors()).toBe(before + 20);
  for (const file of files) await file.close();
  expect(await openDescriptors()).toBe(before);
});

test("descriptors run short above nine tenths of the limit", async () => {
  const limit = descriptorLimit();
  expect(limit === null || limit > 100).toBe(true);
  for (const [open, short] of [
    [10, false],
    [900, false],
    [901, true],
    [1000, true],
  ] as const)
    expect([open, await descriptorsRunShort(1000, async () => open)]).toEqual([open, short]);
  expect(await descriptorsRunShort(null, async () => 1e6)).toBe(false);
});

test("connections never take the last fifth of the descriptors", () => {
  const numbers = { GATEHOUSE_MAX_CONNECTIONS: 2_000, GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS: 200 };
  expect(limitsOf(numbers, null)).toMatchObject({ inAll: 2_000, perAddress: 200 });
  expect(limitsOf(numbers, 20_000).inAll).toBe(2_000);
  expect(limitsOf(numbers, 1_024).inAll).toBe(819);
});
