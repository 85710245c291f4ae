import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groups, roleCombinations, roleOperations, users } from "@/db/schema";
import { updateAccount } from "@/lib/account/commands";
import { confirmEmail } from "@/lib/account/confirm-email";
import type { Ctx } from "@/lib/context";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup } from "@/lib/groups/commands/update";
import { issueLink } from "@/lib/links/issue";
import { updateRole } from "@/lib/roles/commands/update";
import type { UpdateRole } from "@/lib/roles/schema";
import { company } from "@/lib/testing/company";
import { as, asNobody, asOperator, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { tokenOf } from "@/lib/testing/mails";
import { archiveUser } from "@/lib/users/commands/archive";
import { purgeUser } from "@/lib/users/commands/purge";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import type { UpdateUser } from "@/lib/users/schema";

type Someone = { id: string };

const stored = async (tx: Tx, { id }: Someone) => (await tx.select().from(users).where(eq(users.id, id)))[0]!;

async function form(tx: Tx, person: Someone): Promise<UpdateUser> {
  const row = await stored(tx, person);
  const { memberships, roleEnds, accessEndsAt, ...fields } = await storedForm(tx, row);
  return { id: person.id, ...fields, accessEndsAt: row.accessEndsAt, password: "", confirmPassword: "" };
}

async function roleForm(tx: Tx, name: string, more: Partial<UpdateRole> = {}): Promise<UpdateRole> {
  const { id, version, description, rank } = await roleNamed(tx, name);
  const combined = await tx.select().from(roleCombinations).where(eq(roleCombinations.roleId, id));
  const operations = await tx
    .select({ operation: roleOperations.operation, scope: roleOperations.scope })
    .from(roleOperations)
    .where(eq(roleOperations.roleId, id));
  const combinesWith = combined.map((row) => row.primaryRoleId);
  return { id, version, name, description, rank, combinesWith, operations, ...more };
}

/** The company with Bob, a second administrator, and a group of his. */
async function twoAdministrators(tx: Tx) {
  const people = await company(tx);
  const bob = await makeUser(tx, {
    username: "bob",
    firstName: "Bob",
    lastName: "Baker",
    primaryRole: "Quality Manager",
    roles: ["Admin"],
  });
  const [asAda, asBob] = [await as(tx, people.ada), await as(tx, bob)];
  const { id: groupId } = await createGroup(asBob, { name: "Nightly", description: "", ownerId: null, roles: [] });
  return { ...people, bob, asAda, asBob, groupId };
}

/** The answer to saving a form that was opened before `meanwhile`. */
async function toldTo(ctx: Ctx, tx: Tx, person: Someone, meanwhile: () => Promise<unknown>) {
  const opened = await form(tx, person);
  await meanwhile();
  return updateUser(ctx, { ...opened, lastName: "Late" }).then(
    () => null,
    ({ code, message, details, named }) => ({ code, message, named, ...details }),
  );
}

test("a membership that somebody gave, took or ended with its group names them, not who saved the form last (U9)", () =>
  rolledBack(async (tx) => {
    const { eve, bob, asAda, asBob, groupId } = await twoAdministrators(tx);
    await updateUser(asAda, { ...(await form(tx, eve)), lastName: "Engineer-Park" });
    const member = { groupId, userId: eve.id };
    for (const change of [
      () => addMember(asBob, { ...member, endsAt: null }),
      () => removeMember(asBob, member),
      async () => {
        const { version } = await stored(tx, eve);
        await updateAccess(asBob, { id: eve.id, version, memberships: [{ groupId, endsAt: null }], roleEnds: [] });
      },
      () => deleteGroup(asBob, { id: groupId, version: 1 }),
    ]) {
      const told = await toldTo(asAda, tx, eve, change);
      expect(told).toMatchObject({ code: "conflict", savedBy: "Bob Baker", self: false, named: [bob.id] });
      expect(told?.message).toMatch(/^Bob Baker saved this user in the meantime\./);
      expect(new Date(told?.savedAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
    }
    expect((await lastEvent(tx)).namedIds).toEqual([bob.id]);
  }));

test("a form that was open while the manager was removed does not put the old one back, and says who removed them (U9, U11)", () =>
  rolledBack(async (tx) => {
    const { lee, eve, quinn, asAda, asBob } = await twoAdministrators(tx);
    const opened = await form(tx, eve);
    await archiveUser(asBob, { id: lee.id, owners: [], managerId: quinn.id });
    await expect(updateUser(asAda, { ...opened, lastName: "Late" })).rejects.toMatchObject({
      code: "conflict",
      details: { savedBy: "Bob Baker", current: { managerId: quinn.id } },
    });
  }));

test("the actor is named as another window, the command line and the person themselves by what they are (U9)", () =>
  rolledBack(async (tx) => {
    const { eve, asAda } = await twoAdministrators(tx);
    const rename = (ctx: Ctx) => async () => updateUser(ctx, { ...(await form(tx, eve)), lastName: "Park" });
    expect(await toldTo(asAda, tx, eve, rename(asAda))).toMatchObject({
      message: expect.stringMatching(/^You saved this user in another window in the meantime\./),
      savedBy: "you",
      self: true,
      named: [],
    });
    expect(await toldTo(asAda, tx, eve, rename(asOperator(tx)))).toMatchObject({
      message: expect.stringMatching(/^The server's owner saved/),
      named: [],
    });
    const asEve = await as(tx, eve);
    const { href } = await issueLink(asEve, tx, {
      purpose: "email_change",
      userId: eve.id,
      address: "new@eve.example",
    });
    const confirm = () => confirmEmail(asNobody(tx), { token: tokenOf(href) });
    expect(await toldTo(asAda, tx, eve, confirm)).toMatchObject({ savedBy: "Eve Park", named: [eve.id] });
  }));

test("somebody out of sight, purged or from before this was kept is not named (U9, R11, U14)", () =>
  rolledBack(async (tx) => {
    const { eve, lee, bob, asAda, asBob } = await twoAdministrators(tx);
    const byBob = async () => updateUser(asBob, { ...(await form(tx, eve)), firstName: "Eva" });
    const { id: lead } = await roleNamed(tx, "Quality Lead");
    await tx.insert(roleOperations).values({ roleId: lead, operation: "user.update", scope: "reports" });
    const told = await toldTo(await as(tx, lee), tx, eve, byBob);
    expect(told).toMatchObject({ savedBy: "somebody outside your view", named: [] });
    expect(told?.message).toMatch(/^Somebody outside your view saved this user/);
    const opened = await form(tx, eve);
    await byBob();
    await archiveUser(asAda, { id: bob.id, owners: [], managerId: null });
    await purgeUser(asAda, { id: bob.id, username: "bob" });
    await expect(updateUser(asAda, opened)).rejects.toThrow(`Purged user …${bob.id.slice(-4)} saved this user`);
    await tx.update(users).set({ versionEventId: null }).where(eq(users.id, eve.id));
    await expect(updateUser(asAda, opened)).rejects.toMatchObject({
      message: expect.stringMatching(/^Somebody saved this user in the meantime\./),
      details: { savedAt: null },
    });
  }));

test("groups, roles and one's own details say who as well (U9)", () =>
  rolledBack(async (tx) => {
    const { ada, eve, bob, lee, asAda, asBob, groupId } = await twoAdministrators(tx);
    const group = { id: groupId, version: 1, name: "Nightly", description: "", ownerId: lee.id };
    await updateGroup(asBob, group);
    const late = { ...group, description: "Late." };
    await expect(updateGroup(asAda, late)).rejects.toThrow(/^Bob Baker saved Nightly in the meantime, so/);
    await expect(updateGroup(asBob, late)).rejects.toThrow(/^You saved Nightly in another window in the meantime, so/);
    await archiveUser(asAda, { id: lee.id, owners: [{ id: groupId, ownerId: bob.id }], managerId: ada.id });
    const [{ version } = { version: 0 }] = await tx.select().from(groups).where(eq(groups.id, groupId));
    await expect(updateGroup(asBob, { ...late, version: version - 1 })).rejects.toThrow(/^Ada Admin saved Nightly/);

    const [auditor, lead] = [await roleForm(tx, "Auditor"), await roleForm(tx, "Quality Lead")];
    await updateRole(asBob, { ...auditor, description: "First." });
    await expect(updateRole(asAda, auditor)).rejects.toThrow(
      /^Bob Baker saved Auditor in the meantime or changed its rank/,
    );
    await updateRole(asBob, await roleForm(tx, "Quality Engineer", { rank: 1 }));
    await expect(updateRole(asAda, lead)).rejects.toThrow(
      /^Bob Baker saved Quality Lead in the meantime or changed its rank/,
    );

    const asEve = await as(tx, eve);
    const own = { firstName: "Eva", lastName: "Engineer", version: (await stored(tx, eve)).version };
    await updateAccount(asEve, own);
    await expect(updateAccount(asEve, own)).rejects.toThrow(
      /^Your details were changed in the meantime in another window: /,
    );
    await updateUser(asBob, { ...(await form(tx, eve)), firstName: "Evi" });
    await expect(updateAccount(asEve, own)).rejects.toThrow(
      /^Your details were changed in the meantime by somebody outside your view: Evi Engineer/,
    );
  }));
