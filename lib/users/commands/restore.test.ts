import { eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groups, handovers, roleOperations, roles, serviceAccounts, userRoles, users } from "@/db/schema";
import { company, refused } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { restoreUser } from "@/lib/users/commands/restore";
import { handBackOffer } from "@/lib/users/handovers";

/** Rita, who managed Eve and Mia and owned "Nights", "Days" and "Robot", is removed; Quinn has got all of it. */
async function removed(tx: Tx) {
  const { ada, quinn, lee, sam } = await company(tx);
  const rita = await makeUser(tx, { firstName: "Rita", managerId: quinn.id });
  const ella = await makeUser(tx, { firstName: "Ella", managerId: rita.id });
  const mia = await makeUser(tx, { firstName: "Mia", managerId: rita.id });
  const [nights, days] = await tx
    .insert(groups)
    .values(["Nights", "Days"].map((name) => ({ name, nameKey: name.toLowerCase(), ownerId: rita.id })))
    .returning();
  const [robot] = await tx
    .insert(serviceAccounts)
    .values({ name: "Robot", nameKey: "robot", ownerId: rita.id })
    .returning();
  if (!nights || !days || !robot) throw new Error("What is owned was not stored");
  const owned = [nights.id, days.id, robot.id];
  const ctx = await as(tx, ada);
  await archiveUser(ctx, {
    id: rita.id,
    owners: owned.map((id) => ({ id, ownerId: quinn.id })),
    managerId: quinn.id,
  });
  const all = [ella.id, mia.id, ...owned];
  return { ctx, quinn, lee, sam, rita, ella, mia, nights, days, robot, all };
}

/** Who has each of these now: the managers of people, the owners of objects. */
async function holders(tx: Tx, ids: string[]) {
  const rows = [
    ...(await tx.select({ id: users.id, by: users.managerId }).from(users).where(inArray(users.id, ids))),
    ...(await tx.select({ id: groups.id, by: groups.ownerId }).from(groups).where(inArray(groups.id, ids))),
    ...(await tx
      .select({ id: serviceAccounts.id, by: serviceAccounts.ownerId })
      .from(serviceAccounts)
      .where(inArray(serviceAccounts.id, ids))),
  ];
  return ids.map((id) => rows.find((row) => row.id === id)?.by);
}

describe("restoring hands back what was handed on (U11, U13)", () => {
  test("as far as it is chosen, in one event", () =>
    rolledBack(async (tx) => {
      const { ctx, quinn, rita, ella, mia, nights, days, robot, all } = await removed(tx);
      expect(await handBackOffer(ctx, rita.id)).toEqual([
        { kind: "report", id: ella.id, name: "Ella Person", to: "Quinn Person", decision: { ok: true } },
        { kind: "report", id: mia.id, name: "Mia Person", to: "Quinn Person", decision: { ok: true } },
        { kind: "group", id: days.id, name: "Days", to: "Quinn Person", decision: { ok: true } },
        { kind: "group", id: nights.id, name: "Nights", to: "Quinn Person", decision: { ok: true } },
        { kind: "service_account", id: robot.id, name: "Robot", to: "Quinn Person", decision: { ok: true } },
      ]);
      const restored = await restoreUser(ctx, { id: rita.id, handBack: [ella.id, nights.id, robot.id] });
      expect(restored).toEqual({
        id: rita.id,
        handedBack: ["Ella Person", "Nights", "Robot"],
        skipped: [],
      });
      const [q, r] = [quinn.id, rita.id];
      expect(await holders(tx, all)).toEqual([r, q, r, q, r]);
      expect((await lastEvent(tx)).values).toMatchObject({
        "fact.objectsBack": ["Nights", "Robot"],
        "fact.reportsBack": [`user:${ella.id}`],
      });
      expect(await tx.select().from(handovers).where(eq(handovers.userId, rita.id))).toEqual([]);
    }));

  test("what the restorer does not see stays with its new holder, and is settled as well", () =>
    rolledBack(async (tx) => {
      const { quinn, rita, all } = await removed(tx);
      const restorer = await makeUser(tx, { firstName: "Rosa", primaryRole: "Quality Manager" });
      const [role] = await tx
        .insert(roles)
        .values({ name: "Restorer", nameKey: "restorer", kind: "additional" })
        .returning();
      await tx.insert(roleOperations).values(
        ["user.read", "user.restore"].map((operation) => ({
          roleId: role!.id,
          operation,
          scope: "reports" as const,
        })),
      );
      await tx.insert(userRoles).values({ userId: restorer.id, roleId: role!.id });
      await tx.update(users).set({ managerId: restorer.id }).where(eq(users.id, rita.id));
      const ctx = await as(tx, restorer);
      expect(await handBackOffer(ctx, rita.id)).toEqual([]);
      await restoreUser(ctx, { id: rita.id });
      expect(new Set(await holders(tx, all))).toEqual(new Set([quinn.id]));
      expect(await tx.select().from(handovers).where(eq(handovers.userId, rita.id))).toEqual([]);
    }));

  test("nothing unless it is chosen", () =>
    rolledBack(async (tx) => {
      const { ctx, quinn, rita, all } = await removed(tx);
      await restoreUser(ctx, { id: rita.id });
      expect(new Set(await holders(tx, all))).toEqual(new Set([quinn.id]));
      expect((await lastEvent(tx)).values).not.toHaveProperty("fact.objectsBack");
    }));

  test("what moved on stays, and is reported", () =>
    rolledBack(async (tx) => {
      const { ctx, sam, rita, ella, mia, nights, days, robot, all } = await removed(tx);
      await tx.update(users).set({ managerId: sam.id }).where(eq(users.id, ella.id));
      await tx.update(groups).set({ ownerId: sam.id }).where(eq(groups.id, nights.id));
      await tx.delete(groups).where(eq(groups.id, days.id));
      const offer = await handBackOffer(ctx, rita.id);
      expect(offer.map(({ id, decision }) => [id, decision.ok])).toEqual([
        [ella.id, false],
        [mia.id, true],
        [nights.id, false],
        [robot.id, true],
      ]);
      const chosen = offer.map(({ id }) => id);
      expect(await restoreUser(ctx, { id: rita.id, handBack: chosen })).toMatchObject({
        handedBack: ["Mia Person", "Robot"],
        skipped: [
          { name: "Ella Person", reason: "Ella Person now has another owner." },
          { name: "Nights", reason: "Nights now has another owner." },
        ],
      });
      expect(await holders(tx, all)).toEqual([sam.id, rita.id, sam.id, undefined, rita.id]);
    }));

  test("nobody gets a report who is above them by now (U8)", () =>
    rolledBack(async (tx) => {
      const { ctx, quinn, rita, mia } = await removed(tx);
      await tx.update(users).set({ managerId: mia.id }).where(eq(users.id, rita.id));
      const { skipped } = await restoreUser(ctx, { id: rita.id, handBack: [mia.id] });
      expect(skipped).toEqual([
        { name: "Mia Person", reason: "Mia Person is above Rita Person in the organisation now." },
      ]);
      expect(await holders(tx, [mia.id])).toEqual([quinn.id]);
    }));

  test("a person who comes back disabled owns and manages nothing", () =>
    rolledBack(async (tx) => {
      const { ctx, rita, all } = await removed(tx);
      await tx.update(users).set({ statusBeforeArchive: "disabled" }).where(eq(users.id, rita.id));
      const { handedBack, skipped } = await restoreUser(ctx, { id: rita.id, handBack: all });
      expect(handedBack).toEqual([]);
      expect(skipped.map(({ reason }) => reason)).toContain("Rita Person will be disabled and cannot own Nights.");
    }));

  test("refused where the actor may not change it, or would give more reach than they hold (R8, R14)", () =>
    rolledBack(async (tx) => {
      const { rita, ella, nights, lee, sam } = await removed(tx);
      const [role] = await tx.insert(roles).values({ name: "R", nameKey: "r", kind: "additional" }).returning();
      if (!role) throw new Error("The role was not stored");
      const may = (...operations: string[]) =>
        tx
          .insert(roleOperations)
          .values(operations.map((operation) => ({ roleId: role.id, operation, scope: "all" as const })));
      await may("user.read", "user.restore", "group.read", "client.read");
      await tx.insert(userRoles).values({ userId: sam.id, roleId: role.id });
      const back = async (id: string) => restoreUser(await as(tx, sam), { id: rita.id, handBack: [id] });
      const offered = async () => (await handBackOffer(await as(tx, sam), rita.id)).map(({ decision }) => decision.ok);
      await expect(back(ella.id)).rejects.toEqual(refused("forbidden", /^None of your roles lets you edit a user/));
      await expect(back(nights.id)).rejects.toEqual(refused("forbidden", /permission to edit a group/));
      expect(await offered()).toEqual([false, false, false, false, true]);
      await may("user.update", "group.update");
      expect(await offered()).toEqual([true, true, true, true, true]);

      // People above Rita reach Ella as well.
      await tx.update(users).set({ managerId: lee.id }).where(eq(users.id, rita.id));
      const disabling = { roleId: lee.primaryRoleId, operation: "user.disable", scope: "reports" as const };
      await tx.insert(roleOperations).values(disabling);
      await expect(back(ella.id)).rejects.toEqual(refused("forbidden", /let somebody else/));
      expect(await offered()).toEqual([false, false, true, true, true]);
    }));

  test("what is out of sight is neither offered or handed back (R11)", () =>
    rolledBack(async (tx) => {
      const { rita, mia, sam } = await removed(tx);
      const [role] = await tx.insert(roles).values({ name: "R", nameKey: "r", kind: "additional" }).returning();
      if (!role) throw new Error("The role was not stored");
      const held = ["user.read", "user.restore", "user.update"].map((operation) => ({
        ...{ roleId: role.id, operation },
        scope: "reports" as const,
      }));
      await tx.insert(roleOperations).values(held);
      await tx.insert(userRoles).values({ userId: sam.id, roleId: role.id });
      await tx.update(users).set({ managerId: sam.id }).where(eq(users.id, rita.id));
      const ctx = await as(tx, sam);
      expect(await handBackOffer(ctx, rita.id)).toEqual([]);
      await expect(restoreUser(ctx, { id: rita.id, handBack: [mia.id] })).rejects.toEqual(refused("not_found"));
    }));
});
