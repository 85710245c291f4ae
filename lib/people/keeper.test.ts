import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import { updateAccount } from "@/lib/account/commands";
import { getAccount } from "@/lib/account/queries";
import { deleteProvider } from "@/lib/identity-providers/commands/state";
import { updateProvider } from "@/lib/identity-providers/commands/update";
import { sendInvitation } from "@/lib/invitations/commands";
import { mailResetLink } from "@/lib/passwords/commands/request";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { refused, wrongField } from "@/lib/testing/company";
import { as, asNobody, lastEvent, rolledBack } from "@/lib/testing/database";
import { hostileCompany, ninaClaims as nina, personOf } from "@/lib/testing/hostile-company";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { detailsOf } from "@/lib/testing/identity-providers";
import { updateUser } from "@/lib/users/commands/update";
import { getUser } from "@/lib/users/queries";

const peer = hostilePeer();

async function stage(tx: Tx) {
  const on = await hostileCompany(tx, peer);
  await on.signIn(nina);
  const user = async () =>
    (await personOf(tx, nina.sub))?.user ??
    (await tx.select().from(users).where(eq(users.username, nina.preferred_username)))[0]!;
  const update = async (more: object) => {
    const { id, version, email, firstName, lastName, primaryRoleId, managerId, accessEndsAt } = await user();
    const form = { id, version, email, firstName, lastName, primaryRoleId, managerId, accessEndsAt };
    return updateUser(on.ctx, { ...form, additionalRoleIds: [], password: "", confirmPassword: "", ...more });
  };
  return { ...on, user, update };
}

const strong = { password: "seven lanterns over the harbour", confirmPassword: "seven lanterns over the harbour" };
const keeps = /^Northwind manages this field. Change it there.$/;

describe("fields of a provider (I4)", () => {
  test("are locked for an administrator; roles, manager and end stay editable", () =>
    rolledBack(async (tx) => {
      const { update, quinn, user, ctx } = await stage(tx);
      for (const [field, value] of [
        ["email", "other@northwind.example"],
        ["firstName", "Mallory"],
        ["lastName", ""],
      ] as const)
        await expect(update({ [field]: value })).rejects.toEqual(wrongField(field, keeps));
      await expect(update(strong)).rejects.toEqual(wrongField("password", /signs in through Northwind/));
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.update", outcome: "refused" });
      await update({ managerId: quinn.id, primaryRoleId: quinn.primaryRoleId });
      expect(await user()).toMatchObject({ managerId: quinn.id, firstName: "Nina" });
      expect((await getUser(ctx, (await user()).id)).keeper).toEqual({
        name: "Northwind",
        fields: ["email", "firstName", "lastName"],
      });
    }));

  test("are locked for the person themselves, who has no password here either", () =>
    rolledBack(async (tx) => {
      const { user } = await stage(tx);
      const { version, lastName, ...me } = await user();
      const own = await as(tx, me);
      await expect(updateAccount(own, { version, firstName: "Mallory", lastName })).rejects.toEqual(
        wrongField("firstName", keeps),
      );
      expect(await getAccount(own)).toMatchObject({
        keeper: { name: "Northwind" },
        password: { ok: false, reason: "Your email and password are managed by Northwind. Change them there." },
      });
    }));

  test("what it does not map is edited here, and stays", () =>
    rolledBack(async (tx) => {
      const { ctx, row, update, signIn, user } = await stage(tx);
      const { mapping } = await row();
      await updateProvider(ctx, { ...detailsOf(await row()), mapping: { ...mapping, lastName: "" } });
      await update({ lastName: "Newman" });
      await signIn({ ...nina, name: "Nina Somebody Else" });
      expect(await user()).toMatchObject({ lastName: "Newman" });
      await expect(update({ firstName: "Mallory" })).rejects.toEqual(wrongField("firstName", keeps));
    }));

  test("a claim that is missing once empties nothing", () =>
    rolledBack(async (tx) => {
      const { signIn, user } = await stage(tx);
      await signIn({ ...nina, family_name: undefined });
      expect(await user()).toMatchObject({ lastName: "New" });
    }));

  test("no link and no password is made for them, with the reason where the button is", () =>
    rolledBack(async (tx) => {
      const { ctx, user } = await stage(tx);
      const { id } = await user();
      const kept = refused("precondition", /^Nina New signs in through Northwind, which manages the password.$/);
      await expect(resetPassword(ctx, { id, way: "link" })).rejects.toEqual(kept);
      await tx.update(users).set({ status: "invited" }).where(eq(users.id, id));
      await expect(sendInvitation(ctx, { id })).rejects.toEqual(refused("precondition", /^Mail is not set up here/));
      const { abilities } = await getUser(ctx, id);
      expect(abilities["password.reset"]).toMatchObject({ ok: false, code: "precondition" });
      expect(abilities["invitation.send"], "which makes no link (I2)").toMatchObject({ ok: true });
      await mailResetLink(asNobody(tx), { userId: id });
      expect((await lastEvent(tx)).values["fact.reason"]).toBe("Your password is managed by Northwind.");
    }));

  test("once the provider is deleted they are edited here", () =>
    rolledBack(async (tx) => {
      const { ctx, id, update, user } = await stage(tx);
      await deleteProvider(ctx, { id });
      await update({ firstName: "Nora", email: "nora@northwind.example" });
      expect(await user()).toMatchObject({ firstName: "Nora", email: "nora@northwind.example" });
      await resetPassword(ctx, { id: (await user()).id, way: "link" });
    }));
});
