import { describe, expect, test } from "vitest";
import { scopes } from "@/db/enums";
import { beyond, holds, mayActOn } from "@/lib/authz/evaluate";
import { mayGive } from "@/lib/authz/grants";
import { contains, type Scope } from "@/lib/authz/model";
import { accessWith, role } from "@/lib/testing/access";

const at = (scope: Scope, operation = "client.read") => role({ operations: [{ operation, scope }] });
const someone = (...roles: Parameters<typeof accessWith>) => ({ ...accessWith(...roles), personId: "other" });

/** R13: `all` ⊃ `reports`, `owned_groups` ⊃ `self`; those in the middle never contain each other's. */
const order: Record<Scope, Record<Scope, boolean>> = {
  all: { all: true, reports: true, owned_groups: true, self: true },
  reports: { all: false, reports: false, owned_groups: false, self: true },
  owned_groups: { all: false, reports: false, owned_groups: false, self: true },
  self: { all: false, reports: false, owned_groups: false, self: true },
};

const pairs = scopes.flatMap((held) => scopes.map((theirs) => ({ held, theirs, wide: order[held][theirs] })));

describe("the order of scopes between two people (R13)", () => {
  test.each(pairs)("$held contains another's $theirs: $wide", ({ held, theirs, wide }) => {
    expect(contains(held, theirs)).toBe(wide);
    expect(holds(accessWith(at(held)), "client.read", theirs)).toBe(wide);
    expect(mayActOn(accessWith(at(held)), someone(at(theirs)), "Lee").ok).toBe(wide);
  });

  test("another operation at a wider scope helps nobody", () => {
    expect(holds(accessWith(at("all", "session.read")), "client.read", "self")).toBe(false);
  });

  test("an operation under a held one counts as held", () => {
    const manager = accessWith(at("all", "client.manage"));
    expect(mayActOn(manager, someone(at("self", "client.generate")), "Eve").ok).toBe(true);
    expect(mayActOn(manager, someone(at("self", "account.update")), "Eve").ok).toBe(false);
  });
});

describe("mayActOn", () => {
  test("names what the other may do and the actor may not", () => {
    expect(mayActOn(accessWith(at("reports")), someone(at("reports")), "Lee Lead")).toEqual({
      ok: false,
      code: "forbidden",
      reason:
        "Lee Lead can see a user's clients for people below them, which you cannot. Only somebody with that permission can do this.",
    });
  });

  test("the product's own operations count too", () => {
    const seller = someone(at("all", "project.manage"));
    expect(mayActOn(accessWith(at("all")), seller, "Lee").ok).toBe(false);
    expect(mayActOn(accessWith(at("all", "project.manage")), seller, "Lee").ok).toBe(true);
  });

  test("nobody is beyond themselves", () => {
    const access = accessWith(at("reports"));
    expect(mayActOn(access, access, "Me").ok).toBe(true);
  });

  test("what is dormant is not held, on either side (R5)", () => {
    const dormant = { ...at("all"), inForce: false };
    expect(mayActOn(accessWith(), someone(dormant), "Lee").ok).toBe(true);
    expect(mayActOn(accessWith(dormant), someone(at("self")), "Eve").ok).toBe(false);
  });

  test("an administrator is beyond everybody but another one", () => {
    const admin = role({ admin: true });
    expect(beyond(accessWith(at("all")), someone(admin)).length).toBeGreaterThan(10);
    expect(beyond(accessWith(admin), someone(admin))).toEqual([]);
  });
});

describe("for how long (R8)", () => {
  const soon = new Date("2026-12-01T00:00:00Z");
  const later = new Date("2027-01-01T00:00:00Z");
  const lasting = (endsAt: Date | null) =>
    accessWith({ ...at("all"), origins: [{ via: "direct", groupId: null, groupName: null, endsAt }] });

  test.each([
    ["permanently", null, null, true],
    ["permanently", null, later, true],
    ["until soon", soon, soon, true],
    ["until soon", soon, later, false],
    ["until soon", soon, null, false],
    ["until later", later, soon, true],
  ])("held %s (%s), given until %s: %s", (_, held, until, may) => {
    const carried = [{ operation: "client.read", scope: "all" as const }];
    expect(mayGive(lasting(held), "Reader", carried, until).ok).toBe(may);
    expect(holds(lasting(held), "client.read", "all")).toBe(true);
  });

  test("of several origins the longest counts", () => {
    const origin = (endsAt: Date | null) => ({ via: "group" as const, groupId: "g", groupName: "G", endsAt });
    const access = accessWith({ ...at("all"), origins: [origin(soon), origin(later)] });
    expect(holds(access, "client.read", "all", later)).toBe(true);
    expect(holds(access, "client.read", "all", null)).toBe(false);
  });

  test.each([
    ["permanently", null, null, true],
    ["permanently", null, soon, true],
    ["until soon", soon, soon, true],
    ["until soon", soon, later, false],
    ["until soon", soon, null, false],
  ])("held %s (%s), nobody is acted upon who holds it until %s: %s (R13)", (_, held, theirs, may) => {
    const other = { ...lasting(theirs), personId: "other" };
    expect(mayActOn(lasting(held), other, "Lee").ok).toBe(may);
    expect(beyond(lasting(held), other)).toHaveLength(may ? 0 : 1);
  });

  test("the end of either account bounds what is compared (R13)", () => {
    const until = (endsAt: Date | null, personId: string) => ({ ...lasting(null), endsAt, personId });
    expect(mayActOn(until(soon, "actor"), until(null, "other"), "Lee").ok).toBe(false);
    expect(mayActOn(until(soon, "actor"), until(soon, "other"), "Lee").ok).toBe(true);
    expect(mayActOn(until(null, "actor"), until(soon, "other"), "Lee").ok).toBe(true);
  });

  test("the refusal of an act says that it is the time", () => {
    expect(mayActOn(lasting(soon), { ...lasting(null), personId: "other" }, "Lee Lead")).toEqual({
      ok: false,
      code: "forbidden",
      reason:
        "Lee Lead can see a user's clients for longer than you can. Only somebody with that permission for as long can do this.",
    });
  });

  test("the refusal says whether it is the operation or the time that is missing", () => {
    const carried = [{ operation: "client.read", scope: "all" as const }];
    const reason = (access: ReturnType<typeof accessWith>) => {
      const decision = mayGive(access, "Reader", carried, null);
      return decision.ok ? "" : decision.reason;
    };
    expect(reason(lasting(soon))).toMatch(/which you do not hold for that long/);
    expect(reason(accessWith())).toMatch(/which you do not hold, so/);
  });
});
