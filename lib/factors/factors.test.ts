import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import {
  authenticators,
  passkeys,
  passwords,
  recoveryCodes,
  roleOperations,
  sessions,
  settings,
  users,
} from "@/db/schema";
import { hashPassword } from "@/lib/auth/password-queue";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { addAuthenticator, beginAuthenticator } from "@/lib/factors/commands/add";
import { finishEnrolment } from "@/lib/factors/commands/enrol";
import { removeFactor, renewRecoveryCodes } from "@/lib/factors/commands/remove";
import { resetFactors } from "@/lib/factors/commands/reset";
import { verifySession } from "@/lib/factors/commands/verify";
import { heldFactors } from "@/lib/factors/held";
import { getOwnFactors } from "@/lib/factors/queries";
import { firstStage } from "@/lib/factors/stage";
import { createRole } from "@/lib/roles/commands/create";
import { updateRole } from "@/lib/roles/commands/update";
import { refusePasskey } from "@/lib/sign-in/by-passkey";
import { signIn } from "@/lib/sign-in/sign-in";
import { company } from "@/lib/testing/company";
import { as, asNobody, type Draft, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

const password = "seven lanterns over the harbour";
const nobody = { "factors.required": "nobody" } as const;
const everybody = { "factors.required": "everybody" } as const;
const administrators = { "factors.required": "administrators" } as const;

const codeAt = (key: string, at: Date) =>
  new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) }).generate({ timestamp: at.getTime() });

/** Eve at a session of that stage, with a clock of her own. */
async function atSession(tx: Tx, stage: (typeof sessions.$inferSelect)["stage"] = "open", draft: Draft = {}) {
  const people = await company(tx);
  const eve = await makeUser(tx, { username: "eve-at-door", firstName: "Eve", ...draft });
  await tx.insert(passwords).values({ userId: eve.id, hash: await hashPassword(password) });
  const clock = { now: new Date() };
  const sessionId = newId();
  const endsAt = new Date(clock.now.getTime() + 86_400_000);
  await tx
    .insert(sessions)
    .values({ id: sessionId, userId: eve.id, stage, address: "::1", agent: "test", endsAt, verifiedAt: clock.now });
  const { actor } = await as(tx, eve);
  const ctx: Ctx<Person> = createContext(tx, { ...actor, sessionId }, { now: () => clock.now });
  const later = (minutes: number) => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000);
  };
  const session = async () => (await tx.select().from(sessions).where(eq(sessions.id, sessionId)))[0]!;
  return { people, eve, ctx, clock, later, session };
}

async function withApp(at: Awaited<ReturnType<typeof atSession>>) {
  const offer = await beginAuthenticator(at.ctx);
  const { codes } = await addAuthenticator(at.ctx, { sealed: offer.sealed, code: codeAt(offer.key, at.clock.now) });
  at.later(1);
  return { key: offer.key, codes: codes ?? [] };
}

const require = (tx: Tx, value: string) =>
  tx
    .insert(settings)
    .values({ key: "factors.required", value })
    .onConflictDoUpdate({ target: settings.key, set: { value } });

describe("S7: an authenticator app", () => {
  test("is added by its first code, encrypted, with ten recovery codes and an event", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      const { key, codes } = await withApp(at);
      expect(codes).toHaveLength(10);
      const [kept] = await tx.select().from(authenticators).where(eq(authenticators.userId, at.eve.id));
      expect(kept?.secret).not.toContain(key.replaceAll(" ", ""));
      expect(JSON.stringify(await tx.select().from(recoveryCodes))).not.toContain(codes[0]);
      expect(await lastEvent(tx)).toMatchObject({ operation: "factor.add", outcome: "succeeded", personId: at.eve.id });
      expect(await getOwnFactors(at.ctx)).toMatchObject({ codesLeft: 10, passkeys: [], required: false });
    }));

  test("refuses a wrong code, a foreign offer and one that is too old, and stores nothing", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      const offer = await beginAuthenticator(at.ctx);
      const right = codeAt(offer.key, at.clock.now);
      const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
      await expect(addAuthenticator(at.ctx, { sealed: offer.sealed, code: wrong })).rejects.toThrow(/wrong/);
      const foreign = createContext(tx, (await as(tx, at.people.lee)).actor);
      await expect(addAuthenticator(foreign, { sealed: offer.sealed, code: right })).rejects.toThrow(/has expired/);
      at.later(31);
      await verifySession(at.ctx, { by: "password", password });
      await expect(
        addAuthenticator(at.ctx, { sealed: offer.sealed, code: codeAt(offer.key, at.clock.now) }),
      ).rejects.toThrow(/has expired/);
      expect(await tx.select().from(authenticators)).toEqual([]);
    }));
});

describe("S7: the second step of a sign-in", () => {
  test("takes a code once, one step earlier or later, and opens the session", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      const { key } = await withApp(at);
      const { sessionId, stage } = await signIn(asNobody(tx), { name: at.eve.username, password });
      expect(stage).toBe("second_factor");
      const lastSignIn = async () => (await tx.select().from(users).where(eq(users.id, at.eve.id)))[0]?.lastSignInAt;
      expect(await lastSignIn(), "a right password alone is no sign-in").toBeNull();
      expect((await lastEvent(tx)).values["fact.owed"]).toBe("second step");
      const halfway = createContext(tx, { ...at.ctx.actor, sessionId }, { now: () => at.clock.now });
      const code = codeAt(key, new Date(at.clock.now.getTime() - 30_000));
      expect(await verifySession(halfway, { by: "code", code })).toMatchObject({ stage: "open" });
      expect(await lastSignIn()).toEqual(at.clock.now);
      expect(await lastEvent(tx)).toMatchObject({ operation: "session.verify", outcome: "succeeded" });
      await expect(verifySession(at.ctx, { by: "code", code })).rejects.toThrow(/wrong or was already used/);
      const next = codeAt(key, new Date(at.clock.now.getTime()));
      const typed = next.replace(/\d/g, (digit) => String.fromCodePoint(0x0966 + Number(digit)));
      const spaced = `${typed.slice(0, 3)}-${typed.slice(3)} `;
      expect(await verifySession(at.ctx, { by: "code", code: spaced }), "Devanagari").toMatchObject({ stage: "open" });
      const old = codeAt(key, new Date(at.clock.now.getTime() - 60_000));
      await expect(verifySession(at.ctx, { by: "code", code: old })).rejects.toThrow(/wrong or was already used/);
    }));

  test("takes a recovery code once, in any case, with or without hyphens", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      const { codes } = await withApp(at);
      await tx.update(sessions).set({ stage: "second_factor" });
      const typed = codes[3]!.toUpperCase().replaceAll("-", " ");
      const { stage, renewed } = await verifySession(at.ctx, { by: "code", code: typed });
      expect(stage).toBe("open");
      expect(await heldFactors(tx, at.eve.id)).toMatchObject({ codesLeft: 9 });
      const later = { ...at.ctx, actor: { ...at.ctx.actor, sessionId: renewed } };
      await expect(verifySession(later, { by: "code", code: codes[3]! })).rejects.toThrow(/wrong or was already used/);
    }));

  test("takes no password, and no code of somebody else", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx, "second_factor");
      await expect(verifySession(at.ctx, { by: "password", password })).rejects.toThrow(/not your password/);
      await expect(verifySession(at.ctx, { by: "code", code: "000000" })).rejects.toThrow(/wrong or was already used/);
      expect(await at.session()).toMatchObject({ stage: "second_factor", endedAt: null });
    }));

  test("ends the session at the fifth wrong code, with an event", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx, "second_factor");
      const guess = () => verifySession(at.ctx, { by: "code", code: "123456" });
      for (let tries = 1; tries < 5; tries++) await expect(guess()).rejects.toMatchObject({ code: "invalid" });
      await expect(guess()).rejects.toMatchObject({ code: "unauthenticated" });
      expect((await at.session()).endedAt).not.toBeNull();
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "session.verify", outcome: "refused", personId: at.eve.id });
      expect(event.values["fact.reason"]).toMatch(/so the session ended/);
      await expect(guess()).rejects.toThrow(/session has ended/);
    }));
});

describe("S7: which step comes next", () => {
  test("nobody is asked until it is required; then people without one enrol", () =>
    rolledBack(async (tx) => {
      const { people, eve } = await atSession(tx);
      expect(await firstStage(tx, eve, nobody)).toBe("open");
      expect(await firstStage(tx, eve, everybody)).toBe("enrol_factor");
      expect(await firstStage(tx, eve, administrators)).toBe("open");
      expect(await firstStage(tx, people.ada, administrators)).toBe("enrol_factor");
      expect(await firstStage(tx, { ...eve, mustChangePassword: true }, nobody)).toBe("new_password");
    }));

  test("a person with one is asked for it, whatever is required; a passkey counts for both", () =>
    rolledBack(async (tx) => {
      const { eve } = await atSession(tx);
      await tx.insert(passkeys).values({ userId: eve.id, credentialId: "c", publicKey: "k", name: "Laptop" });
      expect(await firstStage(tx, eve, nobody)).toBe("second_factor");
      expect(await firstStage(tx, eve, everybody, { proved: true })).toBe("open");
      expect(await firstStage(tx, { ...eve, mustChangePassword: true }, nobody, { proved: true })).toBe("new_password");
    }));

  test("S2: a short password is changed once no second factor is required any more", () =>
    rolledBack(async (tx) => {
      const { eve } = await atSession(tx);
      await tx.insert(passkeys).values({ userId: eve.id, credentialId: "c", publicKey: "k", name: "Laptop" });
      await tx.update(passwords).set({ short: true }).where(eq(passwords.userId, eve.id));
      expect(await firstStage(tx, eve, everybody, { proved: true })).toBe("open");
      expect(await firstStage(tx, eve, nobody, { proved: true })).toBe("new_password");
    }));

  test("enrolment continues only once there is a factor", () =>
    rolledBack(async (tx) => {
      await require(tx, "everybody");
      const at = await atSession(tx, "enrol_factor");
      await expect(finishEnrolment(at.ctx, {})).rejects.toThrow(/Add an authenticator app or a passkey first/);
      await withApp(at);
      const { stage, renewed } = await finishEnrolment(at.ctx, {});
      expect(stage).toBe("open");
      expect(await tx.select().from(sessions)).toMatchObject([{ id: renewed, stage: "open" }]);
    }));
});

describe("S7: a session that waits for the enrolment elsewhere", () => {
  test("is asked for the factor once there is one: its holder has shown the password alone", () =>
    rolledBack(async (tx) => {
      await require(tx, "everybody");
      const at = await atSession(tx, "enrol_factor");
      const other = { id: newId(), userId: at.eve.id, stage: "enrol_factor" as const, address: "::1", agent: "other" };
      await tx.insert(sessions).values({ ...other, endsAt: new Date(at.clock.now.getTime() + 86_400_000) });
      await withApp(at);
      const elsewhere = createContext(tx, { ...at.ctx.actor, sessionId: other.id }, { now: () => at.clock.now });
      expect(await finishEnrolment(elsewhere, {})).toEqual({ stage: "second_factor", renewed: null });
      expect(await finishEnrolment(at.ctx, {})).toMatchObject({ stage: "open" });
    }));
});

describe("S7: taking factors away", () => {
  test("the last one takes the recovery codes with it, but stays where one is required", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      await withApp(at);
      await require(tx, "everybody");
      await expect(removeFactor(at.ctx, { kind: "authenticator" })).rejects.toThrow(/requires a second factor/);
      await require(tx, "nobody");
      await removeFactor(at.ctx, { kind: "authenticator" });
      expect(await heldFactors(tx, at.eve.id)).toEqual({ authenticator: false, passkeys: 0, codesLeft: 0 });
      expect(await lastEvent(tx)).toMatchObject({ operation: "factor.remove", outcome: "succeeded" });
      await expect(removeFactor(at.ctx, { kind: "authenticator" })).rejects.toMatchObject({ code: "not_found" });
    }));

  test("somebody else's passkey is not there", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      const id = newId();
      await tx
        .insert(passkeys)
        .values({ id, userId: at.people.lee.id, credentialId: "c", publicKey: "k", name: "Phone" });
      await expect(removeFactor(at.ctx, { kind: "passkey", id })).rejects.toMatchObject({ code: "not_found" });
      expect(await lastEvent(tx)).toMatchObject({ operation: "factor.remove", outcome: "refused", targetId: null });
      expect(await tx.select().from(passkeys)).toHaveLength(1);
    }));

  test("S1: a passkey with an invalid signature is refused, with an event, and locks nobody out", () =>
    rolledBack(async (tx) => {
      const { eve } = await atSession(tx);
      await expect(refusePasskey(asNobody(tx), { userId: eve.id, reason: "wrong passkey" })).rejects.toMatchObject({
        code: "unauthenticated",
      });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.refuse",
        outcome: "refused",
        personId: eve.id,
        targetId: null,
        values: { "fact.reason": "wrong passkey" },
      });
      const [row] = await tx.select().from(users).where(eq(users.id, eve.id));
      expect(row).toMatchObject({ failedSignIns: 0, lockedAt: null });
    }));

  test("new recovery codes invalidate the old ones", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      await expect(renewRecoveryCodes(at.ctx, {})).rejects.toMatchObject({ code: "precondition" });
      const { codes } = await withApp(at);
      const renewed = await renewRecoveryCodes(at.ctx, {});
      expect(renewed.codes).toHaveLength(10);
      await expect(verifySession(at.ctx, { by: "code", code: codes[0]! })).rejects.toThrow(/wrong or was already used/);
      await verifySession(at.ctx, { by: "code", code: renewed.codes[0]! });
    }));

  test("an administrator resets them, which ends every session; not one's own", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      await withApp(at);
      const ada = await as(tx, at.people.ada);
      expect(await resetFactors(ada, { id: at.eve.id })).toEqual({ id: at.eve.id, sessions: 1 });
      expect(await heldFactors(tx, at.eve.id)).toEqual({ authenticator: false, passkeys: 0, codesLeft: 0 });
      expect(await lastEvent(tx)).toMatchObject({ operation: "factor.reset", actorId: at.people.ada.id });
      await expect(resetFactors(ada, { id: at.eve.id })).rejects.toThrow(/has no second factor/);
      await expect(resetFactors(ada, { id: at.people.ada.id })).rejects.toThrow(/under "My profile"/);
    }));
});

describe("S8: fresh authentication", () => {
  test("is asked after ten minutes, leaves no event of a refusal, and continues after the proof", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx);
      at.later(11);
      await expect(beginAuthenticator(at.ctx)).rejects.toMatchObject({ code: "stale" });
      await expect(verifySession(at.ctx, { by: "password", password: "wrong" })).rejects.toThrow(/not your password/);
      await verifySession(at.ctx, { by: "password", password });
      const { key } = await withApp(at);
      at.later(10);
      const before = await lastEvent(tx);
      await expect(removeFactor(at.ctx, { kind: "authenticator" })).rejects.toMatchObject({ code: "stale" });
      await expect(beginAuthenticator(at.ctx)).rejects.toMatchObject({ code: "stale" });
      expect((await lastEvent(tx)).id).toBe(before.id);
      await verifySession(at.ctx, { by: "code", code: codeAt(key, at.clock.now) });
      await removeFactor(at.ctx, { kind: "authenticator" });
    }));

  test("is asked for purging or giving somebody something, and not for taking it away", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx, "open", { primaryRole: "Quality Manager", roles: ["Admin"] });
      const vic = await makeUser(tx, { username: "vic" });
      at.later(11);
      await archiveUser(at.ctx, { id: vic.id, owners: [], managerId: null });
      await expect(purgeUser(at.ctx, { id: vic.id, username: "vic" })).rejects.toMatchObject({ code: "stale" });
      await expect(restoreUser(at.ctx, { id: vic.id })).rejects.toMatchObject({ code: "stale" });
      await verifySession(at.ctx, { by: "password", password });
      await tx.insert(passkeys).values({ userId: vic.id, credentialId: "c", publicKey: "k", name: "Laptop" });
      await restoreUser(at.ctx, { id: vic.id });
      expect(await heldFactors(tx, vic.id), "U13: without any credential").toMatchObject({ passkeys: 0 });
    }));

  test("is asked for putting something into a role, and not for a name, a rung or what is taken out", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx, "open", { primaryRole: "Quality Manager", roles: ["Admin"] });
      const draft = { description: "", combinesWith: [], operations: [] };
      at.later(11);
      const { id } = await createRole(at.ctx, { ...draft, name: "Head", kind: "primary", rank: 1 });
      const operations = [{ operation: "audit.read", scope: "all" as const }];
      const saved = { ...draft, id, version: 1, name: "Head of Quality", rank: 2 };
      await expect(updateRole(at.ctx, { ...saved, operations })).rejects.toMatchObject({ code: "stale" });
      await tx.insert(roleOperations).values({ roleId: id, ...operations[0]! });
      await updateRole(at.ctx, saved);
      expect(await tx.$count(roleOperations, eq(roleOperations.roleId, id))).toBe(0);
    }));

  test("is asked for setting somebody's password or address under User Details, not for a name", () =>
    rolledBack(async (tx) => {
      const at = await atSession(tx, "open", { primaryRole: "Quality Manager", roles: ["Admin"] });
      const vic = await makeUser(tx, { username: "vic" });
      const stored = await storedForm(tx, (await tx.select().from(users).where(eq(users.id, vic.id)))[0]!);
      const form = { ...stored, id: vic.id, version: 1, accessEndsAt: null, password: "", confirmPassword: "" };
      at.later(11);
      const { version } = await updateUser(at.ctx, { ...form, firstName: "Victor" });
      const own = { ...form, version, password: "vic vic vic vic vic", confirmPassword: "vic vic vic vic vic" };
      await expect(updateUser(at.ctx, own)).rejects.toMatchObject({ fields: { password: expect.any(String) } });
      const set = { ...form, version, password, confirmPassword: password };
      await expect(updateUser(at.ctx, set)).rejects.toMatchObject({ code: "stale" });
      const moved = { ...form, version, email: "vic@elsewhere.example" };
      await expect(updateUser(at.ctx, moved)).rejects.toMatchObject({ code: "stale" });
      await verifySession(at.ctx, { by: "password", password });
      await updateUser(at.ctx, set);
    }));
});
