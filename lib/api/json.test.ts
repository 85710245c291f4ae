import { expect, test } from "vitest";
import { z } from "zod";
import { declaredIn } from "@/lib/api/json";
import { endpoints } from "@/lib/api/table";

const shape = z.object({
  id: z.string(),
  at: z.string().nullable(),
  of: z.object({ id: z.string() }).nullable(),
  list: z.array(z.object({ id: z.string() })),
  by: z.record(z.string(), z.object({ before: z.unknown() })),
  more: z.object({ id: z.string() }).optional(),
});

test("only what is declared is answered, however deep, and moments as JSON has them", () => {
  const hidden = { id: "1", secret: "s" };
  const at = new Date("2026-01-01T00:00:00Z");
  const value = { ...hidden, at, of: hidden, list: [hidden], by: { name: { before: [1], secret: "s" } }, more: hidden };
  const answered = JSON.parse(JSON.stringify(declaredIn(shape, value)));
  expect(answered).toEqual({
    id: "1",
    at: at.toISOString(),
    of: { id: "1" },
    list: [{ id: "1" }],
    by: { name: { before: [1] } },
    more: { id: "1" },
  });
  expect(shape.strict().parse(answered)).toEqual(answered);
  const empty = { id: "1", at: null, of: null, list: [], by: {} };
  expect(JSON.parse(JSON.stringify(declaredIn(shape, { ...empty, secret: "s" })))).toEqual(empty);
});

test("a shape that could let something through is refused, and no answer has one", () => {
  const either = z.object({ a: z.union([z.object({ id: z.string() }), z.string()]) });
  expect(() => declaredIn(either, { a: { id: "1", secret: "s" } })).toThrow("cannot have the shape union");
  for (const { name, gives } of endpoints) expect(() => declaredIn(gives, {}), name).not.toThrow(/cannot have/);
});
