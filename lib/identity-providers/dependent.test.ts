import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { identities, passkeys, sessionIdTokens, sessions, users } from "@/db/schema";
import { plain } from "@/lib/audit/fields";
import { keepIdToken } from "@/lib/auth/id-tokens";
import type { Ctx } from "@/lib/context";
import { mayGivePassword } from "@/lib/factors/policy";
import { needsAttention } from "@/lib/home/attention";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { deleteProvider, disableProvider, enableProvider } from "@/lib/identity-providers/commands/state";
import { countDependent } from "@/lib/identity-providers/dependent";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { requestPassword } from "@/lib/passwords/commands/request";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { withKeeper } from "@/lib/people/keeper";
import { signIn } from "@/lib/sign-in/sign-in";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, asNobody, type Draft, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { makeProviders, providerForm } from "@/lib/testing/identity-providers";
import { mailsTo, setUpMail, tokenOf } from "@/lib/testing/mails";
import { updateUser } from "@/lib/users/commands/update";
import { abilitiesOn, getUser } from "@/lib/users/queries";

const peer = hostilePeer();

const wayIn = async (ctx: Ctx, id: string) => (await getUser(ctx, id)).wayIn;

/** Two providers; `person` makes somebody whom the first knows, with what else they have. */
async function stage(tx: Tx) {
  const people = await company(tx);
  await setUpMail(tx);
  const ctx = await as(tx, people.ada);
  const { enabled, tested } = await makeProviders(ctx, tx, peer);
  const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
  const know = (user: { id: string }, { id }: { id: string }) =>
    tx
      .insert(identities)
      .values({ providerId: id, issuer: peer.issuer, subject: user.id, userId: user.id, claims })
      .returning();
  const person = async (draft: Draft = {}) => {
    const user = await makeUser(tx, { primaryRole: "Quality Engineer", configuration: enabled.slug, ...draft });
    await know(user, enabled);
    return user;
  };
  const row = async ({ id }: { id: string }) => (await tx.select().from(users).where(eq(users.id, id)))[0]!;
  return { ...people, ctx, enabled, tested, know, person, row };
}

test("people who can sign in through a provider alone are counted, and nobody else", () =>
  rolledBack(async (tx) => {
    const { ctx, enabled, tested, know, person, ada } = await stage(tx);
    const count = async () => (await countDependent(ctx, enabled)).value;
    expect(await count()).toBe(0);
    await person();
    await person({ configuration: "default" });
    await makeUser(tx, { primaryRole: "Quality Engineer", configuration: enabled.slug });
    expect(await count(), "known by it, linked to it, and created for it").toBe(3);
    await person({ hash: "hash" });
    const keyed = await person();
    await tx.insert(passkeys).values({ userId: keyed.id, credentialId: "k", publicKey: "key", name: "Laptop" });
    await person({ status: "disabled" });
    await person({ status: "archived" });
    await know(ada, tested);
    expect(await count()).toBe(3);
    const both = await person();
    await know(both, tested);
    expect(await count(), "a provider that is not enabled is no way in").toBe(4);
    await enableProvider(ctx, { id: tested.id });
    expect(await count()).toBe(3);
  }));

test("as long as the provider is there it keeps the password, also while it is disabled", () =>
  rolledBack(async (tx) => {
    const { ctx, enabled, person, row } = await stage(tx);
    const pia = await person({ firstName: "Pia", lastName: "Peer" });
    await disableProvider(ctx, { id: enabled.id });
    const kept = "Pia Peer signs in through enabled, which manages the password.";
    await expect(resetPassword(ctx, { id: pia.id, way: "link" })).rejects.toEqual(
      refused("precondition", /which manages the password/),
    );
    const abilities = await abilitiesOn(ctx, await withKeeper(ctx.db, await row(pia)));
    expect(abilities["password.reset"]).toMatchObject({ ok: false, reason: kept });
    const form = (await getUser(ctx, pia.id)).form;
    const password = "a password that somebody typed for Pia";
    const edited = { ...form, id: pia.id, accessEndsAt: null, password, confirmPassword: password };
    await expect(updateUser(ctx, edited)).rejects.toEqual(wrongField("password", /enabled, which manages/));
    await requestPassword(asNobody(tx), { name: pia.email });
    expect(await mailsTo(tx, pia.email)).toEqual([]);
    expect(await lastEvent(tx)).toMatchObject({
      operation: "password.request",
      outcome: "refused",
      values: { "fact.reason": "Your password is managed by enabled." },
    });
    expect(mayGivePassword(await withKeeper(tx, await row(pia))).ok).toBe(false);
    expect(await wayIn(ctx, pia.id)).toBe("credential");
  }));

test("once it is deleted its people are listed as without a way in, and can be helped by every means (U13)", () =>
  rolledBack(async (tx) => {
    const { ctx, enabled, person, row } = await stage(tx);
    const pia = await person({ firstName: "Pia", lastName: "Peer" });
    const abel = await person({ firstName: "Abel", lastName: "Peer" });
    const deleted = await deleteProvider(ctx, { id: enabled.id });
    expect(deleted).toMatchObject({ identities: 2, dependent: { kind: "exact", value: 2 } });
    expect((await lastEvent(tx)).values).toMatchObject({ "fact.identities": 2, "fact.withoutWayIn": "2" });
    expect((await row(pia)).configuration, "fixed at creation").toBe("enabled");
    expect(await wayIn(ctx, pia.id)).toBe("none");
    const lines = (await needsAttention(ctx)) ?? [];
    expect(lines.map(({ title }) => plain(title))).toContain("No password yet: Abel Peer");

    expect((await abilitiesOn(ctx, await withKeeper(ctx.db, await row(pia))))["password.reset"]).toEqual({ ok: true });
    const { link } = await resetPassword(ctx, { id: pia.id, way: "link" });
    expect(link).toBeNull();
    expect(await wayIn(ctx, pia.id)).toBe("link");
    const mail = (await mailsTo(tx, pia.email)).find(({ template }) => template === "password_reset");
    const chosen = "seven lanterns over the harbour";
    const entries = { token: tokenOf(String(mail?.values.link)), newPassword: chosen, confirmPassword: chosen };
    await redeemReset(asNobody(tx), entries);
    expect(await signIn(asNobody(tx), { name: pia.username, password: chosen })).toMatchObject({ userId: pia.id });
    expect(await wayIn(ctx, pia.id)).toBe("credential");
    expect(mayGivePassword(await withKeeper(tx, await row(pia))).ok).toBe(true);

    await requestPassword(asNobody(tx), { name: abel.email });
    expect(await mailsTo(tx, abel.email)).toHaveLength(1);
    const made = await resetPassword(ctx, { id: abel.id, way: "generate" });
    expect(made.password).toEqual(expect.any(String));
    expect(await wayIn(ctx, abel.id)).toBe("credential");
    await resetPassword(ctx, { id: abel.id, way: "link" });
    expect(await wayIn(ctx, abel.id), "the password is gone again").toBe("link");
  }));

test("a provider of the same short name keeps them again", () =>
  rolledBack(async (tx) => {
    const { ctx, enabled, person, ada } = await stage(tx);
    const pia = await person();
    await deleteProvider(ctx, { id: enabled.id });
    expect(await wayIn(ctx, pia.id)).toBe("none");
    await createProvider(ctx, providerForm(ada.id, peer, { slug: enabled.slug, name: "Anew" }));
    expect(await wayIn(ctx, pia.id)).toBe("credential");
    await expect(resetPassword(ctx, { id: pia.id, way: "link" })).rejects.toEqual(refused("precondition", /Anew/));
  }));

test("a deletion takes the ID tokens of its sessions along, and leaves the sessions (I7)", () =>
  rolledBack(async (tx) => {
    const { ctx, enabled, person } = await stage(tx);
    const pia = await person();
    const [identity] = await tx.select().from(identities).where(eq(identities.userId, pia.id));
    const began = { userId: pia.id, identityId: identity?.id ?? "", address: "::1", agent: "test" };
    const endsAt = new Date(Date.now() + 86_400_000);
    const [session] = await tx
      .insert(sessions)
      .values({ ...began, endsAt })
      .returning();
    await keepIdToken(tx, session?.id ?? "", "a.b.c");
    await deleteProvider(ctx, { id: enabled.id });
    expect(await tx.$count(sessionIdTokens)).toBe(0);
    expect(await tx.select().from(sessions)).toMatchObject([{ endedAt: null, identityId: null }]);
  }));
