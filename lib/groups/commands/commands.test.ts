import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { groupMembers, groupRoles, groups, roleOperations, roles, userRoles, users } from "@/db/schema";
import { loadAccess } from "@/lib/authz/load";
import type { Ctx, Person } from "@/lib/context";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { getGroup } from "@/lib/groups/queries";
import { createGroupSchema } from "@/lib/groups/schema";
import { mayRun } from "@/lib/kernel/ask";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, asOperator, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const reload = async (tx: Tx, id: string) => (await tx.select().from(groups).where(eq(groups.id, id)))[0];
const versionOf = async (tx: Tx, id: string) =>
  (await tx.select({ version: users.version }).from(users).where(eq(users.id, id)))[0]?.version;
const membership = async (tx: Tx, groupId: string, userId: string) =>
  (
    await tx
      .select()
      .from(groupMembers)
      .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)))
  )[0];

/** A role of this test's own. */
async function makeRole(tx: Tx, name: string, held: Record<string, Scope>) {
  const [role] = await tx
    .insert(roles)
    .values({ name, nameKey: name.toLowerCase(), kind: "additional" })
    .returning({ id: roles.id });
  const rows = Object.entries(held).map(([operation, scope]) => ({ roleId: role!.id, operation, scope }));
  await tx.insert(roleOperations).values(rows);
  return role!.id;
}

async function makeGroup(tx: Tx, name: string, { owner, roleIds = [] }: { owner?: string; roleIds?: string[] } = {}) {
  const [group] = await tx
    .insert(groups)
    .values({ name, nameKey: name.toLowerCase(), ownerId: owner ?? null })
    .returning();
  if (roleIds.length > 0) await tx.insert(groupRoles).values(roleIds.map((roleId) => ({ groupId: group!.id, roleId })));
  return group!;
}

const keeps = {
  "group.read": "owned_groups",
  "group.update": "owned_groups",
  "group.delete": "owned_groups",
  "group.add_member": "owned_groups",
  "group.remove_member": "owned_groups",
} as const;

/** The company, and Lee as one who keeps the group that she owns, at `owned_groups`. */
async function keptGroup(tx: Tx, carried: string[] = []) {
  const people = await company(tx);
  await tx.insert(userRoles).values({ userId: people.lee.id, roleId: await makeRole(tx, "Group keeper", keeps) });
  const group = await makeGroup(tx, "Regression", { owner: people.lee.id, roleIds: carried });
  return { ...people, group, asLee: await as(tx, people.lee), asAda: await as(tx, people.ada) };
}

describe("create", () => {
  test("stores the group with owner and roles, and logs it in one event (R5, L2)", () =>
    rolledBack(async (tx) => {
      const { ada, lee } = await company(tx);
      const auditor = await roleNamed(tx, "Auditor");
      const endsAt = inDays(30);
      const { id } = await createGroup(await as(tx, ada), {
        name: "Regression",
        description: "Runs the nightly suites.",
        ownerId: lee.id,
        roles: [{ roleId: auditor.id, endsAt }],
      });
      expect(await reload(tx, id)).toMatchObject({ name: "Regression", nameKey: "regression", ownerId: lee.id });
      expect(await tx.select().from(groupRoles).where(eq(groupRoles.groupId, id))).toEqual([
        { groupId: id, roleId: auditor.id, endsAt },
      ]);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "group.create", outcome: "succeeded", targetId: id, personId: null });
      expect(event.values["fact.group"]).toBe("Regression");
      expect(event.values["change.owner"]).toEqual([null, `user:${lee.id}`]);
      expect(event.values["change.roles"]).toEqual([null, [`Auditor until ${endsAt.toISOString()}`]]);
    }));

  test("a name that is taken is refused at its field, whatever its case, and the refusal names the group", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      await makeGroup(tx, "Regression");
      await expect(
        createGroup(await as(tx, ada), { name: "REGRESSION", description: "", ownerId: null, roles: [] }),
      ).rejects.toEqual(wrongField("name", /already in use/));
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "group.create", outcome: "refused" });
      expect(event.values["fact.group"]).toBe("REGRESSION");
    }));

  test.each(["Re\ufe0fgression", "Regression\u3164", "R\u034fegression"])("%j is a name that is taken (U1)", (name) =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await createGroup(ctx, { name: "Regression", description: "", ownerId: null, roles: [] });
      const twin = createGroupSchema.parse({ name, description: "", ownerId: null, roles: [] });
      await expect(createGroup(ctx, twin)).rejects.toEqual(wrongField("name", /already in use/));
    }),
  );

  test("without the operation, and with it only for owned groups, nobody creates one", () =>
    rolledBack(async (tx) => {
      const { asLee, quinn } = await keptGroup(tx);
      const draft = { name: "New", description: "", ownerId: null, roles: [] };
      await expect(createGroup(asLee, draft)).rejects.toEqual(refused("forbidden", /permission to create a group/));
      await expect(createGroup(await as(tx, quinn), draft)).rejects.toEqual(refused("forbidden"));
    }));

  test("a primary role, an end in the past and an owner who is not active are refused at their fields", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const gone = await makeUser(tx, { firstName: "Dan", lastName: "Disabled", status: "disabled" });
      const draft = { name: "New", description: "", ownerId: null, roles: [] };
      const engineer = await roleNamed(tx, "Quality Engineer");
      const auditor = await roleNamed(tx, "Auditor");
      await expect(createGroup(ctx, { ...draft, roles: [{ roleId: engineer.id, endsAt: null }] })).rejects.toEqual(
        wrongField("roles", /primary role/),
      );
      await expect(createGroup(ctx, { ...draft, roles: [{ roleId: auditor.id, endsAt: inDays(-1) }] })).rejects.toEqual(
        wrongField("roles", /in the past/),
      );
      await expect(createGroup(ctx, { ...draft, ownerId: gone.id })).rejects.toEqual(
        wrongField("ownerId", /Dan Disabled is disabled/),
      );
    }));
});

describe("update", () => {
  const details = (group: typeof groups.$inferSelect, more = {}) => ({
    id: group.id,
    version: group.version,
    name: group.name,
    description: group.description,
    ownerId: group.ownerId,
    ...more,
  });

  test("saves the details, raises the version and logs the old and new value", () =>
    rolledBack(async (tx) => {
      const { asAda, group, quinn } = await keptGroup(tx);
      const saved = await updateGroup(asAda, details(group, { name: "Nightly", ownerId: quinn.id }));
      expect(saved).toEqual({ id: group.id, version: 2, inSight: true });
      expect(await reload(tx, group.id)).toMatchObject({ name: "Nightly", nameKey: "nightly", ownerId: quinn.id });
      const { values } = await lastEvent(tx);
      expect(values["change.name"]).toEqual(["Regression", "Nightly"]);
      expect(values["change.owner"]).toEqual([expect.stringMatching(/^user:/), `user:${quinn.id}`]);
      expect(values["change.roles"]).toBeUndefined();
    }));

  test("the second of two edits is refused with a sentence (U9)", () =>
    rolledBack(async (tx) => {
      const { asAda, asLee, group } = await keptGroup(tx);
      await updateGroup(asLee, details(group, { description: "First." }));
      await expect(updateGroup(asAda, details(group, { description: "Second." }))).rejects.toEqual(
        refused("conflict", /Lee Lead saved Regression in the meantime/),
      );
      await expect(updateGroupRoles(asAda, { id: group.id, version: 1, roles: [] })).rejects.toEqual(
        refused("conflict"),
      );
      expect(await reload(tx, group.id)).toMatchObject({ description: "First.", version: 2 });
    }));

  test("its owner keeps it; a group of somebody else is not there (R11)", () =>
    rolledBack(async (tx) => {
      const { asLee, group } = await keptGroup(tx);
      await updateGroup(asLee, details(group, { description: "Mine." }));
      const other = await makeGroup(tx, "Staging");
      await expect(updateGroup(asLee, details(other))).rejects.toEqual(refused("not_found"));
      await expect(deleteGroup(asLee, { id: other.id, version: 1 })).rejects.toEqual(refused("not_found"));
    }));

  test("a new owner who would reach its members through it must be given it by somebody who may do that for everyone (R14)", () =>
    rolledBack(async (tx) => {
      const { asLee, asAda, group, eve } = await keptGroup(tx);
      await updateGroup(asLee, details(group, { ownerId: eve.id }));
      await updateGroup(asAda, details(group, { version: 2, ownerId: asLee.actor.id }));
      const resets = await makeRole(tx, "Resets", { "user.update": "owned_groups" });
      await tx.insert(userRoles).values({ userId: eve.id, roleId: resets });
      await expect(updateGroup(asLee, details(group, { version: 3, ownerId: eve.id }))).rejects.toEqual(
        refused("forbidden", /let somebody else edit a user/),
      );
      await updateGroup(asAda, details(group, { version: 3, ownerId: eve.id }));
    }));

  test("an owner outside what one may see is refused like one that is not there", () =>
    rolledBack(async (tx) => {
      const { asLee, group, sam } = await keptGroup(tx);
      await expect(updateGroup(asLee, details(group, { ownerId: sam.id }))).rejects.toEqual(
        wrongField("ownerId", /doesn't exist, or/),
      );
    }));
});

describe("the roles of a group", () => {
  const carrying = async (
    tx: Tx,
    ctx: Ctx<Person>,
    groupId: string,
    given: { roleId: string; endsAt: Date | null }[],
  ) => updateGroupRoles(ctx, { id: groupId, version: (await reload(tx, groupId))!.version, roles: given });

  test("reach the members at once, and leave them again (R6, R10)", () =>
    rolledBack(async (tx) => {
      const { asAda, group, eve } = await keptGroup(tx);
      await addMember(asAda, { groupId: group.id, userId: eve.id, endsAt: null });
      const auditor = await roleNamed(tx, "Auditor");
      const held = async () => (await loadAccess(tx, eve.id, new Date())).roles.map(({ name }) => name);
      await carrying(tx, asAda, group.id, [{ roleId: auditor.id, endsAt: null }]);
      expect(await held()).toContain("Auditor");
      await carrying(tx, asAda, group.id, []);
      expect(await held()).not.toContain("Auditor");
    }));

  test("nobody gives by it what they do not hold, or for longer than they hold it (R8)", () =>
    rolledBack(async (tx) => {
      const { asLee, group, lee } = await keptGroup(tx);
      const auditor = await roleNamed(tx, "Auditor");
      const admin = await roleNamed(tx, "Admin");
      await expect(carrying(tx, asLee, group.id, [{ roleId: admin.id, endsAt: null }])).rejects.toEqual(
        refused("forbidden", /which you do not hold/),
      );
      await expect(carrying(tx, asLee, group.id, [{ roleId: auditor.id, endsAt: null }])).rejects.toEqual(
        refused("forbidden", /which you do not hold/),
      );
      await tx.insert(userRoles).values({ userId: lee.id, roleId: auditor.id, endsAt: inDays(10) });
      const lasting = await as(tx, lee);
      await expect(carrying(tx, lasting, group.id, [{ roleId: auditor.id, endsAt: null }])).rejects.toEqual(
        refused("forbidden", /for that long/),
      );
      await carrying(tx, lasting, group.id, [{ roleId: auditor.id, endsAt: inDays(5) }]);
      await expect(carrying(tx, lasting, group.id, [{ roleId: auditor.id, endsAt: inDays(20) }])).rejects.toEqual(
        refused("forbidden", /for that long/),
      );
      expect((await lastEvent(tx)).values["fact.group"]).toBe("Regression");
    }));

  test("nobody takes away by it what they do not hold, whether by leaving it out, by an end, or by deleting", () =>
    rolledBack(async (tx) => {
      const { asLee, group } = await keptGroup(tx, []);
      const auditor = await roleNamed(tx, "Auditor");
      await tx.insert(groupRoles).values({ groupId: group.id, roleId: auditor.id });
      const kept = { roleId: auditor.id, endsAt: null };
      await expect(carrying(tx, asLee, group.id, [])).rejects.toEqual(refused("forbidden", /cannot remove it/));
      await expect(carrying(tx, asLee, group.id, [{ ...kept, endsAt: inDays(1) }])).rejects.toEqual(
        refused("forbidden", /cannot remove it/),
      );
      await expect(deleteGroup(asLee, { id: group.id, version: 1 })).rejects.toEqual(
        refused("forbidden", /cannot remove it/),
      );
      await carrying(tx, asLee, group.id, [kept]);
    }));

  test("a role whose end is over bars nothing: adding, clearing, deleting (R5, R8)", () =>
    rolledBack(async (tx) => {
      const auditor = async () => (await roleNamed(tx, "Auditor")).id;
      const { asLee, group, eve } = await keptGroup(tx);
      const over = { roleId: await auditor(), endsAt: inDays(-1) };
      await tx.insert(groupRoles).values({ groupId: group.id, ...over });
      expect(await getGroup(asLee, group.id)).toMatchObject({
        roles: [{ over: true, take: { ok: true } }],
        abilities: { "group.delete": { ok: true } },
      });
      await addMember(asLee, { groupId: group.id, userId: eve.id, endsAt: null });
      await carrying(tx, asLee, group.id, [over]);
      await carrying(tx, asLee, group.id, []);
      await tx.insert(groupRoles).values({ groupId: group.id, ...over });
      await deleteGroup(asLee, { id: group.id, version: (await reload(tx, group.id))!.version });
    }));

  test("the last administrator stays one, by whichever change of a group (U15)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const admin = await roleNamed(tx, "Admin");
      const group = await makeGroup(tx, "Admins", { roleIds: [admin.id] });
      const second = await makeUser(tx, { firstName: "Bea", primaryRole: "Quality Manager" });
      await tx.insert(groupMembers).values({ groupId: group.id, userId: second.id });
      await tx.delete(userRoles).where(eq(userRoles.userId, ada.id));
      const mayAll = asOperator(tx);
      const last = refused("precondition", /last active administrator/);
      await expect(removeMember(mayAll, { groupId: group.id, userId: second.id })).rejects.toEqual(last);
      await expect(addMember(mayAll, { groupId: group.id, userId: second.id, endsAt: inDays(9) })).rejects.toEqual(
        last,
      );
      await expect(updateGroupRoles(mayAll, { id: group.id, version: 1, roles: [] })).rejects.toEqual(last);
      await expect(deleteGroup(mayAll, { id: group.id, version: 1 })).rejects.toEqual(last);
    }));

  test("nobody takes administration from themselves (U16)", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const admin = await roleNamed(tx, "Admin");
      const group = await makeGroup(tx, "Admins", { roleIds: [admin.id] });
      const bea = await makeUser(tx, { firstName: "Bea", primaryRole: "Quality Manager" });
      await tx.insert(groupMembers).values({ groupId: group.id, userId: bea.id });
      const asBea = await as(tx, bea);
      const own = refused("precondition", /your own administration/);
      await expect(removeMember(asBea, { groupId: group.id, userId: bea.id })).rejects.toEqual(own);
      await expect(updateGroupRoles(asBea, { id: group.id, version: 1, roles: [] })).rejects.toEqual(own);
      await expect(deleteGroup(asBea, { id: group.id, version: 1 })).rejects.toEqual(own);
    }));
});

describe("delete", () => {
  test("takes memberships and roles with it, and counts as an edit of each member (U9)", () =>
    rolledBack(async (tx) => {
      const { asAda, group, eve, sam } = await keptGroup(tx);
      for (const { id } of [eve, sam]) await tx.insert(groupMembers).values({ groupId: group.id, userId: id });
      expect(await deleteGroup(asAda, { id: group.id, version: 1 })).toEqual({ name: "Regression", members: 2 });
      expect(await reload(tx, group.id)).toBeUndefined();
      expect(await membership(tx, group.id, eve.id)).toBeUndefined();
      expect(await versionOf(tx, eve.id)).toBe(2);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "group.delete", outcome: "succeeded", targetId: group.id });
      expect(event.values).toMatchObject({ "fact.group": "Regression", "fact.members": 2 });
      const named = [eve, sam].map(({ id }) => `user:${id}`).sort();
      expect(event.values["change.members"]).toEqual([named, null]);
    }));
});

describe("members", () => {
  test("are added, given another end and removed; each counts as an edit of the person (U9)", () =>
    rolledBack(async (tx) => {
      const { asLee, group, eve } = await keptGroup(tx);
      await addMember(asLee, { groupId: group.id, userId: eve.id, endsAt: null });
      const added = await lastEvent(tx);
      expect(added).toMatchObject({ operation: "group.add_member", targetId: group.id, personId: eve.id });
      expect(added.values["fact.group"]).toBe("Regression");
      const endsAt = inDays(30);
      await addMember(asLee, { groupId: group.id, userId: eve.id, endsAt });
      expect(await membership(tx, group.id, eve.id)).toMatchObject({ endsAt });
      expect((await lastEvent(tx)).values["change.endsAt"]).toEqual([null, endsAt.toISOString()]);
      await expect(addMember(asLee, { groupId: group.id, userId: eve.id, endsAt })).rejects.toEqual(
        refused("precondition", /is already in Regression/),
      );
      await removeMember(asLee, { groupId: group.id, userId: eve.id });
      expect(await membership(tx, group.id, eve.id)).toBeUndefined();
      expect(await versionOf(tx, eve.id)).toBe(4);
      const told = await lastEvent(tx);
      expect(await removeMember(asLee, { groupId: group.id, userId: eve.id })).toEqual({
        ...{ name: "Eve Engineer", group: "Regression" },
        ...{ userVersion: 4, before: null },
      });
      expect((await lastEvent(tx)).id).toBe(told.id);
    }));

  test("each says what the state was before, and going back is refused once somebody has saved the person (U9)", () =>
    rolledBack(async (tx) => {
      const { asLee, asAda, group, eve } = await keptGroup(tx);
      const ids = { groupId: group.id, userId: eve.id };
      const added = await addMember(asLee, { ...ids, endsAt: null });
      expect(added).toMatchObject({ before: null, userVersion: 2 });
      const ended = await addMember(asLee, { ...ids, endsAt: inDays(3) });
      expect(ended.before).toEqual({ endsAt: null, given: false });
      const stale = {
        code: "conflict",
        message: expect.stringMatching(/^Lee Lead saved Eve Engineer in the meantime/),
      };
      await expect(removeMember(asAda, { ...ids, userVersion: added.userVersion })).rejects.toMatchObject(stale);
      const back = { ...ids, endsAt: null, userVersion: ended.userVersion };
      expect(await mayRun(asLee, addMember, back)).toEqual({ ok: true });
      await addMember(asLee, back);
      await expect(addMember(asAda, { ...back, endsAt: inDays(2) })).rejects.toMatchObject(stale);
      expect(await membership(tx, group.id, eve.id)).toMatchObject({ endsAt: null });
      await removeMember(asLee, { ...ids, userVersion: ended.userVersion + 1 });
      expect(await membership(tx, group.id, eve.id)).toBeUndefined();
    }));

  test("R8: a membership that was taken away is given back only by people who may give it", () =>
    rolledBack(async (tx) => {
      const { asAda, asLee, group, eve } = await keptGroup(tx);
      await tx.insert(groupRoles).values({ groupId: group.id, roleId: (await roleNamed(tx, "Admin")).id });
      await addMember(asAda, { groupId: group.id, userId: eve.id, endsAt: null });
      const { userVersion } = await removeMember(asAda, { groupId: group.id, userId: eve.id });
      const back = { groupId: group.id, userId: eve.id, endsAt: null, userVersion };
      expect(await mayRun(asAda, addMember, back)).toEqual({ ok: true });
      expect((await mayRun(asLee, addMember, back)).ok).toBe(false);
    }));

  test("who is outside what one may see is not there, and who is archived cannot join (R11)", () =>
    rolledBack(async (tx) => {
      const { asLee, asAda, group, sam } = await keptGroup(tx);
      await expect(addMember(asLee, { groupId: group.id, userId: sam.id, endsAt: null })).rejects.toEqual(
        refused("not_found"),
      );
      await tx.insert(groupMembers).values({ groupId: group.id, userId: sam.id });
      await expect(removeMember(asLee, { groupId: group.id, userId: sam.id })).rejects.toEqual(refused("not_found"));
      const gone = await makeUser(tx, { firstName: "Archie", status: "archived" });
      await expect(addMember(asAda, { groupId: group.id, userId: gone.id, endsAt: null })).rejects.toEqual(
        refused("precondition", /Restore the user first/),
      );
      await expect(addMember(asAda, { groupId: group.id, userId: sam.id, endsAt: inDays(-1) })).rejects.toEqual(
        wrongField("endsAt", /date in the future/),
      );
    }));

  test("joining a group that carries administration is a grant, also for oneself (R8)", () =>
    rolledBack(async (tx) => {
      const { asLee, group, eve, lee } = await keptGroup(tx);
      await tx.insert(groupRoles).values({ groupId: group.id, roleId: (await roleNamed(tx, "Admin")).id });
      for (const userId of [eve.id, lee.id])
        await expect(addMember(asLee, { groupId: group.id, userId, endsAt: null })).rejects.toMatchObject({
          code: userId === eve.id ? "forbidden" : "not_found",
        });
      expect(await membership(tx, group.id, eve.id)).toBeUndefined();
    }));

  test("a membership lasts no longer than the actor holds what it carries (R8)", () =>
    rolledBack(async (tx) => {
      const { lee, eve } = await company(tx);
      const auditor = await roleNamed(tx, "Auditor");
      await tx.insert(userRoles).values([
        { userId: lee.id, roleId: await makeRole(tx, "Group keeper", keeps) },
        { userId: lee.id, roleId: auditor.id, endsAt: inDays(10) },
      ]);
      const group = await makeGroup(tx, "Audit", { owner: lee.id, roleIds: [auditor.id] });
      const ctx = await as(tx, lee);
      const add = (endsAt: Date | null) => addMember(ctx, { groupId: group.id, userId: eve.id, endsAt });
      await expect(add(null)).rejects.toEqual(refused("forbidden", /for that long/));
      await add(inDays(5));
      await add(inDays(3));
      await expect(add(inDays(20))).rejects.toEqual(refused("forbidden", /for that long/));
      await tx
        .update(groupMembers)
        .set({ endsAt: inDays(-1) })
        .where(eq(groupMembers.userId, eve.id));
      await expect(add(null)).rejects.toEqual(refused("forbidden", /for that long/));
    }));

  test("an owner does not put the administrator into the group or out of it (R13)", () =>
    rolledBack(async (tx) => {
      const { lee, ada } = await keptGroup(tx);
      const group = await makeGroup(tx, "Trap", { owner: lee.id });
      const sees = await makeRole(tx, "Sees everybody", { "user.read": "all", "user.update": "owned_groups" });
      await tx.insert(userRoles).values({ userId: lee.id, roleId: sees });
      const ctx = await as(tx, lee);
      await expect(addMember(ctx, { groupId: group.id, userId: ada.id, endsAt: null })).rejects.toEqual(
        refused("forbidden", /Ada Admin can/),
      );
      expect(await lastEvent(tx)).toMatchObject({
        operation: "group.add_member",
        outcome: "refused",
        personId: ada.id,
      });
      await tx.insert(groupMembers).values({ groupId: group.id, userId: ada.id });
      await expect(removeMember(ctx, { groupId: group.id, userId: ada.id })).rejects.toEqual(
        refused("forbidden", /Ada Admin can/),
      );
    }));

  test("a person who would reach a new member by owning the group is given that by somebody who may do it for everyone (R14)", () =>
    rolledBack(async (tx) => {
      const { lee, eve, group, asAda } = await keptGroup(tx);
      await tx
        .insert(userRoles)
        .values({ userId: lee.id, roleId: await makeRole(tx, "Resets", { "user.update": "owned_groups" }) });
      await expect(addMember(await as(tx, lee), { groupId: group.id, userId: eve.id, endsAt: null })).rejects.toEqual(
        refused("forbidden", /let somebody else edit a user/),
      );
      await addMember(asAda, { groupId: group.id, userId: eve.id, endsAt: null });
    }));
});
