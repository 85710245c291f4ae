import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { users } from "@/db/schema";
import { differenceOf } from "@/lib/authz/difference";
import { loadAccountAccess } from "@/lib/authz/service-accounts";
import type { Ctx } from "@/lib/context";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import type { Command } from "@/lib/kernel/command";
import type { Affected } from "@/lib/previews/compare";
import { type PreviewLine, previewChange } from "@/lib/previews/preview";
import { createRole } from "@/lib/roles/commands/create";
import { updateRole } from "@/lib/roles/commands/update";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { company } from "@/lib/testing/company";
import { as, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

type Held = { operation: string; scope: Scope };
const all = (...operations: string[]): Held[] => operations.map((operation) => ({ operation, scope: "all" }));
const forms = { description: "", combinesWith: [], rank: null };

/** Lee may see users and groups, and owns an account with a role of that. */
async function stage(tx: Tx) {
  const people = await company(tx);
  const ctx = await as(tx, people.ada);
  const role = async (name: string, operations: Held[]) =>
    (await createRole(ctx, { ...forms, kind: "additional", name, operations })).id;
  const helper = await role("Helper", all("user.read", "group.read"));
  const roles = async (id: string, additionalRoleIds: string[]) => {
    const [person] = await tx.select().from(users).where(eq(users.id, id));
    const { memberships: _, roleEnds: __, ...form } = await storedForm(tx, person!);
    return { ...form, id, additionalRoleIds, accessEndsAt: null, password: "", confirmPassword: "" };
  };
  const robotOf = async (ownerId: string, name: string) =>
    (await createAccount(ctx, { name, ownerId, roleIds: [helper] })).id;
  return { ...people, ctx, helper, role, roles, robotOf };
}

const told = (lines: PreviewLine[]) =>
  lines.map(({ people, count, operations }) => [
    people.map(({ name }) => name).join(", ") || count,
    ...operations.map(({ operation, scope }) => `${operation} ${scope}`).sort(),
  ]);

/** What is foreseen of an account is what comes (R9). */
async function foreseen<S extends z.ZodType, V>(
  tx: Tx,
  ctx: Ctx,
  affected: Affected,
  command: Command<S, V>,
  input: z.output<S>,
  account: { roleIds: string[]; ownerId: string; nextOwnerId?: string },
) {
  const access = async (ownerId: string) => (await loadAccountAccess(tx, { ...account, ownerId }, new Date())).access;
  const before = await access(account.ownerId);
  const { accounts } = await previewChange(ctx, command, input, affected);
  await command(ctx, input);
  const { gains, loses } = differenceOf(before, await access(account.nextOwnerId ?? account.ownerId));
  const keys = (lines: PreviewLine[]) =>
    lines.flatMap(({ operations }) => operations.map(({ operation }) => operation));
  expect(keys(accounts.gains).sort()).toEqual(gains.map(({ operation }) => operation).sort());
  expect(keys(accounts.loses).sort()).toEqual(loses.map(({ operation }) => operation).sort());
  return accounts;
}

test("R9, T6: what a person loses or gains their service accounts lose or gain, and the preview names these", () =>
  rolledBack(async (tx) => {
    const { ctx, lee, helper, roles, robotOf } = await stage(tx);
    await updateUser(ctx, await roles(lee.id, [helper]));
    await robotOf(lee.id, "Nightly");
    const account = { roleIds: [helper], ownerId: lee.id };
    const taken = await roles(lee.id, []);
    const lost = await foreseen(tx, ctx, { people: [lee.id] }, updateUser, taken, account);
    expect([lost.count, told(lost.gains), told(lost.loses)]).toEqual([
      1,
      [],
      [["Nightly", "group.read all", "user.read all"]],
    ]);
    const given = await roles(lee.id, [helper]);
    const won = await foreseen(tx, ctx, { people: [lee.id] }, updateUser, given, account);
    expect(told(won.gains)).toEqual([["Nightly", "group.read all", "user.read all"]]);
  }));

test("R9, T6: so do those of the holders of a role, and those that have it themselves", () =>
  rolledBack(async (tx) => {
    const { ctx, ada, lee, helper, roles, robotOf } = await stage(tx);
    await updateUser(ctx, await roles(lee.id, [helper]));
    await robotOf(lee.id, "Of Lee");
    await robotOf(ada.id, "Of Ada");
    const input = { ...forms, id: helper, version: 1, name: "Helper", operations: all("user.read") };
    const account = { roleIds: [helper], ownerId: ada.id };
    const preview = await foreseen(tx, ctx, { roleId: helper }, updateRole, input, account);
    expect(told(preview.loses)).toEqual([["Of Ada, Of Lee", "group.read all"]]);
  }));

test("R9, T6: and those of the members of a group that is deleted, by number where they are out of sight (R11)", () =>
  rolledBack(async (tx) => {
    const { ctx, lee, sam, helper, role, roles, robotOf } = await stage(tx);
    const carried = [{ roleId: helper, endsAt: null }];
    const { id } = await createGroup(ctx, { name: "Helpers", description: "", ownerId: null, roles: carried });
    for (const { id: userId } of [lee, sam]) await addMember(ctx, { groupId: id, userId, endsAt: null });
    await robotOf(lee.id, "Of Lee");
    await robotOf(sam.id, "Of Sam");
    const groups = await role("Groups", [
      ...all("group.read", "group.delete", "user.read"),
      { operation: "service_account.read", scope: "self" },
    ]);
    await updateUser(ctx, await roles(lee.id, [groups]));
    const { accounts } = await previewChange(await as(tx, lee), deleteGroup, { id, version: 1 }, { groupId: id });
    expect(accounts.count).toBe(1);
    expect(told(accounts.loses)).toEqual([[1, "group.read all", "user.read all"]]);
  }));

test("R9, U11: before an owner is removed, the preview shows what their service accounts can no longer do under the next one", () =>
  rolledBack(async (tx) => {
    const { ctx, ada, lee, sam, helper, roles, robotOf } = await stage(tx);
    await updateUser(ctx, await roles(lee.id, [helper]));
    const id = await robotOf(lee.id, "Nightly");
    const handing = (ownerId: string) => ({ id: lee.id, owners: [{ id, ownerId }], managerId: null });
    const kept = await previewChange(ctx, archiveUser, handing(ada.id), { people: [lee.id] });
    expect([kept.accounts.count, kept.people.count]).toEqual([0, 0]);
    const account = { roleIds: [helper], ownerId: lee.id, nextOwnerId: sam.id };
    const preview = await foreseen(tx, ctx, { people: [lee.id] }, archiveUser, handing(sam.id), account);
    expect(told(preview.loses)).toEqual([["Nightly", "group.read all", "user.read all"]]);
  }));
