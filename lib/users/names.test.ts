import { describe, expect, test } from "vitest";
import { fullName, nameColumns } from "@/lib/normalization/names";

describe("names as they are shown and searched", () => {
  test.each([
    ["Eve", "Engineer", "Eve Engineer"],
    ["Eve", "", "Eve"],
  ])("%s %s", (firstName, lastName, shown) => {
    expect(fullName({ firstName, lastName })).toBe(shown);
  });

  test("every derived column comes from one place, and words begin after a space", () => {
    const named = { username: "Zoe.1", email: "Zoe@Bücher.example", firstName: "Zoé", lastName: "Ångström" };
    expect(nameColumns(named)).toEqual({
      usernameKey: "zoe.1",
      emailKey: "zoe@xn--bcher-kva.example",
      nameKey: "Zoé Ångström",
      search: " zoe angstrom zoe 1 zoe@bucher.example",
    });
  });

  test("an address that an earlier version accepted and that is not one prevents its person from nothing", () => {
    const named = { username: "eve", email: "Eve@northwind.example/x", firstName: "Eve", lastName: "" };
    expect(nameColumns(named).emailKey).toBe("eve@northwind.example");
  });
});
