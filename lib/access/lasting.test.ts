import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { groupMembers, groupRoles, groups, roleOperations, roles, userRoles, users } from "@/db/schema";
import { addMember } from "@/lib/groups/commands/add-member";
import type { OperationKey } from "@/lib/operations";
import { roleFormParts } from "@/lib/roles/detail";
import { assignableRoles } from "@/lib/roles/queries";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
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
    const { sam } = await company(tx);
    const { person, role } = await editorUntil(tx, friday);
    const ctx = await as(tx, person);
    const given = async (accessEndsAt: Date | null) =>
      updateUser(ctx, await edit(tx, sam, { additionalRoleIds: [role.id], accessEndsAt }));
    await expect(given(null)).rejects.toEqual(refused("forbidden", /do not hold for that long/));
    await expect(given(later)).rejects.toEqual(refused("forbidden", /do not hold for that long/));
    await given(friday);

    const group = await makeGroup(tx, null, [role]);
    const eve = await makeUser(tx);
    const joined = (endsAt: Date | null) => addMember(ctx, { groupId: group.id, userId: eve.id, endsAt });
    await expect(joined(null)).rejects.toEqual(refused("forbidden", /do not hold for that long/));
    await joined(friday);
  }));

test("nor does it offer what it may not give for good (R8)", () =>
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

test("a membership that is kept lasts as it did; a longer one is asked for (R8)", () =>
  rolledBack(async (tx) => {
    const { sam } = await company(tx);
    const { person } = await editorUntil(tx, friday);
    const reader = await makeRole(tx, "Reader", { "user.read": "all" });
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
