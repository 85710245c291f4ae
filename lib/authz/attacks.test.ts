import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { groupMembers, groups, roleOperations, roles, userRoles, users } from "@/db/schema";
import { loadAccess } from "@/lib/authz/load";
import type { Ctx } from "@/lib/context";
import type { AppError } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { updateGroup } from "@/lib/groups/commands/update";
import type { OperationKey } from "@/lib/operations";
import { createRole } from "@/lib/roles/commands/create";
import { updateRole } from "@/lib/roles/commands/update";
import { endAllSessions } from "@/lib/sessions/commands";
import { company, refused } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";

type Person = typeof users.$inferSelect;
const password = "seven lanterns over the harbour";

const form = (person: Person, more: object = {}) => ({
  id: person.id,
  version: person.version,
  email: person.email,
  firstName: person.firstName,
  lastName: person.lastName,
  primaryRoleId: person.primaryRoleId,
  additionalRoleIds: [] as string[],
  managerId: person.managerId,
  accessEndsAt: person.accessEndsAt,
  password: "",
  confirmPassword: "",
  ...more,
});

async function give(tx: Tx, person: { id: string }, name: string, held: Partial<Record<OperationKey, Scope>>) {
  const [role] = await tx.insert(roles).values({ name, nameKey: name.toLowerCase(), kind: "additional" }).returning();
  const operations = Object.entries(held).map(([operation, scope]) => ({ roleId: role!.id, operation, scope }));
  await tx.insert(roleOperations).values(operations);
  await tx.insert(userRoles).values({ userId: person.id, roleId: role!.id });
  return role!;
}

/** The attack is refused with this code, its event is in the log, and the victim holds and is what they were. */
async function fails(tx: Tx, ctx: Ctx, attack: Promise<unknown>, operation: OperationKey, code: AppError["code"]) {
  await expect(attack).rejects.toEqual(refused(code));
  const actorId = ctx.actor.access.personId;
  expect(await lastEvent(tx)).toMatchObject({ operation, outcome: "refused", actorId });
}

const ownGroup = async (tx: Tx, ownerId: string, members: string[] = []) => {
  const [group] = await tx.insert(groups).values({ name: "Trap", nameKey: "trap", ownerId }).returning();
  if (members.length > 0)
    await tx.insert(groupMembers).values(members.map((userId) => ({ groupId: group!.id, userId })));
  return group!;
};

const helper = {
  "user.update": "owned_groups",
  "user.disable": "owned_groups",
  "user.archive": "owned_groups",
  "session.end": "owned_groups",
  "session.read": "owned_groups",
  "group.read": "owned_groups",
  "group.add_member": "owned_groups",
} as const;

test("a group owner adds the administrator to his group and resets her password (R13)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await company(tx);
    await give(tx, lee, "Helper", { ...helper, "user.read": "all" });
    const group = await ownGroup(tx, lee.id);
    const ctx = await as(tx, lee);
    const join = (userId: string) => addMember(ctx, { groupId: group.id, userId, endsAt: null });
    await fails(tx, ctx, join(ada.id), "group.add_member", "forbidden");
    expect(await tx.$count(groupMembers, eq(groupMembers.userId, ada.id))).toBe(0);
    await fails(tx, ctx, join(eve.id), "group.add_member", "forbidden");

    await tx.insert(groupMembers).values({ groupId: group.id, userId: ada.id });
    const reset = updateUser(ctx, form(ada, { password, confirmPassword: password }));
    await fails(tx, ctx, reset, "user.update", "forbidden");
    await fails(tx, ctx, updateUser(ctx, form(ada, { email: "a@evil.example" })), "user.update", "forbidden");
    await fails(tx, ctx, endAllSessions(ctx, { userId: ada.id }), "session.end", "forbidden");
    await fails(tx, ctx, disableUser(ctx, { id: ada.id, reason: "x", until: null }), "user.disable", "forbidden");
    await fails(tx, ctx, archiveUser(ctx, { id: ada.id, owners: [], managerId: null }), "user.archive", "forbidden");
  }));

test("the same, where he cannot even see her: she is not there (R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee } = await company(tx);
    await give(tx, lee, "Helper", helper);
    const group = await ownGroup(tx, lee.id);
    const ctx = await as(tx, lee);
    const join = addMember(ctx, { groupId: group.id, userId: ada.id, endsAt: null });
    await fails(tx, ctx, join, "group.add_member", "not_found");
    await fails(tx, ctx, updateUser(ctx, form(ada)), "user.update", "not_found");
  }));

test("a helper makes himself the administrator's manager (R14)", () =>
  rolledBack(async (tx) => {
    const { ada, lee } = await company(tx);
    await give(tx, lee, "Helper", { "user.read": "all", "user.update": "all" });
    const ctx = await as(tx, lee);
    await fails(tx, ctx, updateUser(ctx, form(ada, { managerId: lee.id })), "user.update", "forbidden");
    const [unchanged] = await tx.select().from(users).where(eq(users.id, ada.id));
    expect(unchanged).toMatchObject({ managerId: null, version: ada.version });
  }));

test("a helper puts people below himself, or below an accomplice, to reach them (R14)", () =>
  rolledBack(async (tx) => {
    const { quinn, lee, sam } = await company(tx);
    const below = await makeUser(tx, { username: "bea", managerId: quinn.id });
    const ctx = await as(tx, quinn);
    await fails(tx, ctx, updateUser(ctx, form(sam, { managerId: quinn.id })), "user.update", "not_found");
    await fails(tx, ctx, updateUser(ctx, form(below, { managerId: lee.id })), "user.update", "forbidden");
    const newcomer = {
      configuration: "default" as const,
      username: "newcomer",
      email: "newcomer@northwind.example",
      firstName: "New",
      lastName: "Comer",
      primaryRoleId: sam.primaryRoleId,
      additionalRoleIds: [],
      managerId: quinn.id,
      groupIds: [],
      credentials: "generate" as const,
      password: "",
      confirmPassword: "",
      mustChangePassword: true,
    };
    await give(tx, lee, "Recruiter", { "user.create": "all", "user.read": "all", "client.read": "all" });
    const recruiter = await as(tx, lee);
    await fails(tx, recruiter, createUser(recruiter, newcomer), "user.create", "forbidden");
  }));

test("a peer is given reports: by role, by a group, by a new role, by an edited one (R8, R13)", () =>
  rolledBack(async (tx) => {
    const { quinn, lee, sam } = await company(tx);
    await give(tx, quinn, "Role maker", {
      "user.read": "all",
      "user.update": "all",
      "role.read": "all",
      "role.create": "all",
      "role.update": "all",
    });
    await tx.update(users).set({ managerId: null }).where(eq(users.id, quinn.id));
    const ctx = await as(tx, quinn);
    const peer = await give(tx, lee, "Reaches", { "client.manage": "reports" });
    await tx.delete(userRoles).where(eq(userRoles.roleId, peer.id));
    const toPeer = updateUser(ctx, form(sam, { additionalRoleIds: [peer.id] }));
    await fails(tx, ctx, toPeer, "user.update", "forbidden");
    const operations = [{ operation: "client.manage", scope: "reports" as const }];
    const drawn = { description: "", rank: null, combinesWith: [], operations };
    const created = createRole(ctx, { kind: "additional", name: "Harmless", ...drawn });
    await fails(tx, ctx, created, "role.create", "forbidden");
    const quiet = await give(tx, sam, "Quiet", { "user.read": "all" });
    const edited = updateRole(ctx, { id: quiet.id, version: 1, name: "Quiet", ...drawn });
    await fails(tx, ctx, edited, "role.update", "forbidden");
    expect((await loadAccess(tx, sam.id, new Date())).roles.map(({ name }) => name)).toEqual([
      "Quality Engineer",
      "Quiet",
    ]);
  }));

test("a group is handed to somebody who reaches its members through it (R14)", () =>
  rolledBack(async (tx) => {
    const { lee, eve, sam } = await company(tx);
    await give(tx, lee, "Keeper", { "group.read": "all", "group.update": "all", "user.read": "all" });
    await give(tx, sam, "Reacher", { "user.update": "owned_groups" });
    const group = await ownGroup(tx, lee.id, [eve.id]);
    const ctx = await as(tx, lee);
    const handed = updateGroup(ctx, { id: group.id, version: 1, name: "Trap", description: "", ownerId: sam.id });
    await fails(tx, ctx, handed, "group.update", "forbidden");
  }));

test.each([
  "Admin",
  "admin",
  "ADMIN ",
  "Аdmin",
  "Adm\u0131n",
  "Ad\u200bmin",
  "Administrator",
  "Аdministrаtor",
  "A d m i n",
])("a role is renamed to look like the built-in one: %j", (name) =>
  rolledBack(async (tx) => {
    const { ada, sam } = await company(tx);
    const role = await give(tx, sam, "Harmless", { "user.read": "all" });
    const operations = [{ operation: "user.read", scope: "all" as const }];
    const change = { id: role.id, version: 1, name, description: "", rank: null, combinesWith: [], operations };
    const ctx = await as(tx, ada);
    await expect(updateRole(ctx, change)).rejects.toMatchObject({ fields: { name: expect.any(String) } });
    expect(await lastEvent(tx)).toMatchObject({ operation: "role.update", outcome: "refused", actorId: ada.id });
    const [unchanged] = await tx.select().from(roles).where(eq(roles.id, role.id));
    expect(unchanged?.name).toBe("Harmless");
  }),
);
