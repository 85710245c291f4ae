import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import {
  groupMembers,
  groupRoles,
  groups,
  identities,
  passkeys,
  passwords,
  sessions,
  userRoles,
  users,
} from "@/db/schema";
import { demoPassword as password } from "@/db/seed/cast";
import { hashPassword } from "@/lib/auth/password-queue";
import { releaseProvider, requireProvider } from "@/lib/identity-providers/commands/only";
import { deleteProvider, disableProvider, enableProvider, recordTest } from "@/lib/identity-providers/commands/state";
import { unlinkIdentity } from "@/lib/identity-providers/commands/unlink";
import { updateConnection } from "@/lib/identity-providers/commands/update";
import { identitiesOf, offeredProvider, offeredProviders } from "@/lib/identity-providers/queries";
import { acceptInvitation } from "@/lib/invitations/commands";
import { issueLink } from "@/lib/links/issue";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { requestPassword } from "@/lib/passwords/commands/request";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { barredBy, effectOfOnlyWay, onlyProvider } from "@/lib/people/only-way-in";
import { createAdministrator } from "@/lib/setup/commands";
import { refusePasskey } from "@/lib/sign-in/by-passkey";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInFailure } from "@/lib/sign-in/sign-in-failure";
import { startSession } from "@/lib/sign-in/start-session";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, asOperator, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { connectionOf, makeProviders, providerRow } from "@/lib/testing/identity-providers";
import { mailsTo, setUpMail, tokenOf } from "@/lib/testing/mails";
import { takeForOwn } from "@/lib/testing/process-database";
import { updateUser } from "@/lib/users/commands/update";

const newPassword = "seven lanterns over the harbour";
const entries = { newPassword, confirmPassword: newPassword };

const peer = hostilePeer();
let hash = "";
beforeAll(async () => {
  hash = await hashPassword(password);
});

/** A company in which everybody has a password, and a provider that is enabled. */
async function stage(tx: Tx) {
  takeForOwn(tx);
  const people = await company(tx);
  for (const { id } of Object.values(people)) await tx.insert(passwords).values({ userId: id, hash });
  const ada = await as(tx, people.ada);
  const { enabled, tested } = await makeProviders(ada, tx, peer);
  const only = () => requireProvider(ada, { id: enabled.id });
  const enter = (name: string, given = password) => signIn(asNobody(tx), { name, password: given });
  const row = () => providerRow(tx, enabled.id);
  const link = (person: { id: string }, subject = person.id) =>
    tx.insert(identities).values({
      ...{ providerId: enabled.id, issuer: peer.issuer, subject, userId: person.id },
      claims: { username: null, email: null, firstName: null, lastName: null, emailVerified: false },
    });
  return { ...people, as: ada, id: enabled.id, tested, only, enter, row, link };
}

describe("while a provider is the only way to sign in", () => {
  test("a right password is refused as a wrong one, is not looked at, and locks nobody (S1)", () =>
    rolledBack(async (tx) => {
      const { only, enter, eve } = await stage(tx);
      await only();
      for (const given of [password, ...Array(6).fill("wrong")])
        await expect(enter("eve", given)).rejects.toMatchObject({ code: "unauthenticated", message: signInFailure });
      const [row] = await tx.select().from(users).where(eq(users.id, eve.id));
      expect(row).toMatchObject({ failedSignIns: 0, lockedAt: null });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.refuse",
        personId: eve.id,
        values: { "fact.reason": "an identity provider is the only way to sign in" },
      });
    }));

  test("an administrator signs in by password whatever the provider does, and one whose Admin ends does not", () =>
    rolledBack(async (tx) => {
      const { only, enter } = await stage(tx);
      const soon = new Date(Date.now() + 86_400_000);
      const until = await makeUser(tx, { username: "until", primaryRole: "Quality Manager", roles: ["Admin"], hash });
      await tx.update(userRoles).set({ endsAt: soon }).where(eq(userRoles.userId, until.id));
      await only();
      peer.behave({ token: "slow" });
      await expect(enter("ada")).resolves.toMatchObject({ stage: "open" });
      await expect(enter("ada", "wrong")).rejects.toThrow(signInFailure);
      await expect(enter("until")).rejects.toThrow(signInFailure);
    }));

  test("Admin by way of a group counts as the rules have it", () =>
    rolledBack(async (tx) => {
      const { only, enter, quinn } = await stage(tx);
      const [group] = await tx.insert(groups).values({ name: "Admins", nameKey: "admins" }).returning();
      await tx.insert(groupRoles).values({ groupId: group!.id, roleId: (await roleNamed(tx, "Admin")).id });
      await only();
      await expect(enter("quinn")).rejects.toThrow(signInFailure);
      await tx.insert(groupMembers).values({ groupId: group!.id, userId: quinn.id });
      await expect(enter("quinn")).resolves.toMatchObject({ userId: quinn.id });
    }));

  test("nothing but an identity begins a session, such as a passkey, also where it was proved before", () =>
    rolledBack(async (tx) => {
      const { only, eve, ada } = await stage(tx);
      await only();
      for (const opening of [{ passkey: async () => true }, { password: { verified: hash, raised: null } }, {}])
        await expect(startSession(asNobody(tx), eve.id, opening)).rejects.toEqual(refused("unauthenticated"));
      await expect(startSession(asNobody(tx), ada.id, { passkey: async () => true })).resolves.toBeTruthy();
      const reason = "an identity provider is the only way to sign in";
      await expect(refusePasskey(asNobody(tx), { userId: eve.id, reason })).rejects.toEqual(
        refused("unauthenticated", /^This passkey was not accepted/),
      );
      expect((await lastEvent(tx)).values["fact.reason"]).toBe(reason);
    }));

  test("sessions that are open stay", () =>
    rolledBack(async (tx) => {
      const { only, enter } = await stage(tx);
      const { sessionId } = await enter("eve");
      await only();
      const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId));
      expect(session?.endedAt).toBeNull();
    }));

  test("no other provider is offered, or signs anybody in", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await enableProvider(at.as, { id: at.tested.id });
      expect((await offeredProviders(tx)).map(({ slug }) => slug)).toEqual(["enabled", "tested"]);
      await at.only();
      expect((await offeredProviders(tx)).map(({ slug }) => slug)).toEqual(["enabled"]);
      expect(await offeredProvider(tx, "tested")).toBeNull();
      await expect(beginSignIn(asNobody(tx), { slug: "tested", next: "/" })).rejects.toEqual(
        new ProviderRefusal("off"),
      );
      await expect(beginSignIn(asNobody(tx), { slug: "enabled", next: "/" })).resolves.toBeTruthy();
    }));

  test("no link is mailed that would set a password, none sets one, and an administrator sees why", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await setUpMail(tx);
      const link = async (purpose: "invitation" | "password_reset", { id }: { id: string }) =>
        tokenOf((await issueLink(at.as, tx, { purpose, userId: id })).href);
      const [reset, invitation, own] = [
        await link("password_reset", at.eve),
        await link("invitation", at.sam),
        await link("password_reset", at.ada),
      ];
      await at.only();
      await requestPassword(asNobody(tx), { name: "eve" });
      expect(await mailsTo(tx, at.eve.email)).toEqual([]);
      expect(await lastEvent(tx)).toMatchObject({ operation: "password.request", outcome: "refused" });
      const words = refused("precondition", /^You sign in through enabled only, so a password would not work\.$/);
      await expect(redeemReset(asNobody(tx), { token: reset, ...entries })).rejects.toEqual(words);
      await expect(acceptInvitation(asNobody(tx), { token: invitation, ...entries })).rejects.toEqual(words);
      await expect(resetPassword(at.as, { id: at.eve.id, way: "link" })).rejects.toEqual(
        refused("precondition", /^Eve Engineer signs in through enabled only/),
      );
      const form = {
        ...{ id: at.eve.id, version: at.eve.version, email: at.eve.email, firstName: "Eve", lastName: "Edited" },
        ...{
          primaryRoleId: at.eve.primaryRoleId,
          additionalRoleIds: [],
          managerId: at.eve.managerId,
          accessEndsAt: null,
        },
      };
      await expect(updateUser(at.as, { ...form, password: newPassword, confirmPassword: newPassword })).rejects.toEqual(
        refused("precondition", /^Eve Engineer signs in through enabled only/),
      );
      await expect(updateUser(at.as, { ...form, password: "", confirmPassword: "" })).resolves.toBeTruthy();
      await expect(redeemReset(asNobody(tx), { token: own, ...entries })).resolves.toMatchObject({ userId: at.ada.id });
      await requestPassword(asNobody(tx), { name: "ada" });
      expect((await mailsTo(tx, at.ada.email)).map(({ template }) => template)).toContain("password_reset");
      await releaseProvider(at.as, { id: at.id });
      await expect(redeemReset(asNobody(tx), { token: reset, ...entries })).resolves.toMatchObject({
        userId: at.eve.id,
      });
    }));
});

describe("turning it on", () => {
  test("requires a provider that is enabled, is logged, and is done already at a second click", () =>
    rolledBack(async (tx) => {
      const { as: ada, tested, only, id, enter } = await stage(tx);
      await expect(requireProvider(ada, { id: tested.id })).rejects.toEqual(
        refused("precondition", /^Enable it first/),
      );
      await only();
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "identity_provider.require", outcome: "succeeded", targetId: id });
      expect(event.values["change.onlyWayToSignIn"]).toEqual([false, true]);
      await only();
      expect((await lastEvent(tx)).id).toBe(event.id);
      await releaseProvider(ada, { id });
      expect(await lastEvent(tx)).toMatchObject({ operation: "identity_provider.release", outcome: "succeeded" });
      await expect(enter("eve")).resolves.toBeTruthy();
    }));

  test("there is one at most", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await enableProvider(at.as, { id: at.tested.id });
      await at.only();
      await expect(requireProvider(at.as, { id: at.tested.id })).rejects.toEqual(
        refused("precondition", /^enabled is already the only way to sign in/),
      );
    }));

  test("nobody can shut out themselves or everybody (U15, U16)", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      const { id: adminId } = await roleNamed(tx, "Admin");
      const other = await makeUser(tx, { username: "other", configuration: "enabled", primaryRole: "Quality Manager" });
      await tx.insert(userRoles).values({ userId: other.id, roleId: adminId });
      const otherCtx = await as(tx, other);
      await expect(requireProvider(otherCtx, { id: at.id })).rejects.toEqual(
        refused("precondition", /^You would lock yourself out: enabled does not know you/),
      );
      await at.link(other);
      await tx.delete(passwords).where(eq(passwords.userId, at.ada.id));
      await expect(requireProvider(otherCtx, { id: at.id })).rejects.toEqual(
        refused("precondition", /^No administrator has a password or a passkey/),
      );
      await tx.insert(passwords).values({ userId: at.ada.id, hash });
      await expect(requireProvider(otherCtx, { id: at.id })).resolves.toMatchObject({ id: at.id });
    }));

  test("an administrator's password that somebody else set counts only where that was an administrator (R15)", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await tx.update(passwords).set({ setBy: at.eve.id }).where(eq(passwords.userId, at.ada.id));
      await expect(at.enter("ada")).rejects.toThrow(signInFailure);
      await expect(at.only()).rejects.toEqual(refused("precondition", /^No administrator has a password or a passkey/));
      expect(await effectOfOnlyWay(at.as, at.id)).toMatchObject({ administrators: 0 });
      const admin = await makeUser(tx, { username: "admin", primaryRole: "Quality Manager", roles: ["Admin"] });
      await tx.update(passwords).set({ setBy: admin.id }).where(eq(passwords.userId, at.ada.id));
      await at.only();
      await expect(at.enter("ada")).resolves.toBeTruthy();
    }));

  test("an identity of an earlier issuer keeps nobody in, and is counted as unknown", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      const other = await makeUser(tx, { username: "other", configuration: "enabled", primaryRole: "Quality Manager" });
      await tx.insert(userRoles).values({ userId: other.id, roleId: (await roleNamed(tx, "Admin")).id });
      await at.link(other);
      await at.link(at.eve);
      await tx.update(identities).set({ issuer: "https://before.example" });
      await expect(requireProvider(await as(tx, other), { id: at.id })).rejects.toEqual(
        refused("precondition", /^You would lock yourself out/),
      );
      expect(await effectOfOnlyWay(at.as, at.id)).toMatchObject({ people: { value: 4 }, unknown: 4 });
    }));

  test("nobody unlinks from it the last way in that it leaves them, whatever they have besides (U16)", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await enableProvider(at.as, { id: at.tested.id });
      await at.link(at.eve);
      await at.link(at.ada);
      const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
      await tx
        .insert(identities)
        .values({ providerId: at.tested.id, issuer: peer.issuer, subject: "eve", userId: at.eve.id, claims });
      await tx.insert(passkeys).values({ userId: at.eve.id, credentialId: "eve", publicKey: "key", name: "Phone" });
      await at.only();
      const eve = await as(tx, at.eve);
      const own = (await identitiesOf(eve, at.eve.id)).find(({ provider }) => provider.id === at.id)!;
      expect(own.left).toBe("none");
      await expect(unlinkIdentity(eve, { id: own.id })).rejects.toEqual(refused("precondition", /only way to sign in/));
      const [adas] = await identitiesOf(at.as, at.ada.id);
      await expect(unlinkIdentity(at.as, { id: adas!.id })).resolves.toMatchObject({ left: "credential" });
      await releaseProvider(at.as, { id: at.id });
      await expect(unlinkIdentity(eve, { id: own.id })).resolves.toMatchObject({ left: "identity" });
    }));

  test("says beforehand whom it would keep out", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await at.link(at.eve);
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, at.sam.id));
      expect(await effectOfOnlyWay(at.as, at.id)).toEqual({
        people: { value: 3, kind: "exact" },
        unknown: 2,
        administrators: 1,
      });
    }));
});

describe("it ends where nobody could sign in through the provider", () => {
  test.each(["disabled", "deleted", "changed"])("%s", (how) =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await at.only();
      await expect(at.enter("eve")).rejects.toThrow(signInFailure);
      if (how === "disabled") await disableProvider(at.as, { id: at.id });
      if (how === "deleted") await deleteProvider(at.as, { id: at.id });
      if (how === "changed") {
        const scopes = ["openid", "email"];
        await updateConnection(at.as, { ...connectionOf(await at.row()), scopes });
        const { connectionId } = await at.row();
        await recordTest(at.as, { id: at.id, connectionId, claims: {} });
      }
      expect(await onlyProvider(tx)).toBeNull();
      await expect(at.enter("eve")).resolves.toBeTruthy();
      if (how === "deleted") return;
      await enableProvider(at.as, { id: at.id });
      expect(await onlyProvider(tx), "enabling it again is no wish for more").toBeNull();
    }),
  );

  test("the server's owner ends it without anybody's password", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await at.only();
      await releaseProvider(asOperator(tx), { id: at.id });
      expect(await barredBy(tx, at.eve.id, new Date())).toBeNull();
    }));

  test("an administrator whom the server's owner makes meanwhile can sign in", () =>
    rolledBack(async (tx) => {
      const at = await stage(tx);
      await at.only();
      const named = { username: "second", email: "second@northwind.example", firstName: "Second", lastName: "" };
      await createAdministrator(asOperator(tx), { ...named, password: newPassword });
      await expect(at.enter("second", newPassword)).resolves.toMatchObject({ stage: "open" });
    }));
});
