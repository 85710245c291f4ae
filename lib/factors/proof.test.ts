import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { passkeys, passwords, sessions } from "@/db/schema";
import { changeEmail, changePassword } from "@/lib/account/commands";
import { exportOwnData } from "@/lib/account/export";
import { hashPassword } from "@/lib/auth/password-queue";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { addAuthenticator, beginAuthenticator, beginPasskey } from "@/lib/factors/commands/add";
import { removeFactor, renewRecoveryCodes } from "@/lib/factors/commands/remove";
import { verifySession } from "@/lib/factors/commands/verify";
import { heldFactors } from "@/lib/factors/held";
import { proofWays } from "@/lib/factors/queries";
import { company, refused } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";

const password = "seven lanterns over the harbour";
const byPassword = { by: "password", password } as const;
const stale = refused("stale");
const byFactor = expect.objectContaining({
  code: "invalid",
  fields: { password: expect.stringMatching(/second factor/) },
});

/** Eve at two sessions, with a clock of her own. */
async function stage(tx: Tx) {
  await company(tx);
  const eve = await makeUser(tx, { username: "eve-at-door", firstName: "Eve" });
  await tx.insert(passwords).values({ userId: eve.id, hash: await hashPassword(password) });
  const clock = { now: new Date() };
  const { actor } = await as(tx, eve);
  const open = async (): Promise<Ctx<Person>> => {
    const endsAt = new Date(clock.now.getTime() + 86_400_000);
    const row = { id: newId(), userId: eve.id, address: "::1", agent: "test", endsAt, verifiedAt: clock.now };
    await tx.insert(sessions).values(row);
    return createContext(tx, { ...actor, sessionId: row.id }, { now: () => clock.now });
  };
  const later = (minutes: number) => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000);
  };
  const ctx = await open();
  const codeOf = (key: string) =>
    new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) }).generate({ timestamp: clock.now.getTime() });
  const withApp = async () => {
    const { key, sealed } = await beginAuthenticator(ctx);
    const { codes } = await addAuthenticator(ctx, { sealed, code: codeOf(key) });
    later(11);
    return { code: () => codeOf(key), codes: codes ?? [] };
  };
  return { eve, ctx, open, later, withApp };
}

type Act = (ctx: Ctx<Person>) => Promise<unknown>;

/** Everything on one's own account that requires a fresh proof (S8). */
const acts: Record<string, Act> = {
  "removing a factor": (ctx) => removeFactor(ctx, { kind: "authenticator" }),
  "adding a passkey": (ctx) => beginPasskey(ctx),
  "making recovery codes": (ctx) => renewRecoveryCodes(ctx, {}),
  "changing the password": (ctx) => {
    const newPassword = "nine lanterns over the harbour";
    return changePassword(ctx, { currentPassword: password, newPassword, confirmPassword: newPassword });
  },
  "changing the email": (ctx) =>
    changeEmail(ctx, { email: "eve@elsewhere.example", currentPassword: password, version: 1 }),
  "downloading one's data": (ctx) => exportOwnData(ctx),
};

describe.each(Object.entries(acts))("S8: %s", (_, act) => {
  test("requires a factor of a person who has one: the password proves nothing", () =>
    rolledBack(async (tx) => {
      const { ctx, withApp, eve } = await stage(tx);
      const { code } = await withApp();
      await expect(act(ctx)).rejects.toEqual(stale);
      await expect(verifySession(ctx, byPassword)).rejects.toEqual(byFactor);
      expect(await lastEvent(tx)).toMatchObject({ operation: "session.verify", outcome: "refused", personId: eve.id });
      await expect(act(ctx)).rejects.toEqual(stale);
      await verifySession(ctx, { by: "code", code: code() });
      await act(ctx);
    }));

  test("takes a recovery code for one, for those whose factor is lost", () =>
    rolledBack(async (tx) => {
      const { ctx, withApp } = await stage(tx);
      const { codes } = await withApp();
      await verifySession(ctx, { by: "code", code: codes[0]! });
      await act(ctx);
    }));
});

describe("S8: the proof", () => {
  test("is the password while no factor is held, and never once one is, a passkey too", () =>
    rolledBack(async (tx) => {
      const { ctx, eve, later } = await stage(tx);
      later(11);
      expect(await proofWays(ctx)).toEqual({ password: true, code: false, passkey: false, providers: [] });
      await verifySession(ctx, byPassword);
      await tx.insert(passkeys).values({ userId: eve.id, credentialId: "eve", publicKey: "key", name: "Laptop" });
      expect(await proofWays(ctx)).toMatchObject({ password: false, code: true });
      await expect(verifySession(ctx, byPassword)).rejects.toEqual(byFactor);
      const [kept] = await tx.select().from(passkeys).where(eq(passkeys.userId, eve.id));
      later(11);
      await expect(removeFactor(ctx, { kind: "passkey", id: kept!.id })).rejects.toEqual(stale);
    }));

  test("is not looked at: a wrong password counts nothing and logs nothing", () =>
    rolledBack(async (tx) => {
      const { ctx, withApp } = await stage(tx);
      const { code } = await withApp();
      for (let time = 0; time < 6; time++)
        await expect(verifySession(ctx, { by: "password", password: "wrong" })).rejects.toEqual(byFactor);
      await verifySession(ctx, { by: "code", code: code() });
    }));

  test("of the password in another session is worth nothing once the first factor was added", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, open, later } = await stage(tx);
      later(5);
      const other = await open();
      const { sealed, key } = await beginAuthenticator(ctx);
      const code = new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) });
      await addAuthenticator(ctx, { sealed, code: code.generate({ timestamp: ctx.now().getTime() }) });
      await expect(removeFactor(other, { kind: "authenticator" })).rejects.toEqual(stale);
      expect((await heldFactors(tx, eve.id)).authenticator).toBe(true);
      await removeFactor(ctx, { kind: "authenticator" });
    }));
});
