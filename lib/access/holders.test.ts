import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groupRoles, groups, roleOperations, userRoles } from "@/db/schema";
import { listHolders, readHolderFilters, rolesCarrying } from "@/lib/access/holders";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import type { OperationKey } from "@/lib/operations";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";

async function holders(tx: Tx, viewer: { id: string }, operation: string, params: Record<string, string> = {}) {
  const ctx = await as(tx, viewer);
  const carriers = await rolesCarrying(ctx, operation);
  return listHolders(ctx, carriers, readHolderFilters(params, carriers).filters);
}

const told = (page: Awaited<ReturnType<typeof holders>>) =>
  page?.rows.map(({ username, through }) => [
    username,
    ...through.map(
      ({ role, origins }) => `${role.name} ${origins.map((origin) => origin.groupName ?? "direct").join("+")}`,
    ),
  ]);

async function putInGroup(tx: Tx, name: string, roleName: string, userId: string, endsAt: Date | null = null) {
  const [group] = await tx.insert(groups).values({ name, nameKey: name.toLowerCase() }).returning();
  await tx.insert(groupMembers).values({ groupId: group!.id, userId, endsAt });
  await tx.insert(groupRoles).values({ groupId: group!.id, roleId: (await roleNamed(tx, roleName)).id });
}

describe("who holds an operation, and through what", () => {
  test("roles that carry it, the operation it is under, and Admin which carries everything", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const named = async (operation: string) =>
        (await rolesCarrying(ctx, operation)).map(({ name, scopes }) => `${name}: ${scopes.join(" ")}`);
      expect(await named("user.read")).toEqual([
        "Quality Manager: reports",
        "Quality Lead: reports",
        "Admin: all",
        "Auditor: all",
      ]);
      expect(await named("client.reprovision")).toEqual(["Quality Manager: reports", "Admin: all"]);
      expect(await named("project.manage")).toEqual(["Quality Manager: all", "Admin: all"]);
    }));

  test("direct, through a group, with an end, asleep and over; only people in sight", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, lee, eve } = await company(tx);
      const auditor = await roleNamed(tx, "Auditor");
      await tx.insert(userRoles).values({ userId: lee.id, roleId: auditor.id, endsAt: new Date(Date.now() - 1000) });
      await putInGroup(tx, "Watch", "Auditor", eve.id, new Date(Date.now() + 3_600_000));
      await putInGroup(tx, "Helm", "Admin", eve.id);
      await putInGroup(tx, "Bridge", "Admin", quinn.id);
      expect(told(await holders(tx, ada, "audit.read"))).toEqual([
        ["ada", "Admin direct"],
        ["eve", "Auditor Watch"],
        ["quinn", "Admin Bridge"],
      ]);
      expect(told(await holders(tx, quinn, "test_step.run"))?.map(([username]) => username)).toContain("sam");
      expect(told(await holders(tx, lee, "audit.read"))).toEqual([["eve", "Auditor Watch"]]);
      expect(told(await holders(tx, eve, "user.read", { q: "lee" }))).toEqual([["lee", "Quality Lead direct"]]);
      expect(await holders(tx, ada, "no.such")).not.toBeNull();
    }));

  test("a search that finds nobody gives an empty page", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      expect(await holders(tx, ada, "user.read", { q: "nobody at all" })).toMatchObject({
        rows: [],
        total: { value: 0 },
      });
    }));

  test("the list is exactly those about whom the decision says so, page by page", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const lead = await roleNamed(tx, "Quality Lead");
      await tx.insert(roleOperations).values({ roleId: lead.id, operation: "user.unlock", scope: "all" });
      const made: { id: string }[] = [];
      for (let number = 0; number < 90; number++) {
        const primaryRole = number % 3 === 0 ? "Quality Engineer" : "Quality Lead";
        made.push(await makeUser(tx, { firstName: `P${String(number).padStart(2, "0")}`, primaryRole }));
      }
      await putInGroup(tx, "Keys", "Auditor", made[0]!.id);
      const first = await holders(tx, ada, "user.unlock");
      const second = await holders(tx, ada, "user.unlock", { after: first?.next ?? "" });
      const listed = [...(first?.rows ?? []), ...(second?.rows ?? [])];
      expect(second?.next).toBeNull();
      const operation: OperationKey = "user.unlock";
      const decided: string[] = [];
      for (const person of [...made, ada]) {
        const access = await loadAccess(tx, person.id, new Date());
        if (decideByScope(access, operation, noRelation).allowed) decided.push(person.id);
      }
      const mine = listed.filter(({ id }) => [...made, ada].some((person) => person.id === id));
      expect(mine.map(({ id }) => id).toSorted()).toEqual(decided.toSorted());
      expect(listed.every(({ through }) => through.length > 0)).toBe(true);
    }));
});
