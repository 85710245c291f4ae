import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groupRoles, groups, userRoles } from "@/db/schema";
import { addMember } from "@/lib/groups/commands/add-member";
import { updateGroupRoles } from "@/lib/groups/commands/update";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { updateAccess } from "@/lib/users/commands/update-access";

const nextYear = new Date(Date.now() + 365 * 86_400_000);
const later = new Date(nextYear.getTime() + 86_400_000);
const own = refused("precondition", /cannot remove or limit your own administration/);

/** Bea, beside whom there is another administrator, and the group through which she is one. */
async function throughGroup(tx: Tx) {
  const { ada } = await company(tx);
  const bea = await makeUser(tx, { username: "bea", primaryRole: "Quality Manager" });
  const admin = await roleNamed(tx, "Admin");
  const [group] = await tx.insert(groups).values({ name: "Desk", nameKey: "desk" }).returning();
  if (!group) throw new Error("The group was not stored");
  await tx.insert(groupRoles).values({ groupId: group.id, roleId: admin.id });
  await tx.insert(groupMembers).values({ groupId: group.id, userId: bea.id });
  return { ada, bea, admin, group };
}

test("nobody gives their own administration an end, as a role, by membership or in a group (U16)", () =>
  rolledBack(async (tx) => {
    const { ada, bea, admin, group } = await throughGroup(tx);
    const ends = (person: { id: string }, endsAt: Date | null) => ({
      id: person.id,
      version: 1,
      memberships: [],
      roleEnds: [{ roleId: admin.id, endsAt }],
    });
    await expect(updateAccess(await as(tx, ada), ends(ada, nextYear))).rejects.toEqual(own);
    const ctx = await as(tx, bea);
    const joined = addMember(ctx, { groupId: group.id, userId: bea.id, endsAt: nextYear });
    await expect(joined).rejects.toEqual(own);
    const carried = { id: group.id, version: group.version, roles: [{ roleId: admin.id, endsAt: nextYear }] };
    await expect(updateGroupRoles(ctx, carried)).rejects.toEqual(own);
    await updateAccess(ctx, ends(ada, nextYear));
  }));

test("administration for a time can be given another end, and a second way to it an end of its own (U16)", () =>
  rolledBack(async (tx) => {
    const { bea, admin, group } = await throughGroup(tx);
    const ctx = await as(tx, bea);
    await tx.insert(userRoles).values({ userId: bea.id, roleId: admin.id });
    await addMember(ctx, { groupId: group.id, userId: bea.id, endsAt: nextYear });
    await tx.delete(userRoles).where(eq(userRoles.userId, bea.id));
    await tx.update(groupMembers).set({ endsAt: later }).where(eq(groupMembers.userId, bea.id));
    await addMember(await as(tx, bea), { groupId: group.id, userId: bea.id, endsAt: nextYear });
    const [kept] = await tx.select().from(groupMembers).where(eq(groupMembers.userId, bea.id));
    expect(kept?.endsAt).toEqual(nextYear);
  }));
