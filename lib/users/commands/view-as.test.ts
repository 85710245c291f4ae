import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { roleOperations, roles, sessions, userRoles, users } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { loadAccess } from "@/lib/authz/load";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { company, refused } from "@/lib/testing/company";
import { as, asOperator, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { stopViewing, viewAs } from "@/lib/users/commands/view-as";

type One = { id: string };

async function seated(tx: Tx, person: One, more: Partial<typeof sessions.$inferInsert> = {}): Promise<Ctx<Person>> {
  const id = newId();
  const endsAt = new Date(Date.now() + 3_600_000);
  await tx.insert(sessions).values({ id, userId: person.id, address: "::1", agent: "test", endsAt, ...more });
  const access = await loadAccess(tx, person.id, new Date());
  return createContext(tx, personActor({ id: person.id, sessionId: id, access }));
}

async function viewed(tx: Tx, { actor }: Ctx<Person>) {
  const [row] = await tx
    .select()
    .from(sessions)
    .where(eq(sessions.id, actor.sessionId ?? ""));
  return { id: row?.viewingId, until: row?.viewingUntil };
}

describe("R16: viewing as somebody", () => {
  test("is kept with the session, for half an hour, and logged as done to the person who is viewed", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await seated(tx, ada);
      const begun = Date.now();
      expect(await viewAs(ctx, { id: eve.id })).toEqual({ id: eve.id });
      const { id, until } = await viewed(tx, ctx);
      expect(id).toBe(eve.id);
      expect(Math.abs((until?.getTime() ?? 0) - begun - 30 * 60_000)).toBeLessThan(10_000);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "user.view_as",
        outcome: "succeeded",
        actorId: ada.id,
        personId: eve.id,
        sessionId: ctx.actor.sessionId,
        values: { "fact.until": until?.toISOString() },
      });
    }));

  test("ends when it is stopped, which the log shows; a second time nothing happens", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await seated(tx, ada);
      await viewAs(ctx, { id: eve.id });
      expect(await stopViewing(ctx, {})).toEqual({ id: eve.id });
      expect(await viewed(tx, ctx)).toEqual({ id: null, until: null });
      const told = await lastEvent(tx);
      expect(told).toMatchObject({ operation: "user.stop_viewing", actorId: ada.id, personId: eve.id });
      expect(await stopViewing(ctx, {})).toEqual({ id: null });
      expect((await lastEvent(tx)).id).toBe(told.id);
    }));

  test("is of one session alone", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const [here, there] = [await seated(tx, ada), await seated(tx, ada)];
      await viewAs(here, { id: eve.id });
      expect(await viewed(tx, there)).toEqual({ id: null, until: null });
      await stopViewing(there, {});
      expect((await viewed(tx, here)).id).toBe(eve.id);
    }));

  test("asks for a fresh proof", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await seated(tx, ada, { verifiedAt: new Date(Date.now() - 11 * 60_000) });
      await expect(viewAs(ctx, { id: eve.id })).rejects.toEqual(refused("stale"));
      expect(await viewed(tx, ctx)).toEqual({ id: null, until: null });
    }));

  test.each([
    ["oneself", {}, /as yourself already/],
    ["somebody archived", { status: "archived" as const, statusBeforeArchive: "active" as const }, /is archived/],
    ["somebody disabled", { status: "disabled" as const }, /is disabled/],
    ["somebody whose access has ended", { accessEndsAt: new Date(Date.now() - 1000) }, /is without access/],
    ["somebody invited", { status: "invited" as const }, /has not signed in yet/],
  ])("is refused of %s", (who, state, reason) =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const other = await makeUser(tx, { username: "other", firstName: "Olive", ...state });
      const ctx = await seated(tx, ada);
      await expect(viewAs(ctx, { id: who === "oneself" ? ada.id : other.id })).rejects.toEqual(
        refused("precondition", reason),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.view_as", outcome: "refused", actorId: ada.id });
    }),
  );

  test("of somebody locked shows what they see in the sessions that continue", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const lucy = await makeUser(tx, { username: "lucy", lockedAt: new Date() });
      expect(await viewAs(await seated(tx, ada), { id: lucy.id })).toEqual({ id: lucy.id });
    }));

  test("requires everything that they may do, for as long (R13)", () =>
    rolledBack(async (tx) => {
      const { ada, lee, sam } = await company(tx);
      const [support] = await tx
        .insert(roles)
        .values({ name: "Support", nameKey: "support", kind: "additional" })
        .returning();
      const held = ["user.view_as", "user.read"].map((operation) => ({ operation, scope: "all" as const }));
      await tx.insert(roleOperations).values(held.map((one) => ({ roleId: support!.id, ...one })));
      await tx.insert(userRoles).values({ userId: sam.id, roleId: support!.id });
      const ctx = await seated(tx, sam);
      for (const { id } of [ada, lee])
        await expect(viewAs(ctx, { id })).rejects.toEqual(refused("forbidden", /which you cannot/));
      const peer = await makeUser(tx, { username: "peer" });
      expect(await viewAs(ctx, { id: peer.id })).toEqual({ id: peer.id });
    }));

  test("requires a session: neither a job nor the server's owner views as anybody", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      await expect(viewAs(await as(tx, ada), { id: eve.id })).rejects.toEqual(refused("unauthenticated"));
      await expect(viewAs(asOperator(tx) as never, { id: eve.id })).rejects.toEqual(refused("forbidden"));
    }));

  test("of somebody who is erased is over", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await seated(tx, ada);
      await viewAs(ctx, { id: eve.id });
      await tx.delete(users).where(eq(users.id, eve.id));
      expect((await viewed(tx, ctx)).id).toBeNull();
      expect(await stopViewing(ctx, {})).toEqual({ id: null });
    }));
});
