import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { groupRoles, groups, roleOperations, roles } from "@/db/schema";
import { guardGrants, guardTaken } from "@/lib/authz/guards";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { readingAlone } from "@/lib/testing/read-only";

const many = [1, 2, 3, 4, 5, 6];

/** Six roles, six groups that carry one each and have an owner each, and a line of six managers. */
async function stage(db: Db) {
  const people = await company(db);
  const roleIds: string[] = [];
  const groupIds: string[] = [];
  const line: string[] = [];
  const [keeper] = await db.insert(roles).values({ name: "Keeper", nameKey: "keeper", kind: "additional" }).returning();
  await db.insert(roleOperations).values({ roleId: keeper!.id, operation: "user.read", scope: "owned_groups" });
  for (const at of many) {
    const name = `Role ${at}`;
    const [role] = await db.insert(roles).values({ name, nameKey: name, kind: "additional" }).returning();
    await db.insert(roleOperations).values({ roleId: role!.id, operation: "report.view", scope: "all" });
    const leader = await makeUser(db, {
      username: `leader${at}`,
      primaryRole: "Quality Lead",
      roles: ["Keeper"],
      ...(line.length > 0 && { managerId: line.at(-1)! }),
    });
    const group = { name: `Group ${at}`, nameKey: `group ${at}`, ownerId: leader.id };
    const [made] = await db.insert(groups).values(group).returning();
    await db.insert(groupRoles).values({ groupId: made!.id, roleId: role!.id });
    roleIds.push(role!.id);
    groupIds.push(made!.id);
    line.push(leader.id);
  }
  return { ...people, roleIds, groupIds, line };
}

const forEver = (roleId: string) => ({ roleId, until: null });

test("however much a change gives, its guards ask each table once", () =>
  withFreshDatabase("guards", async (db, url) => {
    const { ada, sam, eve, roleIds, groupIds, line } = await stage(db);
    const ctx = await as(db, ada);
    const asking = (work: (tx: Tx) => Promise<void>, most: number) => readingAlone(url, 1, work, most);
    const last = line.at(-1)!;
    const roles = roleIds.map(forEver);
    const memberships = groupIds.map((groupId) => ({ groupId, until: null }));
    const managers = [sam.id, eve.id].map((personId) => ({ personId, managerId: last }));
    const owners = line.map((ownerId) => ({ ownerId }));
    await asking((tx) => guardGrants(ctx, tx, { roles: roles.slice(0, 1) }), 2);
    await asking((tx) => guardGrants(ctx, tx, { roles }), 1);
    await asking((tx) => guardGrants(ctx, tx, { owners }), 1);
    await asking((tx) => guardGrants(ctx, tx, { managers }), 2);
    await asking((tx) => guardGrants(ctx, tx, { memberships }), 3);
    await asking((tx) => guardGrants(ctx, tx, { roles, memberships, managers, owners }), 4);
    await asking(
      (tx) =>
        guardTaken(
          ctx,
          tx,
          roleIds.map((roleId) => ({ roleId, endsAt: null })),
        ),
      1,
    );
  }));

test("the first that may not be given is what a refusal names, by role, group, manager and owner alike", () =>
  withFreshDatabase("guards_refuse", async (db) => {
    const { lee, eve, roleIds, groupIds, line } = await stage(db);
    const ctx = await as(db, lee);
    const tried = (grants: Parameters<typeof guardGrants>[2]) => guardGrants(ctx, db, grants);
    const beyond = async (name: string) => {
      const [role] = await db
        .insert(roles)
        .values({ name, nameKey: name.toLowerCase(), kind: "additional" })
        .returning();
      await db.insert(roleOperations).values({ roleId: role!.id, operation: "role.update", scope: "all" });
      return role!.id;
    };
    const [high, higher] = [await beyond("High"), await beyond("Higher")];
    const [may] = roleIds;
    await tried({ roles: [forEver(may!)] });
    await expect(tried({ roles: [may!, high, higher].map(forEver) })).rejects.toEqual(refused("forbidden", /"High"/));
    await expect(tried({ roles: [may!.replace(/^.{8}/, "00000000")].map(forEver) })).rejects.toEqual(
      refused("precondition", /no longer exists/),
    );
    const wanting = refused("forbidden", /let somebody else/);
    await expect(tried({ memberships: [{ groupId: groupIds[0]!, until: null }] })).rejects.toEqual(wanting);
    await expect(tried({ managers: [{ personId: eve.id, managerId: line[2]! }] })).rejects.toEqual(wanting);
    await expect(tried({ owners: [{ ownerId: line[0]! }] })).rejects.toEqual(wanting);
    await tried({ managers: [{ personId: eve.id, managerId: lee.id }] });
    await expect(guardTaken(ctx, db, [{ roleId: high, endsAt: null }])).rejects.toEqual(refused("forbidden", /"High"/));
  }));
