import { expect, test } from "vitest";
import { z } from "zod";
import { internalInput } from "@/lib/kernel/internal-input";
import { commands } from "@/lib/registry";

test("nothing that somebody sends parses as an internal input", () => {
  const input = internalInput<{ proved: string }>();
  for (const sent of [{ proved: "hash" }, {}, null, undefined, "hash"])
    expect(input.safeParse(sent).success).toBe(false);
});

test("no command that takes one has a route", () => {
  const internal = commands.filter(({ input }) => input instanceof z.ZodCustom);
  expect(internal.length).toBeGreaterThan(2);
  expect(internal.filter(({ route }) => route !== undefined)).toEqual([]);
});
