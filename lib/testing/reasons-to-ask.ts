import type { Db } from "@/db/client";
import { groupMembers, groupRoles, groups, roleOperations, roles, userRoles } from "@/db/schema";
import { company } from "@/lib/testing/company";
import { as, makeUser } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";

/** Reasons for every kind of suggestion: a role to add or widen, a group to join or own, a manager, an account not in force. */
export async function reasonsToAsk(db: Db) {
  const people = await company(db);
  const { ada, lee, quinn } = people;
  const [keeper] = await db.insert(roles).values({ name: "Keeper", nameKey: "keeper", kind: "additional" }).returning();
  const held = ["user.read", "group.update"].map((operation) => ({
    roleId: keeper!.id,
    operation,
    scope: "owned_groups" as const,
  }));
  await db.insert(roleOperations).values(held);
  await db.insert(userRoles).values({ userId: lee.id, roleId: keeper!.id });
  const group = async (name: string, ownerId: string | null) =>
    (await db.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId }).returning())[0]!;
  const regression = await group("Regression", lee.id);
  const keepers = await group("Keepers", null);
  await db.insert(groupRoles).values({ groupId: keepers.id, roleId: keeper!.id });
  await db.insert(groupMembers).values({ groupId: keepers.id, userId: lee.id });
  const disabled = await makeUser(db, { username: "dan", firstName: "Dan", status: "disabled" });
  const over = await makeUser(db, { username: "olga", firstName: "Olga", accessEndsAt: new Date("2001-01-01") });
  const audrey = await makeUser(db, { username: "audrey", firstName: "Audrey", roles: ["Auditor"] });
  const rita = await makeUser(db, { username: "rita", firstName: "Rita", managerId: quinn.id });
  await makeUser(db, { username: "ella", firstName: "Ella", managerId: rita.id });
  const nights = await group("Nights", rita.id);
  const owners = [{ id: nights.id, ownerId: quinn.id }];
  await archiveUser(await as(db, ada), { id: rita.id, owners, managerId: quinn.id });
  return { ...people, regression, keepers, disabled, over, audrey, rita };
}
