import { describe, expect, test } from "vitest";
import { appOperations } from "@/db/schema";
import { ownAccount } from "@/db/seed/presets/preset";
import { presets } from "@/db/seed/presets/presets";
import { loadAccess } from "@/lib/authz/load";
import { holdingsOf } from "@/lib/authz/model";
import { isOperation, operationKeys, operationOf } from "@/lib/operations";
import { installPreset } from "@/lib/roles/presets";
import { makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

describe.each(presets)("the preset $name (R1)", (preset) => {
  const apps = preset.appOperations.map(({ key }) => key);
  const primaries = preset.roles.filter(({ kind }) => kind === "primary");

  test("uses operations of the catalogue at scopes that they take, and its own app operations for everyone", () => {
    expect(apps.filter(isOperation)).toEqual([]);
    for (const { operation, scope } of preset.roles.flatMap(({ operations }) => operations)) {
      if (apps.includes(operation)) expect(scope).toBe("all");
      else expect(isOperation(operation) && operationOf(operation).scopes, operation).toContain(scope);
    }
  });

  test("lists no operation twice in a role, and gives every app operation to some role", () => {
    for (const { operations } of preset.roles)
      expect(new Set(operations.map(({ operation, scope }) => `${operation} ${scope}`)).size).toBe(operations.length);
    const held = new Set(preset.roles.flatMap(({ operations }) => operations.map(({ operation }) => operation)));
    expect(apps.filter((key) => !held.has(key))).toEqual([]);
  });

  test("has a ladder from 1 without gaps, with the own account as its floor", () => {
    expect(primaries.map(({ rank }) => rank)).toEqual(primaries.map((_, at) => at + 1));
    for (const { operations } of primaries) expect(operations).toEqual(expect.arrayContaining(ownAccount));
  });

  test("has one Admin, which stores nothing, and an Auditor, who reads everything", () => {
    const admins = preset.roles.filter(({ admin }) => admin);
    expect(admins.map(({ operations }) => operations)).toEqual([[]]);
    for (const name of admins[0]?.combinesWith ?? []) expect(primaries.map((role) => role.name)).toContain(name);
    const reads = operationKeys.filter((key) => key.endsWith(".read"));
    const auditor = preset.roles.find(({ name }) => name === "Auditor");
    expect(auditor?.operations).toEqual(
      expect.arrayContaining(reads.map((operation) => ({ operation, scope: "all" }))),
    );
    expect(auditor?.operations.filter(({ operation }) => !/\.(read|export)$/.test(operation))).toEqual([]);
  });

  test("is stored as it is written, once", () =>
    rolledBack(async (tx) => {
      await loadPreset(tx, preset.key);
      for (const role of primaries) {
        const holder = await makeUser(tx, { primaryRole: role.name });
        const held = holdingsOf(await loadAccess(tx, holder.id, new Date()));
        const plain = held.map(({ operation, scope }) => ({ operation, scope }));
        expect(plain).toHaveLength(role.operations.length);
        expect(plain).toEqual(expect.arrayContaining(role.operations));
      }
      expect((await tx.select().from(appOperations)).map(({ key }) => key).sort()).toEqual([...apps].sort());
      await expect(installPreset(tx, preset.key)).rejects.toMatchObject({ code: "precondition" });
    }));
});

describe("quality assurance", () => {
  const rows = [
    ["Quality Engineer", "test_step.run", "all"],
    ["Quality Engineer", "report.view", "all"],
    ["Quality Lead", "report.view", "all"],
    ["Quality Lead", "user.read", "reports"],
    ["Quality Lead", "client.read", "reports"],
    ["Quality Lead", "test_suite.manage", "all"],
    ["Quality Lead", "execution.configure", "all"],
    ["Quality Lead", "impact_analysis.run", "all"],
    ["Quality Manager", "impact_analysis.run", "all"],
    ["Quality Manager", "user.read", "reports"],
    ["Quality Manager", "user.update", "reports"],
    ["Quality Manager", "client.manage", "reports"],
    ["Quality Manager", "project.manage", "all"],
  ];

  test.each(rows)("%s holds %s at %s", (name, operation, scope) =>
    expect(presets[0]?.roles.find((role) => role.name === name)?.operations).toContainEqual({ operation, scope }),
  );

  test("Admin is in force with Quality Manager only, and computed (R2, R3)", () =>
    rolledBack(async (tx) => {
      await loadPreset(tx);
      const manager = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
      const lead = await makeUser(tx, { primaryRole: "Quality Lead", roles: ["Admin"] });
      const byAdmin = async (id: string) =>
        holdingsOf(await loadAccess(tx, id, new Date())).filter(({ role }) => role.admin);
      const held = (await byAdmin(manager.id)).map(({ operation }) => operation);
      expect(held).toEqual(expect.arrayContaining(["user.purge", "audit.export", "project.manage"]));
      expect(await byAdmin(lead.id)).toEqual([]);
    }));
});
