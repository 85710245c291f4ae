import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groupRoles, groups, userRoles, users } from "@/db/schema";
import { isAdministrator } from "@/lib/authz/administrators";
import { loadAccess, profilesOf } from "@/lib/authz/load";
import type { UserRow } from "@/lib/people/scoped";
import { getRole } from "@/lib/roles/detail";
import { holdersOf } from "@/lib/roles/usage";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";
import type { UpdateUser } from "@/lib/users/schema";

async function edit(tx: Tx, { id }: { id: string }, more: Partial<UpdateUser>): Promise<UpdateUser> {
  const [row] = await tx.select().from(users).where(eq(users.id, id));
  const { email, firstName, lastName, managerId, accessEndsAt, version, primaryRoleId } = row as UserRow;
  const { additionalRoleIds } = await storedForm(tx, row as UserRow);
  const kept = { email, firstName, lastName, managerId, accessEndsAt, primaryRoleId, additionalRoleIds };
  return { id, version, ...kept, password: "", confirmPassword: "", ...more };
}

/** Who holds Admin, by the list, by the number beside the role, and by the names of them that the list shows as primary. */
async function listed(tx: Tx, viewer: { id: string }) {
  const ctx = await as(tx, viewer);
  const admin = await roleNamed(tx, "Admin");
  const { rows } = await listUsers(ctx, readUserFilters({ role: admin.id }).filters);
  const count = (await holdersOf(ctx, [admin])).get(admin.id)?.value;
  const first = rows.filter(({ roles }) => roles[0]?.name === "Admin" && roles[0].kind === "primary");
  return { names: rows.map(({ username }) => username), count, first: first.map(({ username }) => username) };
}

test("Admin alone is a primary role: it holds everything and makes an administrator (R2)", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const admin = await roleNamed(tx, "Admin");
    await updateUser(await as(tx, ada), await edit(tx, eve, { primaryRoleId: admin.id }));
    const access = await loadAccess(tx, eve.id, new Date());
    expect(access.roles.map(({ name, kind, inForce }) => ({ name, kind, inForce }))).toEqual([
      { name: "Admin", kind: "primary", inForce: true },
    ]);
    const { of, access: profile } = await profilesOf(tx, [eve.id], new Date());
    expect(profile(of.get(eve.id) ?? "").roles).toMatchObject([{ name: "Admin", kind: "primary", inForce: true }]);
    expect(await isAdministrator(tx, eve.id, new Date())).toBe(true);
    expect(await listed(tx, eve)).toEqual({ names: ["ada", "eve"], count: 2, first: ["eve"] });
    const { usage, used } = await getRole(await as(tx, eve), admin.id);
    expect(usage.people).toMatchObject({ inForce: { value: 2 }, dormant: { value: 0 } });
    expect(used).toMatch(/^held by 2 people/);
  }));

test("beside it no additional Admin is given, and one through a group changes nothing (R2, R5)", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const admin = await roleNamed(tx, "Admin");
    const ctx = await as(tx, ada);
    const both = edit(tx, eve, { primaryRoleId: admin.id, additionalRoleIds: [admin.id] });
    await expect(updateUser(ctx, await both)).rejects.toEqual(
      wrongField("additionalRoleIds", /"Admin" is already the primary role/),
    );
    await updateUser(ctx, await edit(tx, eve, { primaryRoleId: admin.id }));
    const [group] = await tx.insert(groups).values({ name: "Desk", nameKey: "desk" }).returning();
    if (!group) throw new Error("The group was not stored");
    await tx.insert(groupRoles).values({ groupId: group.id, roleId: admin.id });
    await tx.insert(groupMembers).values({ groupId: group.id, userId: eve.id });
    expect(await isAdministrator(tx, eve.id, new Date())).toBe(true);
    expect((await listed(tx, ada)).count).toBe(2);
  }));

test("an additional Admin gives way to the primary one, and comes back beside Quality Manager alone (R2)", () =>
  rolledBack(async (tx) => {
    const { ada, quinn } = await company(tx);
    const [admin, manager, lead] = [
      await roleNamed(tx, "Admin"),
      await roleNamed(tx, "Quality Manager"),
      await roleNamed(tx, "Quality Lead"),
    ];
    const ctx = await as(tx, ada);
    await updateUser(ctx, await edit(tx, quinn, { additionalRoleIds: [admin.id] }));
    await updateUser(ctx, await edit(tx, quinn, { primaryRoleId: admin.id, additionalRoleIds: [] }));
    expect(await tx.$count(userRoles, eq(userRoles.userId, quinn.id))).toBe(0);
    const wrong = edit(tx, quinn, { primaryRoleId: lead.id, additionalRoleIds: [admin.id] });
    await expect(updateUser(ctx, await wrong)).rejects.toEqual(
      wrongField("additionalRoleIds", /"Admin" cannot be combined with Quality Lead/),
    );
    await updateUser(ctx, await edit(tx, quinn, { primaryRoleId: manager.id, additionalRoleIds: [admin.id] }));
    expect(await isAdministrator(tx, quinn.id, new Date())).toBe(true);
  }));

test("only an administrator gives it, nobody takes it from themselves, and no other additional role can be primary (R2, R8, U16)", () =>
  rolledBack(async (tx) => {
    const { quinn, eve } = await company(tx);
    const [admin, engineer, auditor] = [
      await roleNamed(tx, "Admin"),
      await roleNamed(tx, "Quality Engineer"),
      await roleNamed(tx, "Auditor"),
    ];
    const alone = await makeUser(tx, { username: "alone", primaryRole: "Admin" });
    const given = edit(tx, eve, { primaryRoleId: admin.id });
    await expect(updateUser(await as(tx, quinn), await given)).rejects.toEqual(refused("forbidden", /do not hold/));
    const lowered = edit(tx, alone, { primaryRoleId: engineer.id });
    await expect(updateUser(await as(tx, alone), await lowered)).rejects.toEqual(
      refused("precondition", /cannot remove or limit your own administration/),
    );
    const wrong = edit(tx, eve, { primaryRoleId: auditor.id });
    await expect(updateUser(await as(tx, alone), await wrong)).rejects.toEqual(
      wrongField("primaryRoleId", /Choose a primary role/),
    );
  }));
