import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { identities, passwords, users } from "@/db/schema";
import { demoPassword as password } from "@/db/seed/cast";
import { setOwedPassword } from "@/lib/account/commands";
import { hashPassword } from "@/lib/auth/password-queue";
import { requireProvider } from "@/lib/identity-providers/commands/only";
import { deleteProvider } from "@/lib/identity-providers/commands/state";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInFailure } from "@/lib/sign-in/sign-in-failure";
import { startSession } from "@/lib/sign-in/start-session";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { makeProviders, storeProvider } from "@/lib/testing/identity-providers";
import { takeForOwn } from "@/lib/testing/process-database";
import { signedIn } from "@/lib/testing/provider-company";
import { createUser } from "@/lib/users/commands/create";

const newPassword = "seven lanterns over the harbour";

const peer = hostilePeer();
let hash = "";
beforeAll(async () => {
  hash = await hashPassword(password);
});

/** Pat, whose configuration is a provider that is enabled. */
async function stage(tx: Tx) {
  takeForOwn(tx);
  const people = await company(tx);
  await tx.insert(passwords).values({ userId: people.ada.id, hash });
  const ctx = await as(tx, people.ada);
  const { enabled } = await makeProviders(ctx, tx, peer);
  const pat = await makeUser(tx, { username: "pat", configuration: enabled.slug });
  const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
  const values = { providerId: enabled.id, issuer: enabled.issuer, subject: "pat", userId: pat.id, claims };
  const [identity] = await tx.insert(identities).values(values).returning();
  const opened = {
    id: identity!.id,
    subject: "pat",
    sid: null,
    issuedAt: new Date(),
    idToken: null,
    provider: enabled,
    claims,
  };
  return { ...people, ctx, provider: enabled, pat, opened };
}

const enter = (tx: Tx, name: string) => signIn(asNobody(tx), { name, password });

describe("a password from before a provider was deleted and set up again with the same short name", () => {
  test("signs in while the provider is gone, and opens nothing once it is there again (I4)", () =>
    rolledBack(async (tx) => {
      const { ctx, provider, pat, ada } = await stage(tx);
      await deleteProvider(ctx, { id: provider.id });
      await tx.insert(passwords).values({ userId: pat.id, hash });
      await expect(enter(tx, "pat")).resolves.toMatchObject({ userId: pat.id });
      await storeProvider(tx, provider.slug, ada.id);
      await expect(enter(tx, "pat")).rejects.toMatchObject({ code: "unauthenticated", message: signInFailure });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.refuse",
        personId: pat.id,
        values: { "fact.reason": "an identity provider manages the password" },
      });
      const [{ failedSignIns } = { failedSignIns: 0 }] = await tx.select().from(users).where(eq(users.id, pat.id));
      expect(failedSignIns, "counted like a wrong one (S1)").toBe(1);
    }));

  test("begins no session where the provider came back after the password was compared, and a passkey does", () =>
    rolledBack(async (tx) => {
      const { pat } = await stage(tx);
      await tx.insert(passwords).values({ userId: pat.id, hash });
      await expect(startSession(asNobody(tx), pat.id, { password: { verified: hash, raised: null } })).rejects.toEqual(
        refused("unauthenticated"),
      );
      await expect(startSession(asNobody(tx), pat.id, { passkey: async () => true })).resolves.toBeTruthy();
    }));
});

describe("a password that has to be changed", () => {
  const owed = { newPassword, confirmPassword: newPassword };

  test("is not asked for at a sign-in through the provider that keeps it, or that is the only way in", () =>
    rolledBack(async (tx) => {
      const { pat, opened, ctx, provider, eve } = await stage(tx);
      await tx.insert(passwords).values({ userId: pat.id, hash });
      await tx.update(users).set({ mustChangePassword: true });
      const through = (userId: string) => startSession(asNobody(tx), userId, { identity: opened });
      expect((await through(pat.id)).stage).toBe("open");
      await tx.update(identities).set({ userId: eve.id });
      expect((await through(eve.id)).stage, "kept here").toBe("new_password");
      await requireProvider(ctx, { id: provider.id });
      expect((await through(eve.id)).stage).toBe("open");
    }));

  test("is set by nobody for whom it would open nothing, also where the page was open before", () =>
    rolledBack(async (tx) => {
      const { pat, ctx, provider, eve, ada } = await stage(tx);
      await tx.update(users).set({ mustChangePassword: true });
      const of = async (person: { id: string }) => (await signedIn(tx, person, { stage: "new_password" })).ctx;
      await expect(setOwedPassword(await of(pat), owed)).rejects.toEqual(
        refused("precondition", /^Your password is managed by enabled\. Sign out, then sign in there\.$/),
      );
      await requireProvider(ctx, { id: provider.id });
      await expect(setOwedPassword(await of(eve), owed)).rejects.toEqual(
        refused("precondition", /^You sign in through enabled only, so a password would not work\.$/),
      );
      expect(await tx.$count(passwords, eq(passwords.userId, eve.id))).toBe(0);
      await expect(setOwedPassword(await of(ada), owed)).resolves.toBeTruthy();
    }));
});

describe('"Create User" while a provider is the only way to sign in', () => {
  test.each(["password", "generate"] as const)("gives no password by %s, but to an administrator", (credentials) =>
    rolledBack(async (tx) => {
      const { ctx, provider } = await stage(tx);
      await requireProvider(ctx, { id: provider.id });
      const primaryRoleId = (await roleNamed(tx, "Quality Manager")).id;
      const given = credentials === "password" ? newPassword : "";
      const create = (username: string, additionalRoleIds: string[] = []) =>
        createUser(ctx, {
          ...{ configuration: "default", username, email: `${username}@northwind.example` },
          ...{ firstName: "Nina", lastName: "New", primaryRoleId, additionalRoleIds, managerId: null, groupIds: [] },
          ...{ credentials, password: given, confirmPassword: given, mustChangePassword: true },
        });
      await expect(create("nina")).rejects.toMatchObject({
        code: "invalid",
        fields: { credentials: "Nina New would sign in through enabled only, so a password would not work." },
      });
      expect(await tx.$count(users, eq(users.username, "nina"))).toBe(0);
      await expect(create("second", [(await roleNamed(tx, "Admin")).id])).resolves.toBeTruthy();
    }),
  );
});
