import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { links, userRoles, users } from "@/db/schema";
import { changeEmail } from "@/lib/account/commands";
import { confirmEmail } from "@/lib/account/confirm-email";
import { hashPassword } from "@/lib/auth/password-queue";
import { generateClient } from "@/lib/clients/commands";
import { registerClient } from "@/lib/clients/register";
import type { Ctx } from "@/lib/context";
import { acceptInvitation, sendInvitation } from "@/lib/invitations/commands";
import { issueLink } from "@/lib/links/issue";
import { findInvitation, findOpenLink } from "@/lib/links/queries";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { requestPassword } from "@/lib/passwords/commands/request";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, asOperator, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { mailsTo, setUpMail, tokenOf } from "@/lib/testing/mails";
import { purgeUser } from "@/lib/users/commands/purge";

const password = "seven lanterns over the harbour";
const entries = (token: string) => ({ token, newPassword: password, confirmPassword: password });

/** Nora is invited and Eve works; Hal may help everybody who is no more than an engineer. */
async function stage(tx: Tx) {
  const people = await company(tx);
  const hal = await makeUser(tx, {
    username: "hal",
    firstName: "Hal",
    roles: ["Admin"],
    primaryRole: "Quality Manager",
  });
  const nora = await makeUser(tx, { username: "nora", status: "invited" });
  return { ...people, hal, nora };
}

type Stage = Awaited<ReturnType<typeof stage>>;
type Made = { person: { id: string }; use: () => Promise<unknown>; operation: string };

const publicKey = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };

/** Each way to hand something out for somebody. */
const ways: Record<string, (tx: Tx, ctx: Ctx, on: Stage) => Promise<Made>> = {
  "an invitation": async (tx, ctx, { nora }) => {
    const token = tokenOf((await sendInvitation(ctx, { id: nora.id })).link);
    return { person: nora, operation: "invitation.accept", use: () => acceptInvitation(asNobody(tx), entries(token)) };
  },
  "a link for a new password": async (tx, ctx, { eve }) => {
    const token = tokenOf((await resetPassword(ctx, { id: eve.id, way: "link" })).link);
    return { person: eve, operation: "password.redeem", use: () => redeemReset(asNobody(tx), entries(token)) };
  },
  "a link for a new address": async (tx, ctx, { eve }) => {
    const address = "eve@elsewhere.example";
    const token = tokenOf((await issueLink(ctx, tx, { purpose: "email_change", userId: eve.id, address })).href);
    return { person: eve, operation: "email.confirm", use: () => confirmEmail(asNobody(tx), { token }) };
  },
  "a provision token": async (tx, ctx, { eve }) => {
    const { token } = await generateClient(ctx, { userId: eve.id, name: "laptop" });
    const input = { token, publicKey, version: "1.0", platform: "linux" };
    return { person: eve, operation: "client.register", use: () => registerClient(asNobody(tx), input as never) };
  },
};

/** What can happen between the making and the use. */
const changes: Record<string, (tx: Tx, on: Stage, made: Made) => Promise<unknown>> = {
  "the person became an auditor and the maker is no administrator any more": async (tx, { hal }, { person }) => {
    const { id } = await roleNamed(tx, "Auditor");
    await tx.insert(userRoles).values({ userId: person.id, roleId: id });
    await tx.delete(userRoles).where(eq(userRoles.userId, hal.id));
  },
  "the maker was disabled": (tx, { hal }) => tx.update(users).set({ status: "disabled" }).where(eq(users.id, hal.id)),
  "the maker's access has ended": (tx, { hal }) =>
    tx
      .update(users)
      .set({ accessEndsAt: new Date(Date.now() - 1000) })
      .where(eq(users.id, hal.id)),
  "the maker was archived": (tx, { hal }) =>
    tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, hal.id)),
  "the maker was purged": async (tx, { hal, ada }) => {
    await tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, hal.id));
    await purgeUser(await as(tx, ada), { id: hal.id, username: "hal" });
  },
};

const outgrown = /may no longer manage/;

describe.each(Object.entries(ways))("%s is checked again when it is used (R15)", (_, make) => {
  test("and works while its maker could act on the person", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { use } = await make(tx, await as(tx, on.hal), on);
      await use();
    }));

  test.each(Object.entries(changes))("not when %s; it gets the reason", (__, change) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const made = await make(tx, await as(tx, on.hal), on);
      await change(tx, on, made);
      await expect(made.use()).rejects.toMatchObject({ message: expect.stringMatching(outgrown) });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: made.operation, outcome: "refused", personId: made.person.id });
      expect(event.values["fact.reason"]).toMatch(outgrown);
    }),
  );

  test("and works when the server's owner made it", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { person, use } = await make(tx, asOperator(tx), on);
      await tx.insert(userRoles).values({ userId: person.id, roleId: (await roleNamed(tx, "Auditor")).id });
      await use();
    }));
});

test("the page of such a link shows it as no longer working, and the account's page says that it does not work", () =>
  rolledBack(async (tx) => {
    const on = await stage(tx);
    const token = tokenOf((await sendInvitation(await as(tx, on.hal), { id: on.nora.id })).link);
    expect(await findOpenLink(asNobody(tx), "invitation", token)).not.toBeNull();
    await tx.delete(userRoles).where(eq(userRoles.userId, on.hal.id));
    await tx.insert(userRoles).values({ userId: on.nora.id, roleId: (await roleNamed(tx, "Auditor")).id });
    expect(await findOpenLink(asNobody(tx), "invitation", token)).toBeNull();
    expect(await findInvitation(await as(tx, on.ada), on.nora.id)).toMatchObject({ state: "outgrown" });
  }));

test("what somebody asked for themselves works whatever they have become", () =>
  rolledBack(async (tx) => {
    const { eve } = await stage(tx);
    await setUpMail(tx);
    await requestPassword(asNobody(tx), { name: "eve" });
    const [mail] = await mailsTo(tx, eve.email);
    await tx.insert(userRoles).values({ userId: eve.id, roleId: (await roleNamed(tx, "Auditor")).id });
    await redeemReset(asNobody(tx), entries(tokenOf(mail?.values.link)));

    const sue = await makeUser(tx, { username: "sue", hash: await hashPassword(password) });
    const own = await as(tx, sue);
    await changeEmail(own, { email: "sue@elsewhere.example", currentPassword: password, version: 1 });
    const [confirmation] = await mailsTo(tx, "sue@elsewhere.example");
    const [link] = await tx.select().from(links).where(eq(links.userId, sue.id));
    expect(link?.createdBy).toBe(sue.id);
    await tx.insert(userRoles).values({ userId: sue.id, roleId: (await roleNamed(tx, "Auditor")).id });
    await confirmEmail(asNobody(tx), { token: tokenOf(confirmation?.values.link) });
  }));

test("a maker whose access ends sooner than the person's is no match for them (R13)", () =>
  rolledBack(async (tx) => {
    const on = await stage(tx);
    const token = tokenOf((await sendInvitation(await as(tx, on.hal), { id: on.nora.id })).link);
    const soon = new Date(Date.now() + 86_400_000);
    await tx.update(users).set({ accessEndsAt: soon }).where(eq(users.id, on.hal.id));
    await expect(acceptInvitation(asNobody(tx), entries(token))).rejects.toEqual(refused("precondition", outgrown));
  }));
