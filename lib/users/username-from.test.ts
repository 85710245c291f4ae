import { expect, test } from "vitest";
import { usernameSchema } from "@/lib/users/schema";
import { usernameFrom } from "@/lib/users/username-from";

test.each([
  ["Nils.Neumann@Northwind.example", "nils.neumann"],
  ["  nils+work@northwind.example", "nils"],
  ["o'brien@northwind.example", "obrien"],
  ["al@northwind.example", "al@northwind.example"],
  [`${"n".repeat(64)}@northwind.example`, "n".repeat(64)],
  ["jörg@bücher.example", "jörg"],
])("the user name proposed for %s is %s, which the rules allow", (email, username) => {
  expect(usernameFrom(email)).toBe(username);
  expect(usernameSchema.parse(username)).toBe(username);
});

test("while nothing is typed, nothing is proposed", () => expect(usernameFrom("")).toBe(""));
