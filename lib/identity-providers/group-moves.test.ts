import { expect, test } from "vitest";
import { type MappedGroup, movesOf } from "@/lib/identity-providers/group-moves";

const now = new Date("2026-11-20T09:00:00Z");
const [past, later] = [new Date("2026-11-19T09:00:00Z"), new Date("2026-11-21T09:00:00Z")];
const mapped: MappedGroup[] = [
  { value: "staff", groupId: "a" },
  { value: "staff", groupId: "b" },
  { value: "/lab", groupId: "b" },
];
const here = (groupId: string, endsAt: Date | null = null) => ({ groupId, endsAt, providerId: null });
const given = (groupId: string, providerId = "p") => ({ groupId, endsAt: null, providerId });

test.each([
  ["a value maps to several groups, several for one", ["staff", "/lab"], [], ["a", "b"], []],
  ["a value that is not mapped", ["Staff", "other"], [], [], []],
  ["none: out of what it gave", [], [given("a"), given("b")], [], ["a", "b"]],
  ["what it still sends, stays", ["/lab"], [given("a"), given("b")], [], ["a"]],
  ["what somebody here gave, stays", [], [here("a"), here("b", later)], [], []],
  ["what another provider gave, stays", [], [given("a", "q")], [], []],
  ["what is held already is not given again", ["staff"], [here("a"), given("b", "q")], [], []],
  ["what is held to an end that is over, is given again", ["staff"], [here("a", past), here("b", now)], ["a", "b"], []],
  ["what is no longer mapped is taken back", ["staff"], [given("c")], ["a", "b"], ["c"]],
])("%s (I3)", (_, values, held, join, leave) => {
  expect(movesOf({ providerId: "p", values, mapped, held, now })).toEqual({ join, leave });
});
