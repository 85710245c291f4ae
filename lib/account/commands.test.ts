import { eq, isNull } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { links, passwords, sessions, signInNames, users } from "@/db/schema";
import { demoPassword as currentPassword } from "@/db/seed/cast";
import { changeEmail, changePassword, setOwedPassword, updateAccount } from "@/lib/account/commands";
import { getAccount } from "@/lib/account/queries";
import { hashPassword, verifyPassword } from "@/lib/auth/password-queue";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { issueLink } from "@/lib/links/issue";
import { as, type Draft, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

const newPassword = "seven lanterns over the harbour";
let hash = "";

beforeAll(async () => {
  hash = await hashPassword(currentPassword);
});

async function eveAtHome(tx: Tx, draft: Draft = {}) {
  await loadPreset(tx, "quality_assurance");
  const eve = await makeUser(tx, { username: "eve", firstName: "Eve", lastName: "Engineer", hash, ...draft });
  const clock = { now: new Date("2026-11-20T09:00:00Z") };
  const sessionId = await openSession(tx, eve.id, draft.mustChangePassword ? "new_password" : "open");
  const plain = await as(tx, eve);
  const ctx: Ctx<Person> = createContext(tx, { ...plain.actor, sessionId }, { now: () => clock.now });
  const row = async () => (await tx.select().from(users).where(eq(users.id, eve.id)))[0]!;
  const opens = async (password: string) => {
    const [kept] = await tx.select().from(passwords).where(eq(passwords.userId, eve.id));
    return verifyPassword(kept!.hash, password);
  };
  const sessionOf = async (id: string) => (await tx.select().from(sessions).where(eq(sessions.id, id)))[0]!;
  return { eve, ctx, clock, row, opens, sessionId, sessionOf };
}

async function openSession(tx: Tx, userId: string, stage: "open" | "new_password" = "open") {
  const id = newId();
  const endsAt = new Date("2026-12-20T09:00:00Z");
  await tx.insert(sessions).values({ id, userId, stage, address: "10.0.0.1", agent: "Firefox", endsAt });
  return id;
}

describe("updateAccount", () => {
  test("saves one's own name, raises the version, logs the old and new value", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, row } = await eveAtHome(tx);
      await updateAccount(ctx, { firstName: "Évelyne", lastName: "", version: 1 });
      expect(await row()).toMatchObject({ firstName: "Évelyne", lastName: "", nameKey: "Évelyne", version: 2 });
      expect((await row()).search).toContain("evelyne");
      expect(await lastEvent(tx)).toMatchObject({
        operation: "account.update",
        outcome: "succeeded",
        actorId: eve.id,
        personId: eve.id,
        targetKind: "user",
        values: { "change.firstName": ["Eve", "Évelyne"], "change.lastName": ["Engineer", ""] },
      });
    }));

  test("U9: refuses what was changed meanwhile, and says what is there now", () =>
    rolledBack(async (tx) => {
      const { ctx, row } = await eveAtHome(tx);
      await updateAccount(ctx, { firstName: "Eva", lastName: "Engineer", version: 1 });
      await expect(updateAccount(ctx, { firstName: "Eve", lastName: "E.", version: 1 })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("Eva Engineer"),
      });
      expect((await row()).firstName).toBe("Eva");
      expect((await lastEvent(tx)).outcome).toBe("refused");
    }));

  test("refuses somebody whose account is no longer in force", () =>
    rolledBack(async (tx) => {
      const { eve, ctx } = await eveAtHome(tx);
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, eve.id));
      await expect(updateAccount(ctx, { firstName: "Eva", lastName: "", version: 1 })).rejects.toMatchObject({
        code: "unauthenticated",
      });
    }));
});

describe("changeEmail", () => {
  test("S8: with the current password; the new address signs in and the old one is free", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, row } = await eveAtHome(tx);
      await changeEmail(ctx, { email: "Eve@BÜCHER.example", currentPassword, version: 1 });
      expect(await row()).toMatchObject({
        email: "Eve@BÜCHER.example",
        emailKey: "eve@xn--bcher-kva.example",
        version: 2,
      });
      const names = await tx.select().from(signInNames).where(eq(signInNames.userId, eve.id));
      expect(names.map((name) => name.key).sort()).toEqual(["eve", "eve@xn--bcher-kva.example"]);
      expect((await lastEvent(tx)).values["change.email"]).toEqual(["eve@northwind.example", "Eve@BÜCHER.example"]);
    }));

  test("keeps both when the user name is the old address", () =>
    rolledBack(async (tx) => {
      const { eve, ctx } = await eveAtHome(tx, { username: "eve@northwind.example", email: "eve@northwind.example" });
      await changeEmail(ctx, { email: "eve@elsewhere.example", currentPassword, version: 1 });
      const names = await tx.select().from(signInNames).where(eq(signInNames.userId, eve.id));
      expect(names.map((name) => name.key).sort()).toEqual(["eve@elsewhere.example", "eve@northwind.example"]);
    }));

  test("U7: refuses an address in use at its field, without saying by whom", () =>
    rolledBack(async (tx) => {
      const { ctx, row } = await eveAtHome(tx);
      await makeUser(tx, { username: "lee", email: "lee@northwind.example", firstName: "Lee", lastName: "Lead" });
      await expect(
        changeEmail(ctx, { email: "LEE@northwind.example", currentPassword, version: 1 }),
      ).rejects.toMatchObject({
        code: "invalid",
        fields: { email: expect.stringMatching(/already in use/) },
      });
      expect(await row()).toMatchObject({ email: "eve@northwind.example", version: 1 });
    }));

  test("S8: refuses a wrong current password, and leaves the counter of sign-ins alone", () =>
    rolledBack(async (tx) => {
      const { ctx, row } = await eveAtHome(tx);
      await expect(
        changeEmail(ctx, { email: "eve@elsewhere.example", currentPassword: "wrong", version: 1 }),
      ).rejects.toMatchObject({ fields: { currentPassword: "This is not your current password." } });
      expect(await row()).toMatchObject({ email: "eve@northwind.example", failedSignIns: 0 });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "account.update",
        outcome: "refused",
        values: { "fact.reason": "wrong current password" },
      });
    }));
});

describe("changePassword", () => {
  const input = { currentPassword, newPassword, confirmPassword: newPassword };

  test("S10: changes it, ends the other sessions and keeps this one", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, clock, opens, sessionId, sessionOf } = await eveAtHome(tx, { failedSignIns: 3 });
      const elsewhere = await openSession(tx, eve.id);
      const stranger = await openSession(tx, (await makeUser(tx)).id);
      expect(await changePassword(ctx, input)).toEqual({ ended: 1 });
      expect(await opens(newPassword)).toBe(true);
      expect((await sessionOf(sessionId)).endedAt).toBeNull();
      expect((await sessionOf(stranger)).endedAt).toBeNull();
      expect(await sessionOf(elsewhere)).toMatchObject({
        endedAt: clock.now,
        endedReason: "password_changed",
        endedBy: eve.id,
      });
      const event = await lastEvent(tx);
      expect(event.values).toMatchObject({ "change.password": [null, "changed"], "fact.sessions": 1 });
      expect(JSON.stringify(event)).not.toContain(newPassword);
      expect((await getAccount(ctx)).passwordChangedAt).toEqual(clock.now);
    }));

  test("five wrong current passwords in a row end the session, and nothing else is locked", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, row, opens, sessionId, sessionOf } = await eveAtHome(tx);
      const wrong = () => changePassword(ctx, { ...input, currentPassword: "wrong" });
      for (let time = 0; time < 4; time++) await expect(wrong()).rejects.toMatchObject({ code: "invalid" });
      expect(await changePassword(ctx, input)).toEqual({ ended: 0 });
      for (let time = 0; time < 4; time++) await expect(wrong()).rejects.toMatchObject({ code: "invalid" });
      await expect(wrong()).rejects.toMatchObject({ code: "unauthenticated" });
      expect(await sessionOf(sessionId)).toMatchObject({ endedReason: "wrong_proofs", endedBy: eve.id });
      expect((await lastEvent(tx)).values["fact.reason"]).toBe(
        "wrong current password, 5 in a row, so the session ended",
      );
      expect(await row()).toMatchObject({ failedSignIns: 0, lockedAt: null });
      expect(await opens(newPassword)).toBe(true);
    }));

  test("S4: is open to a signed-in person while strangers have locked the account", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, clock } = await eveAtHome(tx);
      const lockedUntil = new Date(clock.now.getTime() + 15 * 60_000);
      await tx.update(users).set({ lockedAt: clock.now, lockedUntil }).where(eq(users.id, eve.id));
      await expect(changePassword(ctx, input)).resolves.toEqual({ ended: 0 });
    }));

  test("S6: a change of the address that waits is revoked with the old password", () =>
    rolledBack(async (tx) => {
      const { eve, ctx } = await eveAtHome(tx);
      await issueLink(ctx, tx, { purpose: "email_change", userId: eve.id, address: "intruder@elsewhere.example" });
      await changePassword(ctx, input);
      expect(await tx.select().from(links).where(isNull(links.revokedAt))).toEqual([]);
    }));

  test.each([
    ["S2: a short one", "seven lanterns"],
    ["S2: one's own names", "eve engineer eve engineer"],
    ["the present one", currentPassword],
  ])("refuses %s at its field", (_, weak) =>
    rolledBack(async (tx) => {
      const { ctx, opens } = await eveAtHome(tx);
      await expect(
        changePassword(ctx, { currentPassword, newPassword: weak, confirmPassword: weak }),
      ).rejects.toMatchObject({ code: "invalid", fields: { newPassword: expect.any(String) } });
      expect(await opens(currentPassword)).toBe(true);
    }),
  );
});

describe("S5: setOwedPassword", () => {
  test("sets it, opens this session, ends the others", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, row, opens, sessionOf } = await eveAtHome(tx, { mustChangePassword: true });
      const elsewhere = await openSession(tx, eve.id, "new_password");
      const { renewed } = await setOwedPassword(ctx, { newPassword, confirmPassword: newPassword });
      expect(await row()).toMatchObject({ mustChangePassword: false, version: 1 });
      expect(await opens(newPassword)).toBe(true);
      expect(await sessionOf(renewed ?? "")).toMatchObject({ stage: "open", endedAt: null });
      expect(await sessionOf(elsewhere)).toMatchObject({ stage: "new_password", endedReason: "password_changed" });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "account.update",
        outcome: "succeeded",
        values: { "change.password": [null, "changed"] },
      });
    }));

  test("refuses the old password, and leaves the session where it was", () =>
    rolledBack(async (tx) => {
      const { ctx, row, sessionId, sessionOf } = await eveAtHome(tx, { mustChangePassword: true });
      await expect(
        setOwedPassword(ctx, { newPassword: currentPassword, confirmPassword: currentPassword }),
      ).rejects.toMatchObject({ fields: { newPassword: expect.stringContaining("must be changed") } });
      expect((await row()).mustChangePassword).toBe(true);
      expect((await sessionOf(sessionId)).stage).toBe("new_password");
    }));

  test("refuses somebody who owes nothing: a change of their own password needs the current one", () =>
    rolledBack(async (tx) => {
      const { ctx, opens } = await eveAtHome(tx);
      await expect(setOwedPassword(ctx, { newPassword, confirmPassword: newPassword })).rejects.toMatchObject({
        code: "conflict",
      });
      expect(await opens(currentPassword)).toBe(true);
    }));
});
