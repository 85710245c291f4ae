import { describe, expect, test } from "vitest";
import { readUserFilters, sortHref, toHref, toPairs } from "@/lib/users/filters";

const anId = "019a8f00-0000-7000-8000-000000000001";

describe("the list's address", () => {
  test("has defaults for everything", () => {
    expect(readUserFilters({}).filters).toMatchObject({ q: "", view: "active", sort: "name", status: [], role: [] });
    expect(toHref(readUserFilters({}).filters)).toBe("/admin/users");
  });

  test("is read and written back the same, repeated values included", () => {
    const given = {
      q: "eve",
      sort: "-lastSignInAt",
      status: ["active", "locked"],
      role: anId,
      dormant: ["never", "90"],
    };
    const { filters, ignored } = readUserFilters(given);
    expect(ignored).toEqual([]);
    expect(toHref(filters)).toBe(
      `/admin/users?q=eve&sort=-lastSignInAt&status=active&status=locked&role=${anId}&dormant=never&dormant=90`,
    );
    expect(readUserFilters({ ...given, status: ["locked"] }).filters.status).toEqual(["locked"]);
  });

  test("leaves out what it does not understand and names it", () => {
    const { filters, ignored } = readUserFilters({
      sort: "password",
      status: ["active", "asleep"],
      role: "1 or 1=1",
      dormant: "-5",
      view: "all",
      other: "x",
    });
    expect(filters).toMatchObject({ sort: "name", status: ["active"], role: [], dormant: [], view: "active" });
    expect(ignored).toEqual(["view=all", "sort=password", "status=asleep", "role=1 or 1=1", "dormant=-5"]);
  });

  test("carries no control characters, no lone surrogates and no endless text into a query", () => {
    const { filters } = readUserFilters({ q: `a\u0000b\ud800${"c".repeat(1000)}`, configuration: "x\u0000" });
    expect(filters.q).toMatch(/^a b c+$/);
    expect(filters.q.length).toBeLessThanOrEqual(200);
    expect(filters.configuration).toEqual([]);
  });

  test("a change begins at the first page, unless it is a page", () => {
    const { filters } = readUserFilters({ q: "eve", after: "abc" });
    expect(toHref(filters, { status: ["active"] })).toBe("/admin/users?q=eve&status=active");
    expect(toHref(filters, { before: "xyz" })).toBe("/admin/users?q=eve&before=xyz");
    expect(toPairs(filters)).toEqual([["q", "eve"]]);
  });

  test("a head sorts by its column, then the other way round; times begin with the newest", () => {
    const { filters } = readUserFilters({});
    expect(sortHref(filters, "email")).toBe("/admin/users?sort=email");
    expect(sortHref(filters, "name")).toBe("/admin/users?sort=-name");
    expect(sortHref({ ...filters, sort: "-name" }, "name")).toBe("/admin/users");
    expect(sortHref(filters, "lastSignInAt")).toBe("/admin/users?sort=-lastSignInAt");
    expect(sortHref({ ...filters, sort: "-lastSignInAt" }, "lastSignInAt")).toBe("/admin/users?sort=lastSignInAt");
  });

  test("the archived have no other status", () => {
    expect(readUserFilters({ view: "archived", status: "active" }).filters.status).toEqual([]);
  });
});
