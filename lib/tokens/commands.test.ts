import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { accessTokens, sessions } from "@/db/schema";
import { createContext, type Person } from "@/lib/context";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { createToken, issueToken, regenerateToken, revokeAccessToken } from "@/lib/tokens/commands";
import { openTokens } from "@/lib/tokens/queries";
import { disableUser } from "@/lib/users/commands/disable";

const now = new Date("2026-11-20T09:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

async function people(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const ada = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"], firstName: "Ada" });
  const quinn = await makeUser(tx, { primaryRole: "Quality Manager", firstName: "Quinn" });
  const eve = await makeUser(tx, { managerId: quinn.id, firstName: "Eve" });
  const acting = async (person: { id: string }, at = now) =>
    createContext<Person>(tx, (await as(tx, person)).actor as Person, { now: () => at });
  return { ada, quinn, eve, acting };
}

const rowOf = async (tx: Tx, id: string) => (await tx.select().from(accessTokens).where(eq(accessTokens.id, id)))[0]!;
const wanted = { name: "Nightly build", operations: ["session.read"], days: 30 };

test("T1, T2: a token of one's own is given once, kept as a hash, and logged without its text", () =>
  rolledBack(async (tx) => {
    const { eve, acting } = await people(tx);
    const issued = await createToken(await acting(eve), { ...wanted, operations: ["session.read", "report.view"] });
    expect(issued).toMatchObject({ name: "Nightly build", expiresAt: inDays(30), userId: eve.id });
    expect(issued.token).toMatch(/^gh_pat_[0-9A-Za-z]{49}$/);
    const row = await rowOf(tx, issued.id);
    expect(JSON.stringify(row)).not.toContain(issued.token);
    expect(row).toMatchObject({ prefix: "gh_pat_", lastFour: issued.token.slice(-4), createdBy: eve.id });
    const event = await lastEvent(tx);
    expect(event).toMatchObject({ operation: "token.create", targetId: issued.id, personId: eve.id });
    expect(JSON.stringify(event)).not.toContain(issued.token);
  }));

test("T1: only what its owner holds and a token carries at all", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    const refused = (operations: string[]) =>
      expect.objectContaining({ code: "invalid", fields: { operations: expect.stringContaining(operations[0]!) } });
    for (const operation of ["user.read", "nothing.at_all", "project.manage"])
      await expect(createToken(await acting(eve), { ...wanted, operations: [operation] })).rejects.toEqual(
        refused([operation]),
      );
    for (const operation of [
      "token.create",
      "token.issue",
      "factor.reset",
      "identity_provider.update",
      "session.start",
    ])
      await expect(createToken(await acting(ada), { ...wanted, operations: [operation] })).rejects.toEqual(
        refused([operation]),
      );
  }));

test("T1: what asks for a proof is made with a fresh one, and expires within 90 days", () =>
  rolledBack(async (tx) => {
    const { ada, acting } = await people(tx);
    const long = { code: "invalid", fields: { days: expect.stringContaining("90 days") } };
    for (const days of [91, null])
      await expect(
        createToken(await acting(ada), { name: "ops", operations: ["user.purge"], days }),
      ).rejects.toMatchObject(long);
    const issued = await createToken(await acting(ada), { name: "ops", operations: ["user.purge"], days: 90 });
    await expect(
      regenerateToken(await acting(ada), { id: issued.id, days: null, overlapHours: 0 }),
    ).rejects.toMatchObject(long);

    const [session] = await tx
      .insert(sessions)
      .values({
        userId: ada.id,
        address: "10.0.0.1",
        agent: "test",
        endsAt: inDays(9),
        verifiedAt: inDays(-1),
        startedAt: inDays(-1),
        lastSeenAt: now,
      })
      .returning();
    const ctx = await acting(ada);
    const stale = createContext<Person>(tx, { ...ctx.actor, sessionId: session!.id }, { now: () => now });
    await expect(createToken(stale, { name: "other", operations: ["session.read"], days: 1 })).rejects.toMatchObject({
      code: "stale",
    });
  }));

test("names are one person's, and free again once a token is revoked", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    const first = await createToken(await acting(eve), wanted);
    await createToken(await acting(ada), wanted);
    const again = { ...wanted, name: "NIGHTLY BUILD" };
    await expect(
      tx.transaction(async (inner) =>
        createToken(createContext<Person>(inner as Tx, (await acting(eve)).actor, { now: () => now }), again),
      ),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: { name: expect.stringContaining("already") },
    });
    await revokeAccessToken(await acting(eve), { id: first.id });
    await createToken(await acting(eve), again);
  }));

test("T3: regenerating gives another secret under the same name, and the old one works for the overlap", () =>
  rolledBack(async (tx) => {
    const { eve, acting } = await people(tx);
    const first = await createToken(await acting(eve), wanted);
    const second = await regenerateToken(await acting(eve), { id: first.id, days: 7, overlapHours: 24 });
    expect(second.token).not.toBe(first.token);
    expect(await rowOf(tx, first.id)).toMatchObject({ replacedAt: now, expiresAt: inDays(1), revokedAt: null });
    expect(await rowOf(tx, second.id)).toMatchObject({
      name: "Nightly build",
      operations: ["session.read"],
      expiresAt: inDays(7),
    });
    expect(await lastEvent(tx)).toMatchObject({ operation: "token.regenerate", targetId: first.id });
    await expect(regenerateToken(await acting(eve), { id: first.id, days: 7, overlapHours: 0 })).rejects.toMatchObject({
      code: "precondition",
    });
    const third = await regenerateToken(await acting(eve), { id: second.id, days: 7, overlapHours: 0 });
    expect((await rowOf(tx, second.id)).expiresAt).toEqual(now);
    await revokeAccessToken(await acting(eve), { id: third.id });
    await expect(regenerateToken(await acting(eve), { id: third.id, days: 7, overlapHours: 0 })).rejects.toMatchObject({
      code: "precondition",
    });
    const list = await openTokens(await acting(eve), eve.id, {});
    expect(list?.page.rows.map(({ status }) => status).sort()).toEqual(["expired", "replaced", "revoked"]);
  }));

test("revoking says so once, and a second time changes nothing", () =>
  rolledBack(async (tx) => {
    const { eve, acting } = await people(tx);
    const { id } = await createToken(await acting(eve), wanted);
    await revokeAccessToken(await acting(eve), { id });
    expect(await rowOf(tx, id)).toMatchObject({ revokedAt: now });
    const event = await lastEvent(tx);
    expect(event).toMatchObject({ operation: "token.revoke", outcome: "succeeded", targetId: id });
    await revokeAccessToken(await acting(eve, inDays(1)), { id });
    expect((await lastEvent(tx)).id).toBe(event.id);
    expect((await rowOf(tx, id)).revokedAt).toEqual(now);
  }));

test("T4: a holder makes one for somebody on whom they may act, who learns who made it; nobody else sees it", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, eve, acting } = await people(tx);
    const issue = { ...wanted, userId: eve.id };
    await expect(issueToken(await acting(quinn), issue)).rejects.toMatchObject({ code: "forbidden" });
    const issued = await issueToken(await acting(ada), issue);
    expect(await rowOf(tx, issued.id)).toMatchObject({ userId: eve.id, createdBy: ada.id });
    expect(await lastEvent(tx)).toMatchObject({ operation: "token.issue", actorId: ada.id, personId: eve.id });
    const own = await openTokens(await acting(eve), eve.id, {});
    expect(own?.page.rows.map(({ name, maker }) => [name, maker])).toEqual([["Nightly build", "an administrator"]]);
    expect(await openTokens(await acting(quinn), eve.id, {})).toBeNull();
    await expect(revokeAccessToken(await acting(quinn), { id: issued.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(issueToken(await acting(ada), { ...wanted, userId: ada.id })).rejects.toMatchObject({
      code: "precondition",
    });
  }));

test("T5: disabling and a reset by somebody else revoke what works, and say which", () =>
  rolledBack(async (tx) => {
    const { ada, eve, acting } = await people(tx);
    const first = await createToken(await acting(eve), wanted);
    await resetPassword(await acting(ada), { id: eve.id, way: "generate" });
    expect((await rowOf(tx, first.id)).revokedAt).toEqual(now);
    const second = await createToken(await acting(eve), wanted);
    const done = await disableUser(await acting(ada), { id: eve.id, reason: "left", until: null });
    expect(done.tokens).toEqual(["Nightly build"]);
    expect((await rowOf(tx, second.id)).revokedAt).toEqual(now);
  }));
