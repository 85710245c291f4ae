import { expect, test } from "vitest";
import { packed, unpacked } from "./packed";

const rows = [
  { id: "a", name: "Berlin", at: new Date(90_500), count: 3, groups: ["Berlin", "Paris"], open: true, manager: null },
  { id: "b", name: "Paris", at: new Date(0), count: -2, groups: [], open: false, manager: { id: "a", level: 1.5 } },
];

test("what was packed is unpacked as it was, moments too", () => {
  expect(unpacked(packed(rows))).toEqual(rows);
  expect(unpacked(packed([]))).toEqual([]);
});

test("what is absent stays absent", () => {
  expect(
    unpacked(
      packed([
        { id: "a", picture: undefined },
        { id: "b", picture: "/p" },
      ]),
    ),
  ).toEqual([{ id: "a" }, { id: "b", picture: "/p" }]);
});

test("a string and the name of a property travel once", () => {
  const text = packed(rows);
  for (const word of ['"Berlin"', '"Paris"', '"name"', '"groups"']) expect(text.split(word)).toHaveLength(2);
});

test("a row cannot set what it inherits", () => {
  const hostile = JSON.parse('{"__proto__":{"admin":true},"id":"a"}');
  const [row] = unpacked(packed([hostile])) as [Record<string, unknown>];
  expect(row.admin).toBeUndefined();
});
