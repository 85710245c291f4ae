import { describe, expect, test } from "vitest";
import { decideByScope, evaluate, holds, mayActOn, scopesOf } from "@/lib/authz/evaluate";
import { mayGive } from "@/lib/authz/grants";
import { fitsOnToken, limitToCeiling, limitToOperations } from "@/lib/authz/limit";
import { type Access, holdingsOf, holdingsThatOpen, noAccess, openedBy, unrestrictedAccess } from "@/lib/authz/model";
import { everythingKeys, isOperation, operationKeys } from "@/lib/operations";
import { accessWith, role } from "@/lib/testing/access";

const friday = new Date("2099-01-02T18:00:00Z");
const held = (access: Access) => holdingsOf(access).map(({ operation, scope }) => `${operation} ${scope}`);

const administrator = accessWith(role({ admin: true }));
const lead: Access = {
  ...accessWith(
    role({
      operations: [
        { operation: "client.manage", scope: "reports" },
        { operation: "user.disable", scope: "all" },
        { operation: "user.read", scope: "owned_groups" },
        { operation: "report.print", scope: "all" },
      ],
    }),
  ),
  personId: "lead",
};
const engineer: Access = {
  ...accessWith(role({ operations: [{ operation: "account.update", scope: "self" }] })),
  personId: "engineer",
};
const someone = { id: "engineer", name: "Eve Engineer" };
const below = { self: false, reports: true, ownedGroups: false };

describe("everything and nothing", () => {
  test("the server's owner may do everything, to everybody, permanently", () => {
    for (const operation of [...operationKeys, "report.print"])
      expect(holds(unrestrictedAccess, operation, "all", null), operation).toBe(true);
    expect(mayActOn(unrestrictedAccess, administrator, "Ada").ok).toBe(true);
    expect(mayGive(unrestrictedAccess, "Admin", [{ operation: "report.print", scope: "all" }], null).ok).toBe(true);
  });

  test("nobody may do what a role has to open, and what its own proof opens", () => {
    const unrelated = { relation: { self: false, reports: false, ownedGroups: false }, person: null, theirs: null };
    expect(operationKeys.filter((operation) => scopesOf(noAccess, operation).size > 0)).toEqual([]);
    expect(evaluate(noAccess, "user.disable", unrelated).decision.ok).toBe(false);
    expect(evaluate(noAccess, "session.start", unrelated).decision.ok).toBe(true);
  });
});

describe("a token: its owner's access, for some operations (T1)", () => {
  test("it holds what both have, and reaches whom its owner reaches", () => {
    const token = limitToOperations(lead, ["user.disable", "user.purge", "report.print"]);
    expect(held(token)).toEqual(["user.disable all", "report.print all"]);
    expect(token.personId).toBe("lead");
    expect([...scopesOf(limitToOperations(lead, ["client.manage"]), "client.generate")]).toEqual(["reports"]);
  });

  test("what is for one's own account alone is given where its owner holds it, though no token carries it (R8)", () => {
    const most = operationKeys.filter(fitsOnToken);
    const [admins, leads] = [limitToOperations(administrator, most), limitToOperations(lead, most)];
    const own = ["token.create", "token.regenerate"].map((operation) => ({ operation, scope: "self" as const }));
    expect(holds(admins, "token.create", "self")).toBe(false);
    expect(mayGive(admins, "Engineer", own, null).ok).toBe(true);
    expect(mayGive(leads, "Engineer", own, null).ok).toBe(false);
    expect(mayGive(admins, "Issuer", [{ operation: "token.regenerate", scope: "all" }], null).ok).toBe(false);
    expect(mayGive(admins, "Issuer", [{ operation: "token.issue", scope: "all" }], null).ok).toBe(false);
  });

  test("it can have one operation of several under another", () => {
    const token = limitToOperations(lead, ["client.generate"]);
    expect(held(token)).toEqual(["client.generate reports"]);
    expect(holdingsThatOpen(token, "client.generate")).toHaveLength(1);
    expect(holdingsThatOpen(token, "client.manage")).toEqual([]);
    expect(holdingsThatOpen(limitToOperations(lead, ["client.manage"]), "client.generate")).toHaveLength(1);
  });

  test("what no token may carry is not opened by the operation it is under", () => {
    const own = limitToOperations(engineer, ["account.update"]);
    const opened = openedBy("account.update")
      .filter(isOperation)
      .filter((key) => !fitsOnToken(key));
    expect(opened).toContain("factor.add");
    for (const key of opened) {
      expect([key, scopesOf(engineer, key).size, scopesOf(own, key).size]).toEqual([key, 1, 0]);
      expect([key, decideByScope(own, key, { ...below, self: true }).allowed]).toEqual([key, false]);
    }
    expect([...scopesOf(own, "account.update")]).toEqual(["self"]);
    for (const key of operationKeys.filter((one) => !fitsOnToken(one)))
      expect([key, scopesOf(limitToOperations(administrator, operationKeys), key).size]).toEqual([key, 0]);
  });

  test("it gives nothing that it may not do itself, though its owner may (R8)", () => {
    const token = limitToOperations(lead, ["role.update"]);
    const carried = [{ operation: "user.disable", scope: "all" as const }];
    expect(mayGive(lead, "Helper", carried, null).ok).toBe(true);
    expect(mayGive(token, "Helper", carried, null)).toMatchObject({ ok: false, code: "forbidden" });
  });

  test("it acts on whom its owner may act on, though it holds less than they do (R13)", () => {
    const owner: Access = { ...lead, roles: [...lead.roles, ...engineer.roles] };
    const token = limitToOperations(owner, ["user.disable"]);
    expect(evaluate(token, "user.disable", { relation: below, person: someone, theirs: engineer }).decision.ok).toBe(
      true,
    );
    const theirs = { ...administrator, personId: "engineer" };
    const refused = evaluate(token, "user.disable", { relation: below, person: someone, theirs });
    expect(refused.decision).toMatchObject({ ok: false, reason: expect.stringContaining("which you cannot") });
    expect(refused.more.length).toBeGreaterThan(0);
  });

  test("it lasts no longer than what its owner holds", () => {
    const token = limitToOperations({ ...lead, endsAt: friday }, ["user.disable"]);
    expect(holds(token, "user.disable", "all", friday)).toBe(true);
    expect(holds(token, "user.disable", "all", null)).toBe(false);
  });

  test("what hands over other people's credentials is never on it, not even an administrator's (R15)", () => {
    expect(everythingKeys.length).toBeGreaterThan(0);
    for (const operation of everythingKeys) {
      expect(holds(administrator, operation, "all"), operation).toBe(true);
      expect(holdingsThatOpen(limitToOperations(administrator, [operation]), operation)).toEqual([]);
    }
    const all = limitToOperations(administrator, operationKeys);
    expect(everythingKeys.filter((operation) => holds(all, operation, "all"))).toEqual([]);
    expect(holds(all, "user.purge", "all", null)).toBe(true);
  });

  test("without operations it holds nothing", () => {
    expect(held(limitToOperations(administrator, []))).toEqual([]);
  });
});

describe("a provider: its ceiling, as far as its owner holds it (I3)", () => {
  test("each operation is left at the scope that lies in both", () => {
    const ceiling = [
      { operation: "user.disable", scope: "reports" as const },
      { operation: "client.manage", scope: "all" as const },
      { operation: "user.read", scope: "reports" as const },
      { operation: "user.purge", scope: "all" as const },
    ];
    expect(held(limitToCeiling(lead, ceiling))).toEqual(["client.manage reports", "user.disable reports"]);
  });

  test("an operation at two scopes is left at both", () => {
    const ceiling = (["reports", "owned_groups"] as const).map((scope) => ({ operation: "user.disable", scope }));
    expect(held(limitToCeiling(lead, ceiling))).toEqual(["user.disable reports", "user.disable owned_groups"]);
  });

  test("one that is under another may be left at a wider scope than it", () => {
    const owner = accessWith(role({ operations: [{ operation: "client.manage", scope: "all" }] }));
    const ceiling = [
      { operation: "client.manage", scope: "reports" as const },
      { operation: "client.generate", scope: "all" as const },
    ];
    const scopes = (operation: "client.generate" | "client.confirm") =>
      [...scopesOf(limitToCeiling(owner, ceiling), operation)].sort();
    expect(scopes("client.generate")).toEqual(["all", "reports"]);
    expect(scopes("client.confirm")).toEqual(["reports"]);
  });

  test("it acts on nobody who holds more than is left of it (R13)", () => {
    const owner: Access = { ...lead, roles: [...lead.roles, ...engineer.roles] };
    const provider = limitToCeiling(owner, [{ operation: "user.disable", scope: "all" }]);
    expect(mayActOn(owner, engineer, "Eve").ok).toBe(true);
    expect(mayActOn(provider, engineer, "Eve").ok).toBe(false);
  });
});
