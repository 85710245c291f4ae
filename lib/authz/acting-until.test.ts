import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupRoles, groups, passkeys, roleOperations, roles, userRoles, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { resetFactors } from "@/lib/factors/commands/reset";
import { addMember } from "@/lib/groups/commands/add-member";
import { deleteGroup } from "@/lib/groups/commands/delete";
import type { OperationKey } from "@/lib/operations";
import { listChartIssues } from "@/lib/organisation/chart-issues";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { updateRole } from "@/lib/roles/commands/update";
import { endAllSessions } from "@/lib/sessions/commands";
import { company, refused } from "@/lib/testing/company";
import { as, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { disableUser } from "@/lib/users/commands/disable";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

const friday = new Date("2099-01-02T18:00:00Z");
const longer = refused("forbidden", /for longer than you can/);

type End = { account?: Date; role?: Date };

/** An administrator until Friday, beside those of the company, who have no end. */
async function stage(tx: Tx, end: End) {
  const people = await company(tx);
  const accessEndsAt = end.account ?? null;
  const temp = await makeUser(tx, { username: "temp", primaryRole: "Quality Manager", accessEndsAt });
  const admin = await roleNamed(tx, "Admin");
  await tx.insert(userRoles).values({ userId: temp.id, roleId: admin.id, endsAt: end.role ?? null });
  const values = { userId: people.ada.id, credentialId: "ada", publicKey: "key", name: "Laptop" };
  await tx.insert(passkeys).values(values);
  return { ...people, temp, ctx: await as(tx, temp) };
}

const acts: [OperationKey, (ctx: Ctx, id: string) => Promise<unknown>][] = [
  ["password.reset", (ctx, id) => resetPassword(ctx, { id, way: "generate" })],
  ["factor.reset", (ctx, id) => resetFactors(ctx, { id })],
  ["user.disable", (ctx, id) => disableUser(ctx, { id, reason: "test", until: null })],
  ["user.archive", (ctx, id) => archiveUser(ctx, { id, owners: [], managerId: null })],
  ["session.end", (ctx, id) => endAllSessions(ctx, { userId: id })],
];

describe.each<[string, End]>([
  ["whose account ends on Friday", { account: friday }],
  ["whose role ends on Friday", { role: friday }],
])("an administrator %s acts on nobody who holds as much for longer (R13)", (_, end) => {
  test.each(acts)("%s", (operation, act) =>
    rolledBack(async (tx) => {
      const { ada, ctx } = await stage(tx, end);
      await expect(act(ctx, ada.id)).rejects.toEqual(longer);
      expect(await lastEvent(tx)).toMatchObject({ operation, outcome: "refused" });
    }),
  );

  test("nor edits them, nor puts them into a group of their own", () =>
    rolledBack(async (tx) => {
      const { ada, temp, ctx } = await stage(tx, end);
      const { memberships: _, roleEnds: __, ...form } = await storedForm(tx, ada);
      const edited = { ...form, id: ada.id, accessEndsAt: null, firstName: "Adam", password: "", confirmPassword: "" };
      await expect(updateUser(ctx, edited)).rejects.toEqual(longer);
      const [group] = await tx.insert(groups).values({ name: "Own", nameKey: "own", ownerId: temp.id }).returning();
      const joined = { groupId: group!.id, userId: ada.id, endsAt: friday };
      await expect(addMember(ctx, joined)).rejects.toEqual(longer);
    }));

  test("nor restores an administrator who had no end", () =>
    rolledBack(async (tx) => {
      const { ada, ctx } = await stage(tx, end);
      const archived = { status: "archived" as const, statusBeforeArchive: "active" as const };
      await tx.update(users).set(archived).where(eq(users.id, ada.id));
      await expect(restoreUser(ctx, { id: ada.id })).rejects.toEqual(longer);
    }));

  test("except on people who hold it for no longer, and lists agree", () =>
    rolledBack(async (tx) => {
      const { ctx } = await stage(tx, end);
      const brief = await makeUser(tx, { username: "brief", accessEndsAt: friday });
      const lasting = new Date(friday.getTime() + 1);
      await makeUser(tx, { username: "lasting", primaryRole: "Quality Manager", accessEndsAt: lasting });
      await resetPassword(ctx, { id: brief.id, way: "generate" });
      const listed = await listChartIssues(ctx, "unplaced", {}, { value: 9, kind: "exact" });
      const may = Object.fromEntries(listed.rows.map(({ username, mayEdit }) => [username, mayEdit]));
      expect(may).toMatchObject({ brief: true, lasting: false, ada: false });
    }));
});

const forThatLong = refused("forbidden", /do not hold for that long/);

test("nor takes from others, by a group or a role, what lasts longer (R8)", () =>
  rolledBack(async (tx) => {
    const { ctx } = await stage(tx, { account: friday });
    const drawn = { name: "Reader", nameKey: "reader", kind: "additional" as const };
    const [reader] = await tx.insert(roles).values(drawn).returning();
    await tx.insert(roleOperations).values({ roleId: reader!.id, operation: "user.read", scope: "all" });
    const [group] = await tx.insert(groups).values({ name: "Readers", nameKey: "readers" }).returning();
    await tx.insert(groupRoles).values({ groupId: group!.id, roleId: reader!.id });
    await expect(deleteGroup(ctx, { id: group!.id, version: 1 })).rejects.toEqual(forThatLong);
    const emptied = { id: reader!.id, version: 1, name: "Reader", description: "", rank: null, combinesWith: [] };
    await expect(updateRole(ctx, { ...emptied, operations: [] })).rejects.toEqual(forThatLong);
    await tx.update(groupRoles).set({ endsAt: friday }).where(eq(groupRoles.groupId, group!.id));
    await deleteGroup(ctx, { id: group!.id, version: 1 });
  }));
