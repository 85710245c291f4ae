import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import {
  groupMembers,
  groupRoles,
  groups,
  roleOperations,
  roles,
  serviceAccounts,
  sessions,
  settings,
  userRoles,
  users,
} from "@/db/schema";
import { readGroupFilters } from "@/lib/groups/filters";
import { listGroups } from "@/lib/groups/list";
import { company, refused } from "@/lib/testing/company";
import { as, roleNamed, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { readingAlone } from "@/lib/testing/read-only";
import { listOwned } from "@/lib/users/owned";
import { firstPageOf, getUser } from "@/lib/users/queries";

const opened = async (tx: Tx, viewer: { id: string }, person: { id: string }) => {
  const { counts } = await getUser(await as(tx, viewer), person.id);
  expect(counts.registered === null).toBe(counts.clients === null);
  return { clients: counts.clients !== null, sessions: counts.sessions !== null };
};

test("clients and sessions are counted for those alone to whom their pages open (R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await company(tx);
    expect(await opened(tx, ada, eve)).toEqual({ clients: true, sessions: true });
    expect(await opened(tx, lee, eve)).toEqual({ clients: true, sessions: false });
    await tx.delete(roleOperations);
    const [reader] = await tx
      .insert(roles)
      .values({ name: "Reader", nameKey: "reader", kind: "additional" })
      .returning();
    const held = [
      { operation: "user.read", scope: "all" as const },
      { operation: "client.read", scope: "self" as const },
      { operation: "session.read", scope: "reports" as const },
    ];
    await tx.insert(roleOperations).values(held.map((one) => ({ roleId: reader!.id, ...one })));
    await tx.insert(userRoles).values({ userId: lee.id, roleId: reader!.id });
    expect(await opened(tx, lee, lee)).toEqual({ clients: false, sessions: false });
    expect(await opened(tx, lee, eve)).toEqual({ clients: false, sessions: true });
    expect(await opened(tx, lee, ada)).toEqual({ clients: false, sessions: false });
  }));

test("the creator of a user continues at the first of that user's pages that opens to them (U4, R11)", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee, eve, sam } = await company(tx);
    const first = async (viewer: { id: string }, person: { id: string }) =>
      firstPageOf(await as(tx, viewer), person.id);
    expect(await first(ada, eve)).toBe(`/admin/users/${eve.id}/clients`);
    expect(await first(lee, eve)).toBe(`/admin/users/${eve.id}/clients`);
    await tx.delete(roleOperations);
    const [reader] = await tx
      .insert(roles)
      .values({ name: "Reader", nameKey: "reader", kind: "additional" })
      .returning();
    await tx.insert(roleOperations).values({ roleId: reader!.id, operation: "user.read", scope: "reports" });
    await tx.insert(userRoles).values({ userId: quinn.id, roleId: reader!.id });
    expect(await first(quinn, eve)).toBe(`/admin/users/${eve.id}`);
    expect(await first(quinn, sam)).toBe("/admin/users");
  }));

test("what somebody owns is counted as the list of groups counts it: present members, and roles that last", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee, eve, sam } = await company(tx);
    const [group] = await tx.insert(groups).values({ name: "Nights", nameKey: "nights", ownerId: lee.id }).returning();
    const groupId = group!.id;
    const over = new Date(Date.now() - 1000);
    await tx.update(users).set({ status: "archived" }).where(eq(users.id, sam.id));
    await tx.insert(groupMembers).values([
      { groupId, userId: eve.id },
      { groupId, userId: quinn.id, endsAt: over },
      { groupId, userId: sam.id },
    ]);
    const [auditor, admin] = [await roleNamed(tx, "Auditor"), await roleNamed(tx, "Admin")];
    await tx.insert(groupRoles).values([
      { groupId, roleId: auditor.id },
      { groupId, roleId: admin.id, endsAt: over },
    ]);
    expect(await listOwned(await as(tx, ada), lee.id)).toMatchObject({
      objects: [{ name: "Nights", members: 1, roles: 1 }],
      types: [],
    });
    await expect(listOwned(await as(tx, lee), ada.id)).rejects.toEqual(refused("not_found"));
    const { rows } = await listGroups(await as(tx, ada), readGroupFilters({}).filters);
    expect(rows).toMatchObject([{ members: { value: 1 }, roles: [{ name: "Auditor" }] }]);
  }));

test("the page of a user runs as many queries for an owner, a manager and a signed-in person as for anybody else", () =>
  withFreshDatabase("user_statements", async (db, url) => {
    const { ada, lee, eve } = await company(db);
    const asked = async (id: string) =>
      readingAlone(url, 1, async (tx) => getUser(await as(tx, ada), id), statementsUpTo);
    await asked(eve.id);
    await db.insert(sessions).values(
      [0, 1, 2].map((days) => ({
        userId: eve.id,
        address: "127.0.0.1",
        agent: "Browser",
        lastSeenAt: new Date(Date.now() - days * 24 * 60 * 60_000),
        endsAt: new Date(Date.now() + 24 * 60 * 60_000),
      })),
    );
    await db.insert(settings).values({ key: "sessions.idleHours", value: 25 });
    await db.insert(groups).values({ name: "Nights", nameKey: "nights", ownerId: eve.id });
    await db.insert(serviceAccounts).values({ name: "Nightly", nameKey: "nightly", ownerId: eve.id });
    await asked(eve.id);
    const user = await getUser(await as(db, ada), eve.id);
    expect(user).toMatchObject({
      counts: { clients: 0, sessions: 2, owned: 2 },
      manager: { id: lee.id, name: "Lee Lead" },
      primaryRole: { name: "Quality Engineer" },
      factors: [],
    });
    expect((await getUser(await as(db, ada), ada.id)).manager).toBeNull();
    expect((await getUser(await as(db, lee), eve.id)).manager, "the actor, who sees those below").toEqual(user.manager);
  }));

/** With the context: what the actor holds, and of the user the row, what they hold, what is stored with them, and their state. */
const statementsUpTo = 6;
