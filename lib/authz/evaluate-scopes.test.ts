import { describe, expect, test } from "vitest";
import { scopes } from "@/db/enums";
import { decideByScope, holdsBeyondSelf, type Relation, scopesOf } from "@/lib/authz/evaluate";
import { type EffectiveRole, holdingsOf, type Scope } from "@/lib/authz/model";
import { operationKeys, operationOf } from "@/lib/operations";
import { accessWith, role } from "@/lib/testing/access";

const booleans = [false, true];
const relations: Relation[] = booleans.flatMap((self) =>
  booleans.flatMap((reports) => booleans.map((ownedGroups) => ({ self, reports, ownedGroups }))),
);

const reaches: Record<Scope, (relation: Relation) => boolean> = {
  all: () => true,
  reports: ({ reports }) => reports,
  owned_groups: ({ ownedGroups }) => ownedGroups,
  self: ({ self }) => self,
};

const cases = scopes.flatMap((scope) => relations.map((relation) => ({ scope, ...relation })));

describe("decide", () => {
  test.each(cases)("held at $scope; self $self, reports $reports, owned $ownedGroups", ({ scope, ...relation }) => {
    const access = accessWith(role({ operations: [{ operation: "client.read", scope }] }));
    const decision = decideByScope(access, "client.read", relation);
    expect(decision.allowed).toBe(reaches[scope](relation));
    expect(decideByScope(access, "client.manage", relation).allowed).toBe(false);
  });

  test("several scopes add up, and every path that grants is named", () => {
    const lead = role({ name: "Lead", operations: [{ operation: "user.read", scope: "reports" }] });
    const auditor = role({ name: "Auditor", operations: [{ operation: "user.read", scope: "all" }] });
    const access = accessWith(lead, auditor);
    const named = (relation: Relation) => {
      const decision = decideByScope(access, "user.read", relation);
      return decision.allowed ? decision.paths.map((path) => path.role.name) : [];
    };
    expect(named({ self: false, reports: true, ownedGroups: false })).toEqual(["Lead", "Auditor"]);
    expect(named({ self: false, reports: false, ownedGroups: false })).toEqual(["Auditor"]);
  });

  test("a denial says what is held elsewhere", () => {
    const access = accessWith(role({ operations: [{ operation: "user.read", scope: "reports" }] }));
    const denied = decideByScope(access, "user.read", { self: true, reports: false, ownedGroups: false });
    expect(denied).toMatchObject({ allowed: false, held: [{ operation: "user.read", scope: "reports" }] });
  });

  test("a dormant role grants nothing (R5)", () => {
    const access = accessWith(role({ inForce: false, operations: [{ operation: "user.read", scope: "all" }] }));
    for (const relation of relations) expect(decideByScope(access, "user.read", relation).allowed).toBe(false);
  });

  test("an operation opens those under it at its scope, and not the other way round", () => {
    const manager = accessWith(role({ operations: [{ operation: "client.manage", scope: "reports" }] }));
    const below = { self: false, reports: true, ownedGroups: false };
    const elsewhere = { ...below, reports: false };
    const under = operationKeys.filter((key) => operationOf(key).under === "client.manage");
    expect(under).toContain("client.reprovision");
    for (const key of under) {
      expect(decideByScope(manager, key, below).allowed, key).toBe(true);
      expect(decideByScope(manager, key, elsewhere).allowed, key).toBe(false);
      const own = accessWith(role({ operations: [{ operation: key, scope: "all" }] }));
      expect(decideByScope(own, "client.manage", below).allowed, key).toBe(false);
    }
  });
});

describe("the built-in Admin is computed (R3)", () => {
  const admin: EffectiveRole = role({ admin: true });

  test("it holds every operation that a role can carry, at its widest scope, and the product's own", () => {
    const access = accessWith(admin);
    for (const key of operationKeys) {
      const [widest] = operationOf(key).scopes;
      expect([...scopesOf(access, key)].includes(widest ?? "all"), key).toBe(widest !== undefined);
    }
    const held = holdingsOf({ ...access, appOperations: ["project.manage"] });
    expect(held).toContainEqual({ operation: "project.manage", scope: "all", role: admin });
  });

  test("while dormant it gives nothing (R2)", () => {
    const access = accessWith({ ...admin, inForce: false });
    for (const key of operationKeys) expect(scopesOf(access, key).size, key).toBe(0);
  });
});

describe("holdsBeyondSelf: what opens /admin (R12)", () => {
  test.each(scopes.map((scope) => [scope, scope !== "self"] as const))("held at %s: %s", (scope, opens) => {
    const access = accessWith(role({ operations: [{ operation: "session.read", scope }] }));
    expect(holdsBeyondSelf(access, "session.read")).toBe(opens);
  });
});
