import { expect, test } from "vitest";
import { choosableColumns, shownColumns, usualColumns, withoutHidden } from "@/lib/lists/columns";
import { userList } from "@/lib/users/filters";

const others = ["roles", "groups", "status", "clients", "lastSignInAt"];

test("U2: what repeats another column is one choice away; what names a row and what can be done stay", () => {
  expect(choosableColumns(userList)).toEqual(["username", "roles", "configuration", ...others.slice(1)]);
  expect(usualColumns(userList)).toEqual(others);
  expect(shownColumns(userList, null)).toEqual(["name", "email", ...others, "actions"]);
});

test("what was chosen is shown in the order of the list, without what the list does not have", () => {
  const chosen = { users: ["clients", "username", "gone"], groups: ["owner"] };
  expect(shownColumns(userList, chosen)).toEqual(["name", "username", "email", "clients", "actions"]);
  expect(shownColumns(userList, { users: [] })).toEqual(["name", "email", "actions"]);
  expect(shownColumns(userList, { groups: ["owner"] })).toContain("roles");
});

test("rows travel without what no column shows", () => {
  const rows = [{ id: "1", name: "Eve", status: "active", configuration: "default" }];
  const shown = shownColumns(userList, { users: ["status"] });
  expect(withoutHidden(userList, shown, rows)).toEqual([{ id: "1", name: "Eve", status: "active" }]);
});
