import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import {
  groupMembers,
  groupRoles,
  groups,
  roleCombinations,
  roleOperations,
  roles,
  userRoles,
  users,
} from "@/db/schema";
import { addMember } from "@/lib/groups/commands/add-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import type { OperationKey } from "@/lib/operations";
import { roleFormParts } from "@/lib/roles/detail";
import { assignableRoles } from "@/lib/roles/queries";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import type { UpdateUser } from "@/lib/users/schema";

const friday = new Date("2099-01-02T18:00:00Z");
const later = new Date("2099-06-01T00:00:00Z");

async function edit(tx: Tx, { id }: { id: string }, more: Partial<UpdateUser> = {}): Promise<UpdateUser> {
  const [row] = await tx.select().from(users).where(eq(users.id, id));
  if (!row) throw new Error("gone");
  const { memberships: _, roleEnds: __, ...form } = await storedForm(tx, row);
  return { ...form, id, accessEndsAt: row.accessEndsAt, password: "", confirmPassword: "", ...more };
}

async function makeRole(tx: Tx, name: string, held: Partial<Record<OperationKey, Scope>>) {
  const [role] = await tx.insert(roles).values({ name, nameKey: name.toLowerCase(), kind: "additional" }).returning();
  if (!role) throw new Error("The role was not stored");
  const operations = Object.entries(held).map(([operation, scope]) => ({ roleId: role.id, operation, scope }));
  await tx.insert(roleOperations).values(operations);
  return role;
}

/** A primary role that carries nothing, so that anyone who may edit may give it. */
async function bareRole(tx: Tx, name: string) {
  const values = { name, nameKey: name.toLowerCase(), kind: "primary" as const, rank: 9 };
  const [role] = await tx.insert(roles).values(values).returning();
  if (!role) throw new Error("The role was not stored");
  return role;
}

const give = (tx: Tx, person: { id: string }, role: { id: string }, endsAt: Date | null = null) =>
  tx.insert(userRoles).values({ userId: person.id, roleId: role.id, endsAt });

async function makeGroup(tx: Tx, ownerId: string | null, carries: { id: string }[] = []) {
  const [group] = await tx.insert(groups).values({ name: "Night shift", nameKey: "night shift", ownerId }).returning();
  if (!group) throw new Error("The group was not stored");
  for (const { id } of carries) await tx.insert(groupRoles).values({ groupId: group.id, roleId: id });
  return group;
}

/** Edits everybody, and everything that is given in these tests, as long as the account lasts. */
const editor: Partial<Record<OperationKey, Scope>> = {
  "user.read": "all",
  "user.update": "all",
  "group.read": "all",
  "group.update": "all",
  "group.add_member": "all",
};

async function editorUntil(tx: Tx, accessEndsAt: Date | null) {
  const person = await makeUser(tx, { username: "temp", firstName: "Temp", accessEndsAt });
  const role = await makeRole(tx, "Editor", editor);
  await give(tx, person, role);
  return { person, role };
}

test("an account that ends on Friday gives nothing beyond Friday (R8)", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const bare = await bareRole(tx, "Bare");
    const sam = await makeUser(tx, { primaryRoleId: bare.id });
    const { person, role } = await editorUntil(tx, friday);
    const ctx = await as(tx, person);
    const given = async (accessEndsAt: Date | null) =>
      updateUser(ctx, await edit(tx, sam, { additionalRoleIds: [role.id], accessEndsAt }));
    await expect(given(null)).rejects.toEqual(refused("forbidden", /do not hold for that long/));
    await expect(given(later)).rejects.toEqual(refused("forbidden", /do not hold for that long/));
    await given(friday);

    const group = await makeGroup(tx, null, [role]);
    const eve = await makeUser(tx, { primaryRoleId: bare.id });
    const joined = (endsAt: Date | null) => addMember(ctx, { groupId: group.id, userId: eve.id, endsAt });
    await expect(joined(null)).rejects.toEqual(refused("forbidden", /do not hold for that long/));
    await joined(friday);
  }));

test("it does not offer what it may not give permanently either (R8)", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const { person, role } = await editorUntil(tx, friday);
    const ctx = await as(tx, person);
    const offered = (await assignableRoles(ctx)).find(({ id }) => id === role.id);
    expect(offered?.give).toMatchObject({ ok: false, reason: expect.stringMatching(/do not hold for that long/) });
    expect((await roleFormParts(ctx, null)).withheld).toContain("user.read all");
  }));

test("nobody changes their own end: neither to none, nor to a later one, nor to an earlier one (R8, U16)", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const { person } = await editorUntil(tx, later);
    const ctx = await as(tx, person);
    const moved = async (accessEndsAt: Date | null) => updateUser(ctx, await edit(tx, person, { accessEndsAt }));
    await expect(moved(null)).rejects.toEqual(refused("forbidden", /for that long/));
    await expect(moved(new Date("2099-12-01T00:00:00Z"))).rejects.toEqual(refused("forbidden", /for that long/));
    await expect(moved(friday)).rejects.toEqual(wrongField("accessEndsAt", /your own/));
    await updateUser(ctx, await edit(tx, person, { firstName: "Tim" }));
  }));

test("reach over somebody is given for no longer than the giver holds it: as manager, owner and member (R8, R14)", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const { person } = await editorUntil(tx, friday);
    const ctx = await as(tx, person);
    const bare = await bareRole(tx, "Bare");
    const sam = await makeUser(tx, { primaryRoleId: bare.id });
    const eve = await makeUser(tx, { primaryRoleId: bare.id });
    const carol = await makeUser(tx, { username: "carol", primaryRoleId: bare.id });
    const manages = await makeRole(tx, "Manages", { "user.update": "reports" });
    await give(tx, carol, manages);
    await give(tx, carol, await makeRole(tx, "Helps", { "user.update": "owned_groups" }));
    const refusal = refused("forbidden", /let somebody else edit a user for longer than you can/);
    await expect(updateUser(ctx, await edit(tx, sam, { managerId: carol.id }))).rejects.toEqual(refusal);
    const group = await makeGroup(tx, null);
    const handed = { id: group.id, version: 1, name: group.name, description: "", ownerId: carol.id };
    await expect(updateGroup(ctx, handed)).rejects.toEqual(refusal);
    await tx.update(groups).set({ ownerId: carol.id }).where(eq(groups.id, group.id));
    const joined = (endsAt: Date | null) => addMember(ctx, { groupId: group.id, userId: eve.id, endsAt });
    await expect(joined(null)).rejects.toEqual(refusal);
    await joined(friday);

    const dora = await makeUser(tx, { username: "dora", primaryRoleId: bare.id });
    await give(tx, dora, manages, friday);
    await updateUser(ctx, await edit(tx, sam, { managerId: dora.id }));
  }));

test("a dormant role is not woken for longer than the giver holds what it carries (R5, R8)", () =>
  rolledBack(async (tx) => {
    const { sam } = await company(tx);
    const { person } = await editorUntil(tx, null);
    const bare = await bareRole(tx, "Bare");
    const asleep = await makeRole(tx, "Sleeper", { "group.delete": "all" });
    await tx.insert(roleCombinations).values({ roleId: asleep.id, primaryRoleId: bare.id });
    await give(tx, person, await makeRole(tx, "Own", { "group.delete": "all" }), friday);
    const group = await makeGroup(tx, null, [asleep]);
    await tx.insert(groupMembers).values({ groupId: group.id, userId: sam.id });
    const ctx = await as(tx, person);
    const moved = async () => updateUser(ctx, await edit(tx, sam, { primaryRoleId: bare.id }));
    await expect(moved()).rejects.toEqual(
      refused("forbidden", /put "Sleeper" in force.*do not hold that for that long/),
    );
    await tx.update(groupMembers).set({ endsAt: friday }).where(eq(groupMembers.userId, sam.id));
    await moved();
  }));

test("what somebody keeps over people below them is no gain (R8)", () =>
  rolledBack(async (tx) => {
    const { lee } = await company(tx);
    await give(
      tx,
      lee,
      await makeRole(tx, "Joins", { "user.read": "all", "group.read": "all", "group.add_member": "all" }),
    );
    const group = await makeGroup(tx, null);
    await addMember(await as(tx, lee), { groupId: group.id, userId: lee.id, endsAt: null });
    expect(await tx.$count(groupMembers, eq(groupMembers.userId, lee.id))).toBe(1);
  }));

test("a later end of an account lengthens what comes through groups, and is guarded (R8)", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const { person } = await editorUntil(tx, null);
    const bare = await bareRole(tx, "Bare");
    const temp = await makeUser(tx, { primaryRoleId: bare.id, accessEndsAt: friday });
    const reader = await makeRole(tx, "Reader", { "group.delete": "all" });
    const group = await makeGroup(tx, null, [reader]);
    await tx.insert(groupMembers).values({ groupId: group.id, userId: temp.id });
    const ctx = await as(tx, person);
    const moved = async (accessEndsAt: Date | null) => updateUser(ctx, await edit(tx, temp, { accessEndsAt }));
    await give(tx, person, reader, later);
    await expect(moved(null)).rejects.toEqual(refused("forbidden", /keep "Reader" in force for longer/));
    await moved(later);
    await moved(friday);
  }));

test("a membership that is kept lasts as it did; a longer one is asked for (R8)", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const sam = await makeUser(tx, { primaryRoleId: (await bareRole(tx, "Bare")).id });
    const { person } = await editorUntil(tx, friday);
    const reader = await makeRole(tx, "Reader", { "user.read": "all" });
    const { id: primaryRoleId } = await roleNamed(tx, "Quality Engineer");
    await tx.insert(roleCombinations).values({ roleId: reader.id, primaryRoleId });
    const group = await makeGroup(tx, null, [reader]);
    await tx.insert(groupMembers).values({ groupId: group.id, userId: sam.id, endsAt: later });
    const ctx = await as(tx, person);
    const kept = async (endsAt: Date | null) => {
      const [row] = await tx.select().from(users).where(eq(users.id, sam.id));
      const change = { id: sam.id, version: row?.version ?? 1, memberships: [{ groupId: group.id, endsAt }] };
      return updateAccess(ctx, { ...change, roleEnds: [] });
    };
    await kept(later);
    await expect(kept(null)).rejects.toEqual(refused("forbidden", /for that long/));
    await kept(friday);
  }));

const yesterday = new Date(Date.now() - 86_400_000);

test("a membership or a role that is over is given again by another end, and by nothing else (R8)", () =>
  rolledBack(async (tx) => {
    const { sam } = await company(tx);
    const { person } = await editorUntil(tx, null);
    const deleter = await makeRole(tx, "Deleter", { "group.delete": "all" });
    const group = await makeGroup(tx, null, [deleter]);
    await tx.insert(groupMembers).values({ groupId: group.id, userId: sam.id, endsAt: yesterday });
    await give(tx, sam, deleter, yesterday);
    const ctx = await as(tx, person);
    const saved = async (membership: Date | null, role: Date | null) => {
      const [row] = await tx.select().from(users).where(eq(users.id, sam.id));
      const memberships = [{ groupId: group.id, endsAt: membership }];
      const roleEnds = [{ roleId: deleter.id, endsAt: role }];
      return updateAccess(ctx, { id: sam.id, version: row?.version ?? 1, memberships, roleEnds });
    };
    for (const end of [friday, null]) {
      await expect(saved(end, yesterday)).rejects.toEqual(refused("forbidden", /Deleter.*you do not hold/));
      await expect(saved(yesterday, end)).rejects.toEqual(refused("forbidden", /Deleter.*you do not hold/));
    }
    await saved(yesterday, yesterday);
  }));

test("a role that a group no longer carries is given again by another end, and by nothing else (R8)", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const { person, role } = await editorUntil(tx, null);
    const deleter = await makeRole(tx, "Deleter", { "group.delete": "all" });
    const group = await makeGroup(tx, null);
    await tx.insert(groupRoles).values({ groupId: group.id, roleId: deleter.id, endsAt: yesterday });
    const over = { roleId: deleter.id, endsAt: yesterday };
    const ctx = await as(tx, person);
    const saved = (roles: { roleId: string; endsAt: Date | null }[]) =>
      updateGroupRoles(ctx, { id: group.id, version: 1, roles });
    for (const endsAt of [friday, null])
      await expect(saved([{ ...over, endsAt }])).rejects.toEqual(refused("forbidden", /Deleter.*you do not hold/));
    await saved([over, { roleId: role.id, endsAt: null }]);
  }));
