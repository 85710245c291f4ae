import { asc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import {
  appOperations,
  events,
  groupMembers,
  groupRoles,
  groups,
  roleCombinations,
  roleOperations,
  roles,
  userRoles,
} from "@/db/schema";
import { at } from "@/db/seed/presets/preset";
import { holds } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { operationKeys, operationOf } from "@/lib/operations";
import { addPreset } from "@/lib/roles/commands/add-preset";
import { createRole } from "@/lib/roles/commands/create";
import { deleteRole } from "@/lib/roles/commands/delete";
import { updateRole } from "@/lib/roles/commands/update";
import { type CreateRole, createRoleSchema, type UpdateRole } from "@/lib/roles/schema";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, asOperator, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";

const draft = (more: Partial<CreateRole> = {}): CreateRole => ({
  name: "Reader",
  description: "Reads what others do.",
  kind: "additional",
  rank: null,
  combinesWith: [],
  operations: at("all", "user.read", "report.view"),
  ...more,
});

async function edit(tx: Tx, name: string, more: Partial<UpdateRole> = {}): Promise<UpdateRole> {
  const { id, version, description, rank } = await roleNamed(tx, name);
  const combined = await tx.select().from(roleCombinations).where(eq(roleCombinations.roleId, id));
  return {
    id,
    version,
    name,
    description,
    rank,
    combinesWith: combined.map((row) => row.primaryRoleId),
    operations: await carried(tx, name),
    ...more,
  };
}

async function carried(tx: Tx, name: string) {
  const { id } = await roleNamed(tx, name);
  return tx
    .select({ operation: roleOperations.operation, scope: roleOperations.scope })
    .from(roleOperations)
    .where(eq(roleOperations.roleId, id))
    .orderBy(asc(roleOperations.operation));
}

const ladder = async (tx: Tx) =>
  (await tx.select().from(roles).where(eq(roles.kind, "primary")).orderBy(asc(roles.rank))).map(
    ({ rank, name }) => `${rank} ${name}`,
  );

const change = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([path]) => path.startsWith("change."))
      .map(([path, value]) => [path.slice("change.".length), value]),
  );

/** Somebody who may edit roles and holds what these carry, and no more. */
async function helper(tx: Tx, ...operations: string[]) {
  const [role] = await tx
    .insert(roles)
    .values({ name: "Role keeper", nameKey: "role keeper", kind: "additional" })
    .returning();
  if (!role) throw new Error("The role was not stored");
  const held = ["role.read", "role.create", "role.update", "role.delete", "role.install", ...operations];
  await tx
    .insert(roleOperations)
    .values(held.map((operation) => ({ roleId: role.id, operation, scope: "all" as const })));
  return makeUser(tx, { firstName: "Hal", lastName: "Helper", roles: ["Role keeper"] });
}

describe("createRole (R3)", () => {
  test("stores an additional role with its operations, and logs each of them", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const manager = await roleNamed(tx, "Quality Manager");
      const { id } = await createRole(
        await as(tx, ada),
        draft({
          combinesWith: [manager.id],
          operations: [...at("reports", "user.read"), ...at("self", "client.read"), ...at("all", "report.view")],
        }),
      );
      expect(await roleNamed(tx, "Reader")).toMatchObject({ id, kind: "additional", rank: null, builtIn: false });
      expect(await carried(tx, "Reader")).toEqual([
        { operation: "client.read", scope: "self" },
        { operation: "report.view", scope: "all" },
        { operation: "user.read", scope: "reports" },
      ]);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "role.create", outcome: "succeeded", targetKind: "role", targetId: id });
      expect(event.values["fact.role"]).toBe("Reader");
      expect(change(event.values)).toMatchObject({
        combinesWith: [null, ["Quality Manager"]],
        "See a user (user.read)": [null, "people below"],
        "May report.view": [null, "everyone"],
      });
    }));

  test("a primary role takes its rung, and those below move down", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      await createRole(await as(tx, ada), draft({ name: "Quality Head", kind: "primary", rank: 2 }));
      expect(await ladder(tx)).toEqual(["1 Quality Manager", "2 Quality Head", "3 Quality Lead", "4 Quality Engineer"]);
      expect((await lastEvent(tx)).values["fact.moved"]).toEqual([
        "Quality Lead from 2 to 3",
        "Quality Engineer from 3 to 4",
      ]);
    }));

  test("'everyone' holds the narrower scopes", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const operations = [...at("reports", "user.read"), ...at("all", "user.read"), ...at("all", "user.read")];
      await createRole(await as(tx, ada), draft({ operations }));
      expect(await carried(tx, "Reader")).toEqual([{ operation: "user.read", scope: "all" }]);
    }));

  test.each([
    [
      "an operation that does not exist",
      { operations: at("all", "user.fly") },
      "operations",
      /no operation "user.fly"/,
    ],
    ["a scope that it does not take", { operations: at("self", "user.read") }, "operations", /own account/],
    ["what no role carries", { operations: at("all", "session.start") }, "operations", /cannot be held/],
    ["the product's own for fewer than everyone", { operations: at("reports", "report.view") }, "operations", /below/],
    ["a rung beyond the ladder", { kind: "primary", rank: 5 }, "rank", /from 1 to 4/],
    ["a primary role without a rank", { kind: "primary", rank: null }, "rank", /from 1 to 4/],
    ["a name that is taken", { name: "auditor" }, "name", /already/],
    ["a name without a letter", { name: "--" }, "name", /letter or digit/],
  ] as const)("refuses %s", (_, more, field, sentence) =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const input = draft(more as unknown as Partial<CreateRole>);
      await expect(createRole(await as(tx, ada), input)).rejects.toEqual(wrongField(field, sentence));
      expect(await lastEvent(tx)).toMatchObject({ operation: "role.create", outcome: "refused" });
    }),
  );

  test("refuses to combine with what is no primary role, and a primary role with anything", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const [auditor, lead] = [await roleNamed(tx, "Auditor"), await roleNamed(tx, "Quality Lead")];
      await expect(createRole(ctx, draft({ combinesWith: [auditor.id] }))).rejects.toEqual(
        wrongField("combinesWith", /no longer exists/),
      );
      await expect(createRole(ctx, draft({ kind: "primary", rank: 1, combinesWith: [lead.id] }))).rejects.toEqual(
        wrongField("combinesWith", /cannot be combined/),
      );
    }));

  test("refuses to put into a role what its maker does not hold (R8)", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const hal = await helper(tx, "user.read");
      const ctx = await as(tx, hal);
      await expect(createRole(ctx, draft({ operations: at("all", "user.read", "user.purge") }))).rejects.toEqual(
        refused("forbidden", /carries "Permanently erase a removed user" for everyone, which you do not hold/),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation: "role.create", outcome: "refused", actorId: hal.id });
      await createRole(ctx, draft({ operations: at("reports", "user.read") }));
    }));

  test("refuses actors without permission", () =>
    rolledBack(async (tx) => {
      const { quinn } = await company(tx);
      await expect(createRole(await as(tx, quinn), draft())).rejects.toEqual(refused("forbidden"));
    }));

  test.each(["Аdmin", "Adm1n", "A d m i n", "Administrator", "ᴀᴜᴅɪᴛᴏʀ", "Quality-Lead"])(
    "refuses the name %s, which looks like another's, and the log knows",
    (name) =>
      rolledBack(async (tx) => {
        const { ada } = await company(tx);
        await expect(createRole(await as(tx, ada), draft({ name }))).rejects.toMatchObject({
          code: "precondition",
          fields: { name: expect.stringMatching(/looks like/) },
        });
        const event = await lastEvent(tx);
        expect(event).toMatchObject({ operation: "role.create", outcome: "refused" });
        expect(event.values["fact.reason"]).toMatch(/looks like/);
      }),
  );

  test.each(["O\u02bcNeill's team", "O'Neill\u2019s  team", "o'neill's team\u3164"])(
    "%j is taken by O'Neill's team",
    (name) =>
      rolledBack(async (tx) => {
        const { ada } = await company(tx);
        const ctx = await as(tx, ada);
        await createRole(ctx, draft({ name: "O'Neill's team" }));
        await expect(createRole(ctx, draft({ name }))).rejects.toEqual(wrongField("name", /A role named /));
      }),
  );

  test("a name keeps nothing that nobody can see", () => {
    const { name } = createRoleSchema.parse(draft({ name: "  Ad\u200bmin \u200d  two " }));
    expect(name).toBe("Admin two");
    expect(createRoleSchema.safeParse(draft({ name: "Admin \u202e two" })).success).toBe(false);
  });
});

describe("updateRole (R3, R8)", () => {
  test("saves what differs, raises the version, and logs old and new of that alone", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const before = await edit(tx, "Quality Lead");
      const operations = before.operations.map((held) =>
        held.operation === "user.read" ? { ...held, scope: "all" as const } : held,
      );
      const { version } = await updateRole(await as(tx, ada), { ...before, description: "Plans.", operations });
      expect(version).toBe(before.version + 1);
      expect(await carried(tx, "Quality Lead")).toContainEqual({ operation: "user.read", scope: "all" });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "role.update", outcome: "succeeded", targetId: before.id });
      expect(change(event.values)).toEqual({
        description: [expect.any(String), "Plans."],
        "See a user (user.read)": ["people below", "everyone"],
      });
    }));

  test("works on the holder's next request (R10)", () =>
    rolledBack(async (tx) => {
      const { ada, lee } = await company(tx);
      const before = await edit(tx, "Quality Lead");
      expect(holds(await loadAccess(tx, lee.id, new Date()), "audit.read", "all")).toBe(false);
      const operations = [...before.operations, ...at("all", "audit.read")];
      await updateRole(await as(tx, ada), { ...before, operations });
      expect(holds(await loadAccess(tx, lee.id, new Date()), "audit.read", "all")).toBe(true);
    }));

  test("a move on the ladder leaves no gap or repetition", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const lead = await roleNamed(tx, "Quality Lead");
      await updateRole(await as(tx, ada), await edit(tx, "Quality Engineer", { rank: 1 }));
      expect(await ladder(tx)).toEqual(["1 Quality Engineer", "2 Quality Manager", "3 Quality Lead"]);
      expect(change((await lastEvent(tx)).values)).toEqual({ rank: [3, 1] });
      expect((await roleNamed(tx, "Quality Lead")).version).toBe(lead.version + 1);
    }));

  test("a combination that is taken away makes the role dormant in its holders, and they keep it", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const nina = await makeUser(tx, { roles: ["Auditor"] });
      const manager = await roleNamed(tx, "Quality Manager");
      await updateRole(await as(tx, ada), await edit(tx, "Auditor", { combinesWith: [manager.id] }));
      const access = await loadAccess(tx, nina.id, new Date());
      expect(access.roles.find(({ name }) => name === "Auditor")).toMatchObject({
        inForce: false,
        needs: ["Quality Manager"],
      });
    }));

  test("refuses an edit of a version that somebody has replaced", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const stale = await edit(tx, "Auditor");
      await updateRole(await as(tx, ada), { ...stale, description: "First." });
      await expect(updateRole(await as(tx, ada), { ...stale, description: "Second." })).rejects.toEqual(
        refused("conflict", /in the meantime/),
      );
      expect((await roleNamed(tx, "Auditor")).description).toBe("First.");
    }));

  test("refuses to edit the built-in role, even for an administrator", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const input = await edit(tx, "Admin", { combinesWith: [] });
      await expect(updateRole(await as(tx, ada), input)).rejects.toEqual(refused("precondition", /is built in/));
      await expect(updateRole(asOperator(tx), input)).rejects.toEqual(refused("precondition", /is built in/));
    }));

  test("refuses to rename a role so that it looks like Admin, and the log knows", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const hal = await helper(tx, ...auditorHolds);
      const before = await edit(tx, "Auditor");
      await expect(updateRole(await as(tx, hal), { ...before, name: "Аdmіn" })).rejects.toMatchObject({
        code: "precondition",
        fields: { name: expect.stringMatching(/looks like the role "Admin"/) },
      });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "role.update",
        outcome: "refused",
        targetId: before.id,
        actorId: hal.id,
      });
    }));

  test("refuses a role that carries what the editor does not hold, whatever the edit", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const hal = await helper(tx);
      await expect(updateRole(await as(tx, hal), await edit(tx, "Auditor", { description: "Mine." }))).rejects.toEqual(
        refused("forbidden", /"Auditor" carries ".+" for everyone, which you do not hold/),
      );
    }));

  test("refuses to add an operation, or to widen one, that the editor does not hold so far", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const hal = await helper(tx, ...auditorHolds);
      const ctx = await as(tx, hal);
      const before = await edit(tx, "Auditor");
      const operations = [...before.operations, ...at("all", "user.update")];
      await expect(updateRole(ctx, { ...before, operations })).rejects.toEqual(
        refused("forbidden", /"Edit a user" for everyone, which you do not hold/),
      );
      await updateRole(ctx, { ...before, operations: at("reports", "user.read") });
      await expect(updateRole(ctx, await edit(tx, "Role keeper", { operations }))).rejects.toEqual(
        refused("forbidden"),
      );
    }));

  test("is refused for what the editor holds only for a time: others may hold it permanently", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const manager = await roleNamed(tx, "Quality Manager");
      await updateRole(await as(tx, ada), await edit(tx, "Auditor", { combinesWith: [manager.id] }));
      const hal = await helper(tx);
      await tx.insert(userRoles).values({
        userId: hal.id,
        roleId: (
          await createRole(await as(tx, ada), draft({ name: "All of it", operations: at("all", ...auditorHolds) }))
        ).id,
        endsAt: new Date(Date.now() + 86_400_000),
      });
      await expect(updateRole(await as(tx, hal), await edit(tx, "Auditor", { combinesWith: [] }))).rejects.toEqual(
        refused("forbidden", /for that long/),
      );
      await expect(
        updateRole(await as(tx, hal), await edit(tx, "Auditor", { description: "Only words." })),
      ).rejects.toEqual(refused("forbidden", /for that long/));
    }));

  test("answers not_found to actors who may not see roles", () =>
    rolledBack(async (tx) => {
      const { quinn } = await company(tx);
      await expect(updateRole(await as(tx, quinn), await edit(tx, "Auditor"))).rejects.toEqual(refused("not_found"));
      expect(await lastEvent(tx)).toMatchObject({ operation: "role.update", outcome: "refused" });
    }));
});

const auditorHolds = [
  "user.read",
  "client.read",
  "token.read",
  "session.read",
  "group.read",
  "service_account.read",
  "resource.read",
  "audit.read",
  "setting.read",
  "mail.read",
  "identity_provider.read",
];

describe("deleteRole (R3)", () => {
  test("deletes a role that nobody uses and closes the gap on the ladder", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const { id } = await createRole(ctx, draft({ name: "Quality Head", kind: "primary", rank: 1 }));
      await deleteRole(ctx, { id });
      expect(await ladder(tx)).toEqual(["1 Quality Manager", "2 Quality Lead", "3 Quality Engineer"]);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "role.delete", outcome: "succeeded", targetId: id });
      expect(change(event.values)).toMatchObject({ name: ["Quality Head", null] });
    }));

  test("a role whose last holding has ended is not in use", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const { id } = await createRole(await as(tx, ada), draft());
      await tx.insert(userRoles).values({ userId: eve.id, roleId: id, endsAt: new Date("2001-01-01") });
      await deleteRole(await as(tx, ada), { id });
      expect(await tx.$count(userRoles, eq(userRoles.roleId, id))).toBe(0);
    }));

  test("refuses a role in use and says by whom, without a name that the log would keep", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam } = await company(tx);
      const { id } = await createRole(await as(tx, ada), draft());
      await tx.insert(userRoles).values([eve, sam].map((person) => ({ userId: person.id, roleId: id })));
      const [group] = await tx.insert(groups).values({ name: "Regression", nameKey: "regression" }).returning();
      await tx.insert(groupRoles).values({ groupId: group!.id, roleId: id });
      await tx.insert(groupMembers).values({ groupId: group!.id, userId: eve.id });
      await expect(deleteRole(await as(tx, ada), { id })).rejects.toEqual(
        refused("precondition", /"Reader" is held by 2 people and carried by the group Regression/),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation: "role.delete", outcome: "refused", targetId: id });
      await tx.delete(userRoles).where(eq(userRoles.roleId, id));
      await expect(deleteRole(await as(tx, ada), { id })).rejects.toEqual(
        refused("precondition", /is carried by the group Regression/),
      );
    }));

  test("refuses a primary role that people have, and one that another role needs", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await expect(deleteRole(ctx, { id: (await roleNamed(tx, "Quality Lead")).id })).rejects.toEqual(
        refused("precondition", /held by 1 person/),
      );
      const { id } = await createRole(ctx, draft({ name: "Quality Head", kind: "primary", rank: 1 }));
      await createRole(ctx, draft({ combinesWith: [id] }));
      await expect(deleteRole(ctx, { id })).rejects.toEqual(
        refused("precondition", /the only role with which "Reader" can be combined/),
      );
    }));

  test("refuses the built-in role, and one that carries what the actor does not hold", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      await expect(deleteRole(await as(tx, ada), { id: (await roleNamed(tx, "Admin")).id })).rejects.toEqual(
        refused("precondition", /built in and cannot be deleted/),
      );
      const hal = await helper(tx);
      await expect(deleteRole(await as(tx, hal), { id: (await roleNamed(tx, "Auditor")).id })).rejects.toEqual(
        refused("forbidden", /which you do not hold/),
      );
    }));
});

describe("addPreset (R1)", () => {
  test("adds the roles that are not there, below the others, and never a second Admin", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const { added, skipped } = await addPreset(await as(tx, ada), { preset: "agent_life_cycle" });
      expect(added).toEqual(expect.arrayContaining(["Member", "Development", "Campaign View"]));
      expect(skipped).toEqual([
        { name: "Settings", reason: '"Admin" is the built-in role that can do everything.' },
        { name: "Auditor", reason: "A role with this name already exists." },
      ]);
      expect(await ladder(tx)).toEqual(["1 Quality Manager", "2 Quality Lead", "3 Quality Engineer", "4 Member"]);
      expect(await tx.$count(roles, eq(roles.admin, true))).toBe(1);
      expect(await tx.$count(appOperations, eq(appOperations.key, "campaign.view"))).toBe(1);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "role.install", outcome: "succeeded" });
      expect(event.values["fact.preset"]).toBe("Agent life cycle");
      expect(event.values["change.roles"]).toEqual([null, added]);
      expect(event.values["change.campaign.view"]).toEqual([null, expect.any(String)]);
      expect(event.values["change.Campaign View carries"]).toEqual([null, ["May campaign.view: everyone"]]);
      expect(event.values["change.Member carries"]).toEqual([null, expect.arrayContaining([expect.any(String)])]);
    }));

  test("refuses when nothing would be added", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      await expect(addPreset(await as(tx, ada), { preset: "quality_assurance" })).rejects.toEqual(
        refused("precondition", /already exists/),
      );
    }));

  test("refuses actors who do not hold what it carries (R8)", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const hal = await helper(tx);
      await expect(addPreset(await as(tx, hal), { preset: "back_office" })).rejects.toEqual(refused("forbidden"));
      expect(await tx.$count(events, eq(events.operation, "role.install"))).toBe(1);
    }));
});

test("the built-in role holds every operation at its widest scope, those declared later included", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    await tx.insert(appOperations).values({ key: "project.create", sentence: "Create a project" });
    const access = await loadAccess(tx, ada.id, new Date());
    for (const key of operationKeys) {
      const [widest] = operationOf(key).scopes;
      if (widest) expect(holds(access, key, widest), key).toBe(true);
    }
    expect(holds(access, "project.create", "all")).toBe(true);
  }));
