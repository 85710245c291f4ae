import { describe, expect, test } from "vitest";
import type { ShownFilter } from "@/lib/lists/filter-fields";
import { searchedIn, tokenOf, typingIn } from "./typing-in";

const field = (name: string, label: string): ShownFilter => ({ name, label, chosen: [] });
const [status, role, dormant] = [field("status", "Status"), field("role", "Role"), field("dormant", "Last sign-in")];
const fields = [status, role, dormant];

describe("B5: a filter in what is typed", () => {
  test.each([
    ["status:", status, "", ""],
    ["Status:dis", status, "", "dis"],
    ["eve role:quality eng", role, "eve", "quality eng"],
    ['eve role: "Quality Engineer"', role, "eve", "Quality Engineer"],
    ["status:dis role:", role, "status:dis", ""],
    ["dormant:90", dormant, "", "90"],
    ["last-sign-in:never", dormant, "", "never"],
  ])("%s is a value", (text, of, rest, part) =>
    expect(typingIn(text, fields)).toEqual({ stage: "value", field: of, rest, part }),
  );

  test.each([
    ["sta", "", "sta"],
    ["eve ROL", "eve", "ROL"],
    ["last-", "", "last-"],
  ])("%s begins a name", (text, rest, part) => expect(typingIn(text, fields)).toEqual({ stage: "name", rest, part }));

  test.each(["", "eve", "st", "stamp", "group:x", "https://hub.example", "a:b", "status", "xstatus:dis"])(
    "%s is a plain search, or a whole name without its colon",
    (text) => expect(typingIn(text, fields)?.stage === "value").toBe(false),
  );

  test.each(["", "eve", "st", "stamp", "group:x", "https://hub.example", "a:b", "xstatus:dis"])(
    "%s is nothing else",
    (text) => expect(typingIn(text, fields)).toBeNull(),
  );

  test("a name of several words is typed as one", () => expect(tokenOf(dormant)).toBe("last-sign-in:"));

  test.each([
    ["eve role:quality eng", "eve"],
    ["eve status:dis role:", "eve"],
    ["https://hub.example", "https://hub.example"],
    ["eve", "eve"],
  ])("of %s is searched what is no filter", (text, searched) => expect(searchedIn(text, fields)).toBe(searched));
});
