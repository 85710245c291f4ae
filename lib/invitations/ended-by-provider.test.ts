import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { identityProviders, users } from "@/db/schema";
import { prepareLink } from "@/lib/identity-providers/commands/prepare-link";
import { acceptInvitation, revokeInvitation } from "@/lib/invitations/commands";
import { issueLink } from "@/lib/links/issue";
import { findInUse, findInvitation, findOpenLink } from "@/lib/links/queries";
import { refused } from "@/lib/testing/company";
import { asNobody, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { hostileCompany, ninaClaims as nina } from "@/lib/testing/hostile-company";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { tokenOf } from "@/lib/testing/mails";

const newPassword = "seven lanterns over the harbour";

const peer = hostilePeer();

/** Ivo is invited, by a link and by a link to his account at the provider. */
async function stage(tx: Tx) {
  const on = await hostileCompany(tx, peer);
  const ivo = await makeUser(tx, { username: "ivo", firstName: "Ivo", lastName: "Invited", status: "invited" });
  const token = tokenOf((await issueLink(on.ctx, tx, { purpose: "invitation", userId: ivo.id })).href);
  await prepareLink(on.ctx, { userId: ivo.id, providerId: on.id, email: nina.email });
  const visitor = asNobody(tx);
  const inUse = () => findInUse(visitor, token);
  return { ...on, ivo, token, visitor, inUse };
}

test("an invitation ends with the first sign-in through a provider, and its page says how one signs in", () =>
  rolledBack(async (tx) => {
    const { ctx, signIn, ivo, token, visitor, inUse, id } = await stage(tx);
    expect(await findOpenLink(visitor, "invitation", token)).toMatchObject({ username: "ivo" });
    expect(await inUse()).toBeNull();
    expect(await signIn(nina)).toBeNull();
    expect(await lastEvent(tx)).toMatchObject({
      operation: "session.start",
      personId: ivo.id,
      values: { "fact.invitation": "ended" },
    });
    expect(await findInvitation(ctx, ivo.id)).toMatchObject({ state: "revoked" });
    expect(await findOpenLink(visitor, "invitation", token)).toBeNull();
    expect(await inUse()).toEqual({ name: "Ivo Invited", provider: { slug: "northwind", name: "Northwind" } });
    await expect(acceptInvitation(visitor, { token, newPassword, confirmPassword: newPassword })).rejects.toEqual(
      refused("precondition", /no longer works/),
    );

    expect(await signIn(nina)).toBeNull();
    expect((await lastEvent(tx)).values).not.toHaveProperty("fact.invitation");
    expect(await inUse(), "still").not.toBeNull();
    await tx.update(identityProviders).set({ state: "disabled" }).where(eq(identityProviders.id, id));
    expect(await inUse(), "where nobody signs in through it").toEqual({ name: "Ivo Invited", provider: null });
    await tx.update(users).set({ status: "disabled" }).where(eq(users.id, ivo.id));
    expect(await inUse(), "an account that is in use no more").toBeNull();
  }));

test("one that was taken back before says nothing about the account, whatever its person does then", () =>
  rolledBack(async (tx) => {
    const { ctx, signIn, ivo, inUse } = await stage(tx);
    await revokeInvitation(ctx, { id: ivo.id });
    expect(await signIn(nina)).toBeNull();
    expect(await inUse()).toBeNull();
  }));
