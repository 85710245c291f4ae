import { describe, expect, test } from "vitest";
import { stepFor, type TreeItem, typedTo } from "./tree-keys";

const item = (key: string, parentKey: string | null, level: number, expanded: boolean | null): TreeItem => ({
  key,
  parentKey,
  level,
  text: key,
  expanded,
});

/** Ada > Bruno (closed), Chloé > Dan; Emil. */
const items = [
  item("Ada", null, 1, true),
  item("Bruno", "Ada", 2, false),
  item("Chloé", "Ada", 2, true),
  item("Dan", "Chloé", 3, null),
  item("Emil", null, 1, null),
];

describe("keys of the tree", () => {
  test.each([
    ["Ada", "ArrowDown", { focus: "Bruno" }],
    ["Emil", "ArrowDown", { focus: "Emil" }],
    ["Bruno", "ArrowUp", { focus: "Ada" }],
    ["Ada", "ArrowUp", { focus: "Ada" }],
    ["Dan", "Home", { focus: "Ada" }],
    ["Ada", "End", { focus: "Emil" }],
    ["Bruno", "ArrowRight", { toggle: "Bruno" }],
    ["Chloé", "ArrowRight", { focus: "Dan" }],
    ["Dan", "ArrowRight", { focus: "Dan" }],
    ["Chloé", "ArrowLeft", { toggle: "Chloé" }],
    ["Dan", "ArrowLeft", { focus: "Chloé" }],
    ["Bruno", "ArrowLeft", { focus: "Ada" }],
    ["Emil", "ArrowLeft", { focus: "Emil" }],
    ["Dan", "Enter", { activate: "Dan" }],
    ["Bruno", " ", { toggle: "Bruno" }],
    ["Dan", " ", { activate: "Dan" }],
    ["Dan", "Tab", null],
  ] as const)("%s, %s", (current, key, step) => {
    expect(stepFor(items, current, key)).toEqual(step);
  });

  test("typing goes to the next name that begins so, round the end, without accents", () => {
    expect(typedTo(items, "Ada", "d")).toBe("Dan");
    expect(typedTo(items, "Dan", "d")).toBe("Dan");
    expect(typedTo(items, "Emil", "CHLOE")).toBe("Chloé");
    expect(typedTo(items, "Chloé", "ch")).toBe("Chloé");
    expect(typedTo(items, "Ada", "x")).toBeNull();
  });
});
