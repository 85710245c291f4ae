import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { passwords, userRoles, users } from "@/db/schema";
import { statusAt } from "@/lib/authz/account-status";
import { someAdministrators } from "@/lib/authz/administrators";
import { acceptInvitation, revokeInvitation, sendInvitation } from "@/lib/invitations/commands";
import { findInvitation, findOpenLink } from "@/lib/links/queries";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, lastEvent, roleNamed, rolledBack } from "@/lib/testing/database";
import { mailsTo, setUpMail, tokenOf } from "@/lib/testing/mails";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";
import type { CreateUser } from "@/lib/users/schema";

const password = "seven lanterns over the harbour";
const address = "nora@northwind.example";

async function stage(tx: Tx, { mail = true } = {}) {
  const people = await company(tx);
  if (mail) await setUpMail(tx);
  const ada = await as(tx, people.ada);
  const create = (more: Partial<CreateUser> = {}) =>
    createUser(ada, {
      configuration: "default",
      username: "nora",
      email: address,
      firstName: "Nora",
      lastName: "New",
      primaryRoleId: people.eve.primaryRoleId,
      additionalRoleIds: [],
      managerId: null,
      groupIds: [],
      credentials: "invite",
      password: "",
      confirmPassword: "",
      mustChangePassword: true,
      ...more,
    });
  const row = async (id: string) => (await tx.select().from(users).where(eq(users.id, id)))[0]!;
  const accept = (token: string) =>
    acceptInvitation(asNobody(tx), { token, newPassword: password, confirmPassword: password });
  return { ...people, as: ada, create, row, accept };
}

describe("U5: createUser", () => {
  test("by invitation: invited, without a password, and the link is in the mail alone", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const created = await on.create();
      expect(created).toMatchObject({ password: null, link: null, mailed: true });
      expect(await on.row(created.id)).toMatchObject({ status: "invited", mustChangePassword: false });
      expect(await tx.select().from(passwords).where(eq(passwords.userId, created.id))).toEqual([]);
      const [mail] = await mailsTo(tx, address);
      expect(mail).toMatchObject({ template: "invitation", values: { invitedBy: "Ada Admin" } });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "user.create", outcome: "succeeded", personId: created.id });
      expect(JSON.stringify(event)).not.toContain(tokenOf(mail?.values.link));
      await on.accept(tokenOf(mail?.values.link));
      expect((await on.row(created.id)).status).toBe("active");
    }));

  test("without mail the link is given back, once", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      const { id, link, mailed } = await on.create();
      expect(mailed).toBe(false);
      await on.accept(tokenOf(link));
      expect((await on.row(id)).status).toBe("active");
    }));

  test("with a password, the notification contains a link and never the password", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { id, password: generated } = await on.create({ credentials: "generate", notify: true });
      expect(await on.row(id)).toMatchObject({ status: "active", mustChangePassword: true });
      const [mail] = await mailsTo(tx, address);
      expect(JSON.stringify(mail)).not.toContain(generated);
      await on.accept(tokenOf(mail?.values.link));
      expect(await on.row(id)).toMatchObject({ status: "active", mustChangePassword: false });
    }));

  test("with a password and no notification nothing is sent", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await on.create({ credentials: "generate" });
      expect(await mailsTo(tx, address)).toEqual([]);
    }));
});

describe("invitations", () => {
  test("S6: sent again, the first no longer works", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { id } = await on.create();
      const newest = async () => tokenOf((await mailsTo(tx, address)).at(-1)?.values.link);
      const first = await newest();
      expect(await sendInvitation(on.as, { id })).toEqual({
        id,
        link: null,
        linkExpiresAt: expect.any(Date),
        mailed: true,
      });
      expect(await lastEvent(tx)).toMatchObject({ operation: "invitation.send", personId: id });
      expect(await findOpenLink(on.as, "invitation", first)).toBeNull();
      await expect(on.accept(first)).rejects.toEqual(refused("precondition"));
      await on.accept(await newest());
    }));

  test("revoked, it no longer works, and says so", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      const { id, link } = await on.create();
      await revokeInvitation(on.as, { id });
      expect(await lastEvent(tx)).toMatchObject({ operation: "invitation.revoke", outcome: "succeeded" });
      expect(await findInvitation(on.as, id)).toMatchObject({ state: "revoked" });
      await expect(on.accept(tokenOf(link))).rejects.toEqual(refused("precondition"));
      await expect(revokeInvitation(on.as, { id })).rejects.toEqual(refused("precondition", /no pending invitation/));
    }));

  test("refuses to invite somebody who is active", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await expect(sendInvitation(on.as, { id: on.eve.id })).rejects.toEqual(refused("precondition", /Eve Engineer/));
      expect(await lastEvent(tx)).toMatchObject({ operation: "invitation.send", outcome: "refused" });
    }));

  test("R11: shows none of somebody whom one does not see", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { id } = await on.create();
      expect(await findInvitation(await as(tx, on.eve), id)).toBeNull();
      await expect(sendInvitation(await as(tx, on.lee), { id })).rejects.toEqual(refused("not_found"));
    }));

  test("a new address, by an administrator, revokes what went to the old one and logs it", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { id } = await on.create();
      const [invited] = await mailsTo(tx, address);
      const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(tx, await on.row(id));
      const unchanged = { id, ...form, accessEndsAt: null, password: "", confirmPassword: "" };
      await updateUser(on.as, { ...unchanged, email: "nora@elsewhere.example" });
      await expect(on.accept(tokenOf(invited?.values.link))).rejects.toEqual(refused("precondition"));
      const told = await mailsTo(tx, address);
      expect(told.at(-1)).toEqual({
        template: "email_changed_notice",
        values: { newAddress: "nora@elsewhere.example" },
      });
    }));

  test("U13: an invitation from before an archiving no longer works after restoring", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      const { id, link } = await on.create();
      await tx.update(users).set({ status: "archived", statusBeforeArchive: "invited" }).where(eq(users.id, id));
      await restoreUser(on.as, { id });
      expect((await on.row(id)).status).toBe("invited");
      await expect(on.accept(tokenOf(link))).rejects.toEqual(refused("precondition"));
      expect(await sendInvitation(on.as, { id })).toMatchObject({ mailed: false });
    }));

  test("U10: invited, disabled to an end that passes: invited again, sent an invitation, and active by it", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      const { id, link } = await on.create();
      await disableUser(on.as, { id, reason: "Not yet", until: new Date(Date.now() + 60_000) });
      await expect(sendInvitation(on.as, { id })).rejects.toEqual(refused("precondition", /is disabled/));
      await tx.update(users).set({ disabledUntil: new Date() }).where(eq(users.id, id));
      expect(statusAt(await on.row(id), new Date())).toBe("invited");
      await expect(on.accept(tokenOf(link))).rejects.toEqual(refused("precondition"));
      const again = await sendInvitation(on.as, { id });
      await on.accept(tokenOf(again.link));
      expect(statusAt(await on.row(id), new Date())).toBe("active");
    }));

  test("U10: a person who is given a password while disabled is active when that is over", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      const { id } = await on.create();
      await disableUser(on.as, { id, reason: "Not yet", until: new Date(Date.now() + 60_000) });
      const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(tx, await on.row(id));
      await updateUser(on.as, { id, ...form, accessEndsAt: null, password, confirmPassword: password });
      expect(statusAt(await on.row(id), new Date())).toBe("disabled");
      await enableUser(on.as, { id });
      expect(statusAt(await on.row(id), new Date())).toBe("active");
    }));

  test("U15: an invited person is no administrator, also after a disablement that is over", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      const { id } = await on.create({ primaryRoleId: (await roleNamed(tx, "Quality Manager")).id });
      await tx.insert(userRoles).values({ userId: id, roleId: (await roleNamed(tx, "Admin")).id });
      const over = {
        status: "disabled",
        statusBeforeDisable: "invited",
        disabledUntil: new Date("2001-01-01"),
      } as const;
      await tx.update(users).set(over).where(eq(users.id, id));
      expect(await someAdministrators(tx, new Date())).toEqual([on.ada.id]);
    }));
});
