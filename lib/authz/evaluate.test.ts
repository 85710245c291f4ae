import { describe, expect, test } from "vitest";
import { evaluate, noRelation, type TargetRelation } from "@/lib/authz/evaluate";
import { limitToOperations } from "@/lib/authz/limit";
import { type Access, noAccess } from "@/lib/authz/model";
import { accessWith, role } from "@/lib/testing/access";

const eve = { id: "eve", name: "Eve Engineer" };
const onEve: TargetRelation = { relation: noRelation, person: eve, theirs: null };
const lead: Access = {
  ...accessWith(role({ operations: [{ operation: "user.update", scope: "reports" }] })),
  personId: "lead",
};

const reasonOf = (access: Access, operation: string, related: TargetRelation) => {
  const { decision } = evaluate(access, operation, related);
  return decision.ok ? null : decision.reason;
};

describe("why not: distinguishes what no role gives from what does not reach the person (R7)", () => {
  test("held by no role, also where the person is a report", () => {
    const below = { ...onEve, relation: { ...noRelation, reports: true } };
    expect(reasonOf(lead, "user.disable", below)).toBe("None of your roles lets you disable a user.");
    expect(reasonOf(lead, "user.disable", onEve)).toBe("None of your roles lets you disable a user.");
  });

  test("held, and not over this person", () => {
    expect(reasonOf(lead, "user.update", onEve)).toBe(
      "You don't have permission to edit a user here: Eve Engineer is outside your reach.",
    );
    const below = { ...onEve, relation: { ...noRelation, reports: true } };
    expect(reasonOf(lead, "user.update", below)).toBeNull();
  });

  test("a role that is not in force lets nobody do anything", () => {
    const dormant = { ...lead, roles: lead.roles.map((held) => ({ ...held, inForce: false })) };
    expect(reasonOf(dormant, "user.update", onEve)).toBe("None of your roles lets you edit a user.");
  });

  test("what acts for somebody with less, or for nobody, learns nothing about roles", () => {
    const token = limitToOperations(lead, ["user.read"]);
    expect(reasonOf(token, "user.update", onEve)).toBe("You don't have permission to edit a user.");
    expect(reasonOf(noAccess, "user.update", onEve)).toBe("You don't have permission to edit a user.");
  });

  test("on nobody in particular", () => {
    expect(reasonOf(lead, "role.update", { ...onEve, person: null })).toBe("You don't have permission to edit a role.");
  });
});
