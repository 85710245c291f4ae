import { expect, test } from "vitest";
import { ownPath, withNext } from "@/lib/auth/next-path";

test("S11: a path of ours is kept", () => {
  for (const path of ["/", "/admin/users?q=zoë&after=a%2Fb", "/account#top"]) expect(ownPath(path)).toBe(path);
});

test("S11: everything else leads home", () => {
  for (const path of [
    "",
    "admin",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/a\\b",
    "https://elsewhere.example",
    "javascript:alert(1)",
    "/\t/elsewhere.example",
    "/a\nb",
    "/\0",
    `/${"a".repeat(2_001)}`,
    null,
    undefined,
    7,
  ])
    expect(ownPath(path)).toBe("/");
});

test("the way on is carried only when there is one", () => {
  expect(withNext("/new-password", "/")).toBe("/new-password");
  expect(withNext("/new-password", "/admin?q=a")).toBe("/new-password?next=%2Fadmin%3Fq%3Da");
});
