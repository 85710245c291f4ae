import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { clients, roleOperations, sessions, users } from "@/db/schema";
import { searchText } from "@/lib/normalization/search";
import { countActiveClients, listActiveClients } from "@/lib/sessions/active-clients";
import { countActiveSessions, listActiveSessions } from "@/lib/sessions/active-users";
import { readSessionFilters } from "@/lib/sessions/filters";
import { listLockedUsers } from "@/lib/sessions/locked-users";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";

const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);

const open = (tx: Tx, userId: string, more: Partial<typeof sessions.$inferInsert> = {}) =>
  tx.insert(sessions).values({ userId, address: "10.1.2.3", agent: "curl/8", endsAt: ago(-24), ...more });

/** A lead who may also see the sessions of the people below. */
async function watchful(tx: Tx) {
  const people = await company(tx);
  const { id } = await roleNamed(tx, "Quality Lead");
  await tx.insert(roleOperations).values({ roleId: id, operation: "session.read", scope: "reports" });
  return people;
}

describe("Active Users", () => {
  test("are the sessions that would open a page now, the one seen last first", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await company(tx);
      const dan = await makeUser(tx, { username: "dan", status: "disabled" });
      await open(tx, eve.id, { lastSeenAt: ago(2) });
      await open(tx, lee.id, { lastSeenAt: ago(1) });
      await open(tx, lee.id, { lastSeenAt: ago(13) });
      await open(tx, lee.id, { endedAt: ago(1), endedReason: "ended" });
      await open(tx, lee.id, { endsAt: ago(1) });
      await open(tx, dan.id);
      const page = await listActiveSessions(await as(tx, ada), readSessionFilters({}).filters);
      expect(page.rows.map(({ person }) => person.username)).toEqual(["lee", "eve"]);
      expect(page.total).toEqual({ value: 2, kind: "exact" });
      expect(page.rows[0]).toMatchObject({ device: "curl", address: "10.1.2.3", own: false, mayEnd: { ok: true } });
    }));

  test("R11: only of people in sight, and R13 says why one cannot be ended", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await watchful(tx);
      await open(tx, ada.id);
      await open(tx, eve.id);
      const page = await listActiveSessions(await as(tx, lee), readSessionFilters({}).filters);
      expect(page.rows.map(({ person }) => person.username)).toEqual(["eve"]);
      expect(page.rows[0]?.mayEnd.ok).toBe(false);
      expect(await countActiveSessions(await as(tx, lee))).toEqual({ value: 1, kind: "exact" });
    }));

  test("are found by name and by address, and walked by key both ways", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await company(tx);
      await open(tx, lee.id, { address: "192.0.2.7" });
      for (let at = 0; at < 60; at++) await open(tx, eve.id, { lastSeenAt: ago(at / 10) });
      const ctx = await as(tx, ada);
      const list = (params: Record<string, string>) => listActiveSessions(ctx, readSessionFilters(params).filters);
      expect((await list({ q: "192.0.2" })).rows.map(({ person }) => person.username)).toEqual(["lee"]);
      expect((await list({ q: "%" })).rows).toEqual([]);
      const first = await list({ q: "engineer" });
      const second = await list({ q: "engineer", after: first.next ?? "" });
      expect([first.rows.length, second.rows.length, second.from, second.next]).toEqual([50, 10, 51, null]);
      const back = await list({ q: "engineer", before: second.previous ?? "" });
      expect(back.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
      await expect(list({ q: "lead", after: first.next ?? "" })).rejects.toEqual(refused("invalid"));
    }));
});

test("Active Clients are those that beat now, of people in sight", () =>
  rolledBack(async (tx) => {
    const { lee, eve, sam } = await company(tx);
    const token = { tokenPrefix: "gh_cli_", tokenLastFour: "abcd", tokenExpiresAt: ago(-1) };
    const client = (userId: string, name: string, beat: Date | null, awaiting = false) =>
      tx.insert(clients).values({
        ...token,
        userId,
        name,
        nameKey: name,
        search: searchText(name),
        status: "registered",
        awaiting,
        lastHeartbeatAt: beat,
        lastAddress: "10.9.8.7",
      });
    await client(eve.id, "eve-workstation", ago(0));
    await client(eve.id, "eve-laptop", ago(1));
    await client(eve.id, "eve-new", ago(0), true);
    await client(sam.id, "sam-rig", ago(0));
    const ctx = await as(tx, lee);
    const page = await listActiveClients(ctx, readSessionFilters({ q: "WORK" }).filters);
    expect(page.rows).toMatchObject([{ name: "eve-workstation", address: "10.9.8.7", person: { username: "eve" } }]);
    expect(await countActiveClients(ctx)).toEqual({ value: 1, kind: "exact" });
  }));

test("Locked Users are those who are locked now, of people in sight, with what may be done", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve, sam } = await company(tx);
    const lock = (id: string, lockedAt: Date, lockedUntil: Date | null) =>
      tx.update(users).set({ lockedAt, lockedUntil }).where(eq(users.id, id));
    await lock(eve.id, ago(2), ago(-1));
    await lock(sam.id, ago(1), null);
    await lock(lee.id, ago(2), ago(1));
    const all = await listLockedUsers(await as(tx, ada), readSessionFilters({}).filters);
    expect(all.rows).toMatchObject([
      { username: "sam", until: null, mayUnlock: { ok: true } },
      { username: "eve", mayUnlock: { ok: true } },
    ]);
    const seen = await listLockedUsers(await as(tx, lee), readSessionFilters({}).filters);
    expect(seen.rows).toMatchObject([{ username: "eve", mayUnlock: { ok: false } }]);
  }));
