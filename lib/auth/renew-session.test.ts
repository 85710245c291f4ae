import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { SessionStage } from "@/db/enums";
import { passwords, sessions } from "@/db/schema";
import { demoPassword as password } from "@/db/seed/cast";
import { setOwedPassword } from "@/lib/account/commands";
import { hashPassword } from "@/lib/auth/password-queue";
import { findSession } from "@/lib/auth/session";
import { createContext } from "@/lib/context";
import { addAuthenticator, beginAuthenticator } from "@/lib/factors/commands/add";
import { finishEnrolment } from "@/lib/factors/commands/enrol";
import { verifySession } from "@/lib/factors/commands/verify";
import { endReplacedSession } from "@/lib/sessions/commands";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, type Draft, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";

const codeAt = (key: string, at: Date) =>
  new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) }).generate({ timestamp: at.getTime() });

const newPassword = "seven lanterns over the harbour";

/** Eve at a session of that stage, who may add an authenticator app in it. */
async function atSession(tx: Tx, stage: SessionStage, draft: Draft = {}) {
  await company(tx);
  const person = await makeUser(tx, { username: "eve-at-door", ...draft });
  await tx.insert(passwords).values({ userId: person.id, hash: await hashPassword(password) });
  const id = newId();
  const endsAt = new Date(Date.now() + 86_400_000);
  await tx.insert(sessions).values({ id, userId: person.id, stage, address: "::1", agent: "test", endsAt });
  const clock = { now: new Date() };
  const ctx = createContext(tx, { ...(await as(tx, person)).actor, sessionId: id }, { now: () => clock.now });
  const addApp = async () => {
    const { key, sealed } = await beginAuthenticator(ctx);
    await addAuthenticator(ctx, { sealed, code: codeAt(key, clock.now) });
    clock.now = new Date(clock.now.getTime() + 60_000);
    return () => codeAt(key, clock.now);
  };
  const only = async () => {
    const rows = await tx.select().from(sessions).where(eq(sessions.userId, person.id));
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };
  const found = (sessionId: string) => findSession(tx as unknown as Db, sessionId, clock.now);
  return { person, id, ctx, addApp, only, found };
}

test("the second step gives the session a new id, and the earlier one names nothing", () =>
  rolledBack(async (tx) => {
    const at = await atSession(tx, "open");
    const code = await at.addApp();
    await tx.update(sessions).set({ stage: "second_factor" });
    const before = await at.only();
    const { stage, renewed } = await verifySession(at.ctx, { by: "code", code: code() });
    expect(stage).toBe("open");
    expect(await at.only()).toMatchObject({ id: renewed, stage: "open", startedAt: before.startedAt, endedAt: null });
    expect(renewed).not.toBe(at.id);
    expect(await at.found(at.id)).toBeNull();
    expect(await at.found(renewed ?? "")).toMatchObject({ stage: "open" });
    expect(await lastEvent(tx)).toMatchObject({ operation: "session.verify", sessionId: at.id, targetId: renewed });
    await expect(verifySession(at.ctx, { by: "code", code: code() })).rejects.toEqual(refused("unauthenticated"));
  }));

test("a proof again in an open session, and a wrong one, keep the id", () =>
  rolledBack(async (tx) => {
    const at = await atSession(tx, "open");
    expect(await verifySession(at.ctx, { by: "password", password })).toEqual({ stage: "open", renewed: null });
    await at.addApp();
    await tx.update(sessions).set({ stage: "second_factor" });
    await expect(verifySession(at.ctx, { by: "code", code: "000000" })).rejects.toEqual(refused("invalid"));
    expect((await at.only()).id).toBe(at.id);
  }));

test("the end of an enrolment gives a new id", () =>
  rolledBack(async (tx) => {
    const at = await atSession(tx, "enrol_factor");
    await at.addApp();
    const { stage, renewed } = await finishEnrolment(at.ctx, {});
    expect(stage).toBe("open");
    expect(renewed).not.toBe(at.id);
    expect(await at.only()).toMatchObject({ id: renewed, stage: "open" });
    await expect(finishEnrolment(at.ctx, {})).rejects.toEqual(refused("unauthenticated"));
  }));

test("a password that was owed gives a new id, and ends the other sessions alone", () =>
  rolledBack(async (tx) => {
    const at = await atSession(tx, "new_password", { mustChangePassword: true });
    const { renewed } = await setOwedPassword(at.ctx, { newPassword, confirmPassword: newPassword });
    expect(renewed).not.toBe(at.id);
    expect(await at.only()).toMatchObject({ id: renewed, stage: "open", endedAt: null });
  }));

test("a session that ended meanwhile is not renewed", () =>
  rolledBack(async (tx) => {
    const at = await atSession(tx, "new_password", { mustChangePassword: true });
    await tx.update(sessions).set({ endedAt: new Date(), endedReason: "ended" });
    await expect(setOwedPassword(at.ctx, { newPassword, confirmPassword: newPassword })).rejects.toEqual(
      refused("unauthenticated"),
    );
    expect((await at.only()).id).toBe(at.id);
  }));

test("a session that a sign-in replaces ends as just that, once", () =>
  rolledBack(async (tx) => {
    const at = await atSession(tx, "open");
    await endReplacedSession(asNobody(tx), { id: at.id });
    expect(await at.only()).toMatchObject({ endedReason: "replaced", endedBy: null });
    const event = await lastEvent(tx);
    expect(event).toMatchObject({
      operation: "session.sign_out",
      outcome: "succeeded",
      targetId: at.id,
      personId: at.person.id,
      values: { "fact.replaced": true },
    });
    await endReplacedSession(asNobody(tx), { id: at.id });
    await endReplacedSession(asNobody(tx), { id: newId() });
    expect((await lastEvent(tx)).id).toBe(event.id);
  }));
