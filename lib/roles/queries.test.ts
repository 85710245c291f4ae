import { describe, expect, test } from "vitest";
import { groupMembers, groupRoles, groups, roleCombinations, roleOperations, roles, userRoles } from "@/db/schema";
import { listOperations } from "@/lib/app-operations/queries";
import { scopesOf } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import type { Scope } from "@/lib/authz/model";
import { type OperationKey, operationKeys, operationOf } from "@/lib/operations";
import { getRole, newRoleValues, roleFormParts } from "@/lib/roles/detail";
import { listRoles } from "@/lib/roles/list";
import { presetOffers } from "@/lib/roles/preset-offers";
import { readPrivileges } from "@/lib/roles/privileges";
import { countOperations } from "@/lib/roles/scopes";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";

describe("the matrix of privileges (R4)", () => {
  test("says of every role what its holder holds, no more and no less", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const privileges = await readPrivileges(await as(tx, ada), "");
      expect(privileges.roles.map(({ name }) => name)).toEqual([
        "Quality Manager",
        "Quality Lead",
        "Quality Engineer",
        "Admin",
        "Auditor",
      ]);
      const [bare] = await tx.insert(roles).values({ name: "Bare", nameKey: "bare", kind: "primary" }).returning();
      for (const [at, role] of privileges.roles.entries()) {
        const primary = role.kind === "primary";
        const holder = await makeUser(tx, {
          primaryRoleId: primary ? role.id : role.builtIn ? (await roleNamed(tx, "Quality Manager")).id : bare?.id,
          roles: primary ? [] : [role.name],
        });
        const access = await loadAccess(tx, holder.id, new Date());
        for (const { operation, held } of privileges.groups.flatMap(({ rows }) => rows)) {
          const own = access.roles.find(({ id }) => id === role.id);
          const really = scopesOf({ ...access, roles: own ? [own] : [] }, operation as OperationKey);
          const told = new Set([...(held[at]?.carried ?? []), ...(held[at]?.through ?? [])]);
          const wide = (scopes: Set<Scope>) => (scopes.has("all") ? new Set(["all"]) : scopes);
          expect(wide(told), `${role.name}: ${operation}`).toEqual(wide(really));
        }
      }
    }));

  test("counts for every role as many operations as its column has, and so do the list and its own page", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const { roles: columns, groups, total } = await readPrivileges(ctx, "");
      const { primary, additional } = await listRoles(ctx, "");
      const rows = groups.flatMap((group) => group.rows);
      for (const [at, { id, name }] of columns.entries()) {
        const told = rows.filter(({ held }) => (held[at]?.carried.length ?? 0) > 0).length;
        expect([...primary, ...additional].find((role) => role.id === id)?.operations, name).toBe(told);
        expect(countOperations((await getRole(ctx, id)).gives), name).toBe(told);
        if (name === "Admin") expect(told).toBe(total);
      }
    }));

  test("holds every operation that a role can carry, and finds by sentence, key and noun", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const whole = await readPrivileges(ctx, "");
      const shown = whole.groups.flatMap(({ rows }) => rows.map(({ operation }) => operation));
      expect(shown).toEqual(expect.arrayContaining(operationKeys.filter((key) => operationOf(key).scopes.length > 0)));
      expect(shown).toContain("report.view");
      expect(whole).toMatchObject({ shown: shown.length, total: shown.length });
      const found = async (q: string) => (await readPrivileges(ctx, q)).groups.flatMap(({ rows }) => rows).length;
      expect(await found("ERASE a removed")).toBe(1);
      expect(await found("client.dereg")).toBe(1);
      expect(await found("audit log")).toBe(2);
      expect(await found("nothing like it")).toBe(0);
    }));
});

describe("the list of roles", () => {
  test("counts the people in whom a role is in force, directly or through a group", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam, quinn } = await company(tx);
      const [auditor, admin] = [await roleNamed(tx, "Auditor"), await roleNamed(tx, "Admin")];
      const [group] = await tx.insert(groups).values({ name: "Readers", nameKey: "readers" }).returning();
      const groupId = group?.id ?? "";
      await tx.insert(groupRoles).values([auditor, admin].map(({ id }) => ({ groupId, roleId: id })));
      await tx.insert(groupMembers).values([
        { groupId, userId: eve.id },
        { groupId, userId: quinn.id },
        { groupId, userId: ada.id, endsAt: new Date("2001-01-01") },
      ]);
      await tx.insert(userRoles).values([
        { userId: eve.id, roleId: auditor.id },
        { userId: sam.id, roleId: auditor.id },
      ]);
      const { primary, additional } = await listRoles(await as(tx, ada), "");
      const people = Object.fromEntries([...primary, ...additional].map((role) => [role.name, role.people?.value]));
      expect(people).toEqual({
        "Quality Manager": 2,
        "Quality Lead": 1,
        "Quality Engineer": 2,
        Admin: 2,
        Auditor: 3,
      });
      expect(additional.find(({ name }) => name === "Auditor")).toMatchObject({ groups: 1, operations: 12 });
    }));

  test("names only groups that the viewer may see, and counts all that carry a role (R11)", () =>
    rolledBack(async (tx) => {
      const { ada, lee } = await company(tx);
      const [seer] = await tx.insert(roles).values({ name: "Seer", nameKey: "seer", kind: "additional" }).returning();
      const id = seer?.id ?? "";
      await tx.insert(roleOperations).values([
        { roleId: id, operation: "role.read", scope: "all" },
        { roleId: id, operation: "group.read", scope: "owned_groups" },
      ]);
      const made = await tx
        .insert(groups)
        .values([
          { name: "Hers", nameKey: "hers" },
          { name: "His", nameKey: "his", ownerId: lee.id },
        ])
        .returning();
      await tx.insert(groupRoles).values(made.map((group) => ({ groupId: group.id, roleId: id })));
      await tx.insert(userRoles).values({ userId: lee.id, roleId: id });
      const all = await getRole(await as(tx, ada), id);
      expect(all.usage).toMatchObject({ carriers: 2, groups: [{ name: "Hers" }, { name: "His" }] });
      const seen = await getRole(await as(tx, lee), id);
      expect(seen.usage).toMatchObject({ carriers: 2, groups: [{ name: "His" }] });
      expect(seen.used).toMatch(/carried by 2 groups, e.g. His$/);
      await tx.update(groups).set({ ownerId: null });
      const none = await getRole(await as(tx, lee), id);
      expect(none.usage.groups).toEqual([]);
      expect(none.used).toMatch(/carried by 2 groups$/);
    }));

  test("distinguishes by whom it is used: in force, dormant and archived, each in a way to find them (R3)", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await company(tx);
      const lead = await roleNamed(tx, "Quality Lead");
      const [role] = await tx.insert(roles).values({ name: "Late", nameKey: "late", kind: "additional" }).returning();
      const id = role!.id;
      await tx.insert(roleCombinations).values({ roleId: id, primaryRoleId: lead.id });
      const gone = { status: "archived", archivedAt: new Date(), primaryRole: "Quality Lead" } as const;
      for (const person of [
        lee,
        eve,
        await makeUser(tx, gone),
        await makeUser(tx, { ...gone, primaryRole: "Quality Engineer" }),
      ])
        await tx.insert(userRoles).values({ userId: person.id, roleId: id });
      const ctx = await as(tx, ada);
      const { usage, asleep, used, abilities } = await getRole(ctx, id);
      expect(usage.people).toMatchObject({ inForce: { value: 1 }, dormant: { value: 2 }, archived: { value: 1 } });
      expect(asleep.map(({ name }) => name).sort()).toEqual(["Eve Engineer", "Test Person"]);
      expect(used).toBe("held by 1 person, Lee Lead, dormant in 2 people, and kept for 1 archived person");
      expect(abilities.delete).toMatchObject({
        ok: false,
        reason:
          '"Late" is held by 1 person, dormant in 2 people and kept for 1 archived person, so it cannot be deleted.',
      });
      const listed = async (view: Record<string, string>) =>
        (await listUsers(ctx, readUserFilters({ role: id, ...view }).filters)).rows.length;
      expect([await listed({}), await listed({ view: "archived" })]).toEqual([1, 1]);
    }));

  test("counts only people whom the viewer may see (R11)", () =>
    rolledBack(async (tx) => {
      const { lee } = await company(tx);
      const [seer] = await tx.insert(roles).values({ name: "Seer", nameKey: "seer", kind: "additional" }).returning();
      await tx.insert(roleOperations).values({ roleId: seer?.id ?? "", operation: "role.read", scope: "all" });
      await tx.insert(userRoles).values({ userId: lee.id, roleId: seer?.id ?? "" });
      const { primary } = await listRoles(await as(tx, lee), "");
      expect(primary.map(({ name, people }) => [name, people?.value])).toEqual([
        ["Quality Manager", 0],
        ["Quality Lead", 0],
        ["Quality Engineer", 1],
      ]);
      const engineer = await getRole(await as(tx, lee), (await roleNamed(tx, "Quality Engineer")).id);
      expect(engineer.used).toMatch(/held by 2 people, e\.g\. Eve Engineer/);
      expect((await getRole(await as(tx, lee), (await roleNamed(tx, "Quality Manager")).id)).used).toMatch(
        /^held by 2 people and the only role with which "Admin" can be combined$/,
      );
    }));

  test("finds by name and description", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const { primary, additional, total } = await listRoles(await as(tx, ada), "changes nothing");
      expect([primary.length, additional.map(({ name }) => name), total]).toEqual([0, ["Auditor"], 5]);
    }));
});

describe("one role", () => {
  test("a copy begins with what the source carries, under a name of its own", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const lead = await getRole(ctx, (await roleNamed(tx, "Quality Lead")).id);
      expect(await newRoleValues(ctx, lead.id)).toEqual({
        name: "Copy of Quality Lead",
        description: lead.description,
        kind: "primary",
        rank: 3,
        combinesWith: [],
        operations: lead.operations,
      });
      const admin = await getRole(ctx, (await roleNamed(tx, "Admin")).id);
      expect(admin.operations.length).toBeGreaterThan(30);
      expect(admin.abilities.update).toMatchObject({ ok: false, code: "precondition" });
    }));

  test("the form withholds what the viewer does not hold permanently", () =>
    rolledBack(async (tx) => {
      const { ada, quinn } = await company(tx);
      expect((await roleFormParts(await as(tx, ada), null)).withheld).toEqual([]);
      const { withheld } = await roleFormParts(await as(tx, quinn), null);
      expect(withheld).toEqual(expect.arrayContaining(["user.read reports", "user.purge all"]));
      expect(withheld).not.toContain("account.update self");
    }));
});

test("actors who may not see roles read none of it", () =>
  rolledBack(async (tx) => {
    const { quinn } = await company(tx);
    const ctx = await as(tx, quinn);
    const { id } = await roleNamed(tx, "Auditor");
    await expect(getRole(ctx, id)).rejects.toEqual(refused("not_found"));
    await expect(newRoleValues(ctx, id)).rejects.toEqual(refused("not_found"));
    for (const read of [listRoles(ctx, ""), readPrivileges(ctx, ""), presetOffers(ctx), listOperations(ctx)])
      await expect(read).rejects.toEqual(refused("forbidden"));
  }));
