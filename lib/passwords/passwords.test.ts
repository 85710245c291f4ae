import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { links, mails, passwords, sessions, settings, users } from "@/db/schema";
import { hashPassword, verifyPassword } from "@/lib/auth/password-queue";
import { nobody as anybody } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { acceptInvitation } from "@/lib/invitations/commands";
import { issueLink } from "@/lib/links/issue";
import { findInvitation, findOpenLink } from "@/lib/links/queries";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { requestPassword } from "@/lib/passwords/commands/request";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { revokeResetLink } from "@/lib/passwords/commands/revoke-link";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, asNobody, lastEvent, rolledBack } from "@/lib/testing/database";
import { storeProvider } from "@/lib/testing/identity-providers";
import { mailsTo, setUpMail, tokenOf } from "@/lib/testing/mails";

const newPassword = "seven lanterns over the harbour";
const entries = { newPassword, confirmPassword: newPassword };

async function stage(tx: Tx, { mail = true } = {}) {
  const people = await company(tx);
  if (mail) await setUpMail(tx);
  const clock = { now: new Date() };
  const nobody: Ctx = createContext(tx, anybody, { now: () => clock.now });
  const ada = await as(tx, people.ada, () => clock.now);
  const row = async (id = people.eve.id) => (await tx.select().from(users).where(eq(users.id, id)))[0]!;
  const kept = async () => (await tx.select().from(passwords).where(eq(passwords.userId, people.eve.id)))[0];
  const openSession = async (userId = people.eve.id) => {
    const id = newId();
    const endsAt = new Date(clock.now.getTime() + 86_400_000);
    await tx.insert(sessions).values({ id, userId, address: "10.0.0.1", agent: "Firefox", endsAt });
    return async () => (await tx.select().from(sessions).where(eq(sessions.id, id)))[0]!;
  };
  const linkFor = async (purpose: "invitation" | "password_reset" | "email_change", id = people.eve.id) =>
    tokenOf((await issueLink(ada, tx, { purpose, userId: id })).href);
  return { ...people, clock, nobody, as: ada, row, kept, openSession, linkFor };
}

describe("S1: requestPassword", () => {
  test("mails a link to a person found by name or address, and notes who asked", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await requestPassword(on.nobody, { name: "EVE@northwind.example" });
      const [mail] = await mailsTo(tx, on.eve.email);
      expect(mail?.template).toBe("password_reset");
      const link = String(mail?.values.link);
      expect(link).toMatch(/^http:\/\/[^/]+\/reset-password\/[\w-]{43}$/);
      const [stored] = await tx.select().from(links).where(eq(links.userId, on.eve.id));
      expect(stored?.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(stored?.expiresAt).toEqual(new Date(on.clock.now.getTime() + 3_600_000));
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "password.request", outcome: "succeeded", personId: on.eve.id });
      expect(JSON.stringify(event)).not.toContain(tokenOf(link));
    }));

  test.each([
    ["somebody disabled", { status: "disabled" as const }],
    ["somebody archived", { status: "archived" as const }],
  ])("sends nothing to %s, and answers the same", (_, columns) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await storeProvider(tx, "directory", on.eve.id);
      await tx.update(users).set(columns).where(eq(users.id, on.eve.id));
      await expect(requestPassword(on.nobody, { name: "eve" })).resolves.toBeUndefined();
      expect(await mailsTo(tx, on.eve.email)).toEqual([]);
      expect(await lastEvent(tx)).toMatchObject({ operation: "password.request", outcome: "refused" });
    }),
  );

  test("answers the same for a name that nobody has", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await expect(requestPassword(on.nobody, { name: "nobody\u0000" })).resolves.toBeUndefined();
      await expect(requestPassword(on.nobody, { name: "who is this" })).resolves.toBeUndefined();
    }));

  test("says so where there is no mail", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      await expect(requestPassword(on.nobody, { name: "eve" })).rejects.toEqual(refused("precondition", /not set up/));
    }));

  test("S4: is refused beyond the setting's number from one address", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await tx.insert(settings).values({ key: "throttle.attempts", value: 5 });
      for (let time = 0; time < 5; time++) await requestPassword(on.nobody, { name: "who is this" });
      await expect(requestPassword(on.nobody, { name: "eve" })).rejects.toEqual(refused("rate_limited"));
    }));
});

describe("S4: requests for one person", () => {
  test("mail three links in a quarter of an hour and answer alike beyond, so that the last one can be read", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      on.clock.now = new Date("2026-11-20T09:01:00Z");
      const sent = () => tx.$count(mails, eq(mails.userId, on.eve.id));
      for (let time = 0; time < 9; time++) await requestPassword(on.nobody, { name: "eve" });
      expect(await sent()).toBe(3);
      expect(await lastEvent(tx)).toMatchObject({
        outcome: "refused",
        values: { "fact.reason": "more than 3 links in a quarter of an hour" },
      });
      const [last] = await mailsTo(tx, on.eve.email);
      expect(await findOpenLink(on.nobody, "password_reset", tokenOf(last?.values.link))).not.toBeNull();
      on.clock.now = new Date("2026-11-20T09:15:00Z");
      await requestPassword(on.nobody, { name: "eve" });
      expect(await sent()).toBe(4);
    }));
});

describe("redeemReset", () => {
  test("S4, S10: sets the password, unlocks, ends every session and every other link, and notifies the person", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await tx
        .update(users)
        .set({ lockedAt: on.clock.now, failedSignIns: 3, mustChangePassword: true })
        .where(eq(users.id, on.eve.id));
      const session = await on.openSession();
      const invitation = await on.linkFor("invitation");
      const token = await on.linkFor("password_reset");
      await redeemReset(on.nobody, { token, ...entries });
      expect(await verifyPassword((await on.kept())!.hash, newPassword)).toBe(true);
      expect(await on.row()).toMatchObject({ lockedAt: null, failedSignIns: 0, mustChangePassword: false });
      expect(await session()).toMatchObject({ endedReason: "password_changed" });
      expect(await findOpenLink(on.nobody, "invitation", invitation)).toBeNull();
      expect(await lastEvent(tx)).toMatchObject({
        operation: "password.redeem",
        outcome: "succeeded",
        actorKind: "nobody",
        personId: on.eve.id,
        values: { "change.password": [null, "set"], "fact.sessions": 1 },
      });
      expect((await mailsTo(tx, on.eve.email)).map(({ template }) => template)).toEqual(["credential_notice"]);
    }));

  test("an invited person becomes active by it", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await tx.update(users).set({ status: "invited" }).where(eq(users.id, on.eve.id));
      await redeemReset(on.nobody, { token: await on.linkFor("password_reset"), ...entries });
      expect((await on.row()).status).toBe("active");
    }));

  test("S6: looking at the page uses nothing up", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const token = await on.linkFor("password_reset");
      for (let look = 0; look < 3; look++)
        expect(await findOpenLink(on.nobody, "password_reset", token)).toMatchObject({ username: "eve" });
      await expect(redeemReset(on.nobody, { token, ...entries })).resolves.toEqual({ userId: on.eve.id });
    }));

  type On = Awaited<ReturnType<typeof stage>>;
  const dead: [string, (on: On, tx: Tx) => Promise<string>][] = [
    [
      "one that was used",
      async (on) => {
        const token = await on.linkFor("password_reset");
        await redeemReset(on.nobody, { token, ...entries });
        return token;
      },
    ],
    [
      "one that expired",
      async (on) => {
        const token = await on.linkFor("password_reset");
        on.clock.now = new Date(on.clock.now.getTime() + 3_600_000);
        return token;
      },
    ],
    [
      "one after which a newer was sent",
      async (on) => {
        const token = await on.linkFor("password_reset");
        await on.linkFor("password_reset");
        return token;
      },
    ],
    ["an invitation", (on) => on.linkFor("invitation")],
    ["the confirmation of an address", (on) => on.linkFor("email_change")],
  ];

  test.each(dead)("S6: refuses %s, and that is in the log", (_, prepare) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const token = await prepare(on, tx);
      const before = await on.kept();
      expect(await findOpenLink(on.nobody, "password_reset", token)).toBeNull();
      await expect(redeemReset(on.nobody, { token, ...entries })).rejects.toEqual(
        refused("precondition", /no longer works/),
      );
      expect(await on.kept()).toEqual(before);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "password.redeem", outcome: "refused", personId: on.eve.id });
      expect(JSON.stringify(event)).not.toContain(token);
    }),
  );

  test.each(["", "x", "A".repeat(43), "../../etc/passwd", "A".repeat(42), "😀".repeat(20)])(
    "S6: refuses %j, which never was a link",
    (token) =>
      rolledBack(async (tx) => {
        const on = await stage(tx);
        await expect(redeemReset(on.nobody, { token, ...entries })).rejects.toEqual(refused("not_found"));
        expect(await findOpenLink(on.nobody, "password_reset", token)).toBeNull();
      }),
  );

  test.each([
    ["S2: a short password", "seven lanterns"],
    ["S2: the person's own names", "eve engineer eve engineer"],
  ])("refuses %s at its field, and the link still works", (_, weak) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const token = await on.linkFor("password_reset");
      await expect(redeemReset(on.nobody, { token, newPassword: weak, confirmPassword: weak })).rejects.toEqual(
        wrongField("newPassword", /./),
      );
      await redeemReset(on.nobody, { token, ...entries });
    }),
  );

  test.each([
    ["disabled", { status: "disabled" as const }, /is disabled/],
    ["archived", { status: "archived" as const }, /has been removed/],
    ["ended", { accessEndsAt: new Date("2001-01-01") }, /access has ended/],
  ])("U10: refuses somebody %s, by name, and the link is not used up", (_, columns, sentence) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const token = await on.linkFor("password_reset");
      await tx.update(users).set(columns).where(eq(users.id, on.eve.id));
      await expect(redeemReset(on.nobody, { token, ...entries })).rejects.toEqual(refused("precondition", sentence));
      expect(await findOpenLink(on.nobody, "password_reset", token)).not.toBeNull();
    }),
  );
});

describe("acceptInvitation", () => {
  test("U10: invited becomes active with the password of their choice, and the invitation says when", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await tx.update(users).set({ status: "invited" }).where(eq(users.id, on.eve.id));
      const token = await on.linkFor("invitation");
      expect(await findInvitation(on.as, on.eve.id)).toMatchObject({ state: "open", endedAt: null });
      await acceptInvitation(on.nobody, { token, ...entries });
      expect((await on.row()).status).toBe("active");
      expect(await verifyPassword((await on.kept())!.hash, newPassword)).toBe(true);
      expect(await findInvitation(on.as, on.eve.id)).toMatchObject({ state: "accepted", endedAt: on.clock.now });
      expect(await lastEvent(tx)).toMatchObject({ operation: "invitation.accept", outcome: "succeeded" });
      expect(await mailsTo(tx, on.eve.email)).toEqual([]);
    }));

  test("S6: refuses the link of a reset", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const token = await on.linkFor("password_reset");
      await expect(acceptInvitation(on.nobody, { token, ...entries })).rejects.toEqual(refused("precondition"));
    }));
});

describe("resetPassword", () => {
  test("by link: the old password stops working, every session ends, and the link is sent by mail alone", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await tx.insert(passwords).values({ userId: on.eve.id, hash: await hashPassword("an earlier one, long enough") });
      const session = await on.openSession();
      expect(await resetPassword(on.as, { id: on.eve.id, way: "link" })).toEqual({
        id: on.eve.id,
        sessions: 1,
        password: null,
        link: null,
        linkExpiresAt: expect.any(Date),
        mailed: true,
      });
      expect(await on.kept()).toBeUndefined();
      expect(await session()).toMatchObject({ endedReason: "password_changed", endedBy: on.ada.id });
      const sent = await mailsTo(tx, on.eve.email);
      expect(sent.map(({ template }) => template)).toEqual(["credential_notice", "password_reset"]);
      await redeemReset(on.nobody, { token: tokenOf(sent[1]?.values.link), ...entries });
    }));

  test("by link without mail: it is shown this once", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx, { mail: false });
      const { link, linkExpiresAt, mailed } = await resetPassword(on.as, { id: on.eve.id, way: "link" });
      expect(mailed).toBe(false);
      expect(linkExpiresAt?.getTime()).toBeGreaterThan(on.clock.now.getTime());
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "password.reset", personId: on.eve.id });
      expect(JSON.stringify(event)).not.toContain(tokenOf(link));
      await redeemReset(on.nobody, { token: tokenOf(link), ...entries });
    }));

  test("S5: a generated one must be changed, and is in no mail and no event", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { password } = await resetPassword(on.as, { id: on.eve.id, way: "generate" });
      expect(await verifyPassword((await on.kept())!.hash, password!)).toBe(true);
      expect((await on.row()).mustChangePassword).toBe(true);
      expect(JSON.stringify(await mailsTo(tx, on.eve.email))).not.toContain(password!);
      expect(JSON.stringify(await lastEvent(tx))).not.toContain(password!);
    }));

  test("R13: nobody resets somebody who holds more; R11: or whom they do not see; or themselves", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const way = "generate";
      const eve = await as(tx, on.eve);
      await expect(resetPassword(eve, { id: on.lee.id, way })).rejects.toEqual(refused("not_found"));
      const quinn = await as(tx, on.quinn);
      await expect(resetPassword(quinn, { id: on.lee.id, way })).rejects.toEqual(refused("forbidden"));
      await expect(resetPassword(on.as, { id: on.ada.id, way })).rejects.toEqual(refused("precondition", /My profile/));
    }));
});

describe("revokeResetLink", () => {
  test("S6: takes a link back that somebody asked for, with the mail that carries it, and leaves the password", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const password = await on.kept();
      await requestPassword(on.nobody, { name: "eve" });
      const [mail] = await mailsTo(tx, on.eve.email);
      const token = tokenOf(String(mail?.values.link));
      await revokeResetLink(on.as, { id: on.eve.id });
      expect(await lastEvent(tx)).toMatchObject({
        ...{ operation: "password.revoke_link", outcome: "succeeded", personId: on.eve.id },
      });
      expect(await findOpenLink(on.nobody, "password_reset", token)).toBeNull();
      await expect(redeemReset(on.nobody, { token, ...entries })).rejects.toEqual(refused("precondition"));
      expect(await on.kept()).toEqual(password);
      expect((await tx.select().from(mails)).map(({ status }) => status)).not.toContain("waiting");
      await expect(revokeResetLink(on.as, { id: on.eve.id })).rejects.toEqual(
        refused("precondition", /no pending password link/),
      );
    }));

  test("R11: nobody revokes that of somebody whom they do not see, or without the operation", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await on.linkFor("password_reset", on.ada.id);
      await expect(revokeResetLink(await as(tx, on.quinn), { id: on.ada.id })).rejects.toEqual(refused("not_found"));
      await expect(revokeResetLink(await as(tx, on.lee), { id: on.eve.id })).rejects.toEqual(refused("forbidden"));
    }));
});

test("asking from nowhere is possible: no address, no agent", () =>
  rolledBack(async (tx) => {
    const on = await stage(tx);
    await requestPassword(asNobody(tx), { name: "eve" });
    expect(await mailsTo(tx, on.eve.email)).toHaveLength(1);
  }));
