import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import {
  clients,
  events,
  eventValues,
  groupMembers,
  groupRoles,
  groups,
  passwords,
  roleCombinations,
  roleOperations,
  roles,
  sessions,
  signInNames,
  userRoles,
  users,
} from "@/db/schema";
import { generateClient } from "@/lib/clients/commands";
import type { UserRow } from "@/lib/people/scoped";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";
import { unlockUser } from "@/lib/users/commands/unlock";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import type { CreateUser, UpdateUser } from "@/lib/users/schema";

const password = "a long enough pass phrase";

async function draft(tx: Tx, more: Partial<CreateUser> = {}): Promise<CreateUser> {
  return {
    configuration: "default",
    username: "nora",
    email: "Nora@Northwind.example",
    firstName: "Nora",
    lastName: "New",
    primaryRoleId: (await roleNamed(tx, "Quality Engineer")).id,
    additionalRoleIds: [],
    managerId: null,
    groupIds: [],
    credentials: "password",
    password,
    confirmPassword: password,
    mustChangePassword: true,
    ...more,
  };
}

async function edit(tx: Tx, person: UserRow, more: Partial<UpdateUser> = {}): Promise<UpdateUser> {
  const [row] = await tx.select().from(users).where(eq(users.id, person.id));
  if (!row) throw new Error("gone");
  const form = await storedForm(tx, row);
  return {
    id: row.id,
    version: row.version,
    email: row.email,
    firstName: row.firstName,
    lastName: row.lastName,
    primaryRoleId: row.primaryRoleId,
    additionalRoleIds: form.additionalRoleIds,
    managerId: row.managerId,
    accessEndsAt: row.accessEndsAt,
    password: "",
    confirmPassword: "",
    ...more,
  };
}

const row = async (tx: Tx, id: string) => (await tx.select().from(users).where(eq(users.id, id)))[0];

const makeGroup = async (tx: Tx, name: string, ownerId: string | null, roleNames: string[] = []) => {
  const [group] = await tx.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId }).returning();
  if (!group) throw new Error("The group was not stored");
  for (const roleName of roleNames)
    await tx.insert(groupRoles).values({ groupId: group.id, roleId: (await roleNamed(tx, roleName)).id });
  return group;
};

const makeRole = async (tx: Tx, name: string, operations: string[]) => {
  const [role] = await tx.insert(roles).values({ name, nameKey: name.toLowerCase(), kind: "additional" }).returning();
  const rows = operations.map((operation) => ({ roleId: role!.id, operation, scope: "all" as const }));
  await tx.insert(roleOperations).values(rows);
  return role!.id;
};

const makeSession = (tx: Tx, userId: string) =>
  tx.insert(sessions).values({ userId, address: "10.0.0.1", agent: "test", endsAt: new Date(Date.now() + 1e7) });

describe("create", () => {
  test("stores person, names, password and event in one commit (U4, L2)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const { id, password: shown } = await createUser(await as(tx, ada), await draft(tx));
      expect(shown).toBeNull();
      expect(await row(tx, id)).toMatchObject({ status: "active", emailKey: "nora@northwind.example", version: 1 });
      const names = await tx.select().from(signInNames).where(eq(signInNames.userId, id));
      expect(names.map(({ key }) => key).sort()).toEqual(["nora", "nora@northwind.example"]);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "user.create", outcome: "succeeded", targetId: id, personId: id });
      expect(event.values["change.primaryRole"]).toEqual([null, "Quality Engineer"]);
      expect(JSON.stringify(event.values)).not.toContain(password);
    }));

  test("a generated password is given once and only its hash is kept (U5)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const input = await draft(tx, { credentials: "generate", password: "", confirmPassword: "" });
      const { id, password: shown } = await createUser(await as(tx, ada), input);
      expect(shown).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
      const [kept] = await tx.select().from(passwords).where(eq(passwords.userId, id));
      expect(kept?.hash).toMatch(/^\$argon2id\$/);
      expect(JSON.stringify((await lastEvent(tx)).values)).not.toContain(shown);
    }));

  test("names are unique across both columns, at the field that is wrong (U1, U7)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await expect(createUser(ctx, await draft(tx, { username: "EVE" }))).rejects.toEqual(
        wrongField("username", /already in use by Eve Engineer/),
      );
      await expect(createUser(ctx, await draft(tx, { email: "eve@northwind.example" }))).rejects.toEqual(
        wrongField("email", /already in use by Eve Engineer/),
      );
      await expect(createUser(ctx, await draft(tx, { username: "eve@northwind.example" }))).rejects.toEqual(
        wrongField("username", /in use/),
      );
      await createUser(ctx, await draft(tx, { username: "νίκος", email: "νίκος@northwind.example" }));
      await expect(createUser(ctx, await draft(tx, { username: "ΝΊΚΟΣ" }))).rejects.toEqual(
        wrongField("username", /in use/),
      );
      await expect(createUser(ctx, await draft(tx, { email: "νίκοσ@northwind.example" }))).rejects.toEqual(
        wrongField("email", /in use/),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.create", outcome: "refused" });
    }));

  test("a name of an archived user is offered back (U7)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const archie = await makeUser(tx, {
        username: "archie",
        firstName: "Archie",
        lastName: "Archived",
        status: "archived",
      });
      await expect(createUser(await as(tx, ada), await draft(tx, { username: "archie" }))).rejects.toMatchObject({
        fields: { username: expect.stringMatching(/Restore that user instead/) },
        details: { archived: { id: archie.id, name: "Archie Archived" } },
      });
    }));

  test("a role that is gone is said to be gone, not forbidden", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const gone = await draft(tx, { additionalRoleIds: [newId()] });
      await expect(createUser(await as(tx, ada), gone)).rejects.toEqual(refused("precondition", /no longer exists/));
    }));

  test("refuses a combination that the role does not allow (R2)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const admin = await roleNamed(tx, "Admin");
      await expect(createUser(await as(tx, ada), await draft(tx, { additionalRoleIds: [admin.id] }))).rejects.toEqual(
        wrongField("additionalRoleIds", /cannot be combined with Quality Engineer/),
      );
    }));

  test("refuses actors who lack the operation, and says so in the log", () =>
    rolledBack(async (tx) => {
      const { quinn } = await company(tx);
      await expect(createUser(await as(tx, quinn), await draft(tx))).rejects.toEqual(refused("forbidden"));
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.create", outcome: "refused", actorId: quinn.id });
    }));
});

describe("update", () => {
  test("saves the form, raises the version, and records old and new (U6, U9)", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const saved = await updateUser(await as(tx, ada), await edit(tx, eve, { lastName: "Engineer-Park" }));
      expect(saved.version).toBe(2);
      expect((await lastEvent(tx)).values).toMatchObject({ "change.lastName": ["Engineer", "Engineer-Park"] });
    }));

  test("the comparison of two edits names no manager out of sight (R11, U9)", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await company(tx);
      const otto = await makeUser(tx, { username: "otto", firstName: "Otto" });
      const [helper] = await tx
        .insert(roles)
        .values({ name: "Helper", nameKey: "helper", kind: "additional" })
        .returning();
      const held = ["user.read", "user.update"].map((operation) => ({ operation, scope: "owned_groups" as const }));
      await tx.insert(roleOperations).values(held.map((one) => ({ roleId: helper!.id, ...one })));
      await tx.insert(userRoles).values({ userId: lee.id, roleId: helper!.id });
      const group = await makeGroup(tx, "Helped", lee.id);
      await tx.insert(groupMembers).values({ groupId: group.id, userId: eve.id });
      await tx.update(users).set({ managerId: otto.id }).where(eq(users.id, eve.id));
      const stale = await edit(tx, eve, { firstName: "Evelyn" });
      await updateUser(await as(tx, ada), await edit(tx, eve, { lastName: "Park" }));
      await expect(updateUser(await as(tx, lee), stale)).rejects.toMatchObject({
        code: "conflict",
        details: {
          current: { managerId: otto.id },
          names: { [otto.id]: "somebody outside your view", [group.id]: "Helped" },
        },
      });
    }));

  test("the second of two saves is refused with what the first stored (U9)", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, eve } = await company(tx);
      const stale = await edit(tx, eve, { firstName: "Evelyn" });
      await updateUser(await as(tx, quinn), await edit(tx, eve, { lastName: "Park" }));
      await expect(updateUser(await as(tx, ada), stale)).rejects.toMatchObject({
        code: "conflict",
        details: { savedBy: expect.stringMatching(/^Quinn/), current: { version: 2, lastName: "Park" } },
      });
      expect((await row(tx, eve.id))?.firstName).toBe("Eve");
    }));

  test("a password set by somebody else ends every session and must be changed (U6)", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      await makeSession(tx, eve.id);
      await updateUser(await as(tx, ada), await edit(tx, eve, { password, confirmPassword: password }));
      expect((await row(tx, eve.id))?.mustChangePassword).toBe(true);
      const [session] = await tx.select().from(sessions).where(eq(sessions.userId, eve.id));
      expect(session).toMatchObject({ endedReason: "password_changed", endedBy: ada.id });
      const event = await lastEvent(tx);
      expect(event.values["change.password"]).toEqual([null, "set"]);
      expect(JSON.stringify(event.values)).not.toContain(password);
    }));

  test("nobody is managed by themselves or by anyone below them (U8)", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, lee, eve } = await company(tx);
      const ctx = await as(tx, ada);
      await expect(updateUser(ctx, await edit(tx, eve, { managerId: eve.id }))).rejects.toEqual(
        wrongField("managerId", /their own manager/),
      );
      await expect(updateUser(ctx, await edit(tx, quinn, { managerId: eve.id }))).rejects.toEqual(
        wrongField("managerId", /below Quinn/),
      );
      const dan = await makeUser(tx, { username: "dan", status: "disabled" });
      await expect(updateUser(ctx, await edit(tx, lee, { managerId: dan.id }))).rejects.toEqual(
        wrongField("managerId", /is disabled/),
      );
    }));

  test("a role that no longer fits is kept or taken away while the primary role stays, and never given (R2, R5)", () =>
    rolledBack(async (tx) => {
      const { ada, sam, eve } = await company(tx);
      const auditor = await roleNamed(tx, "Auditor");
      const lead = await roleNamed(tx, "Quality Lead");
      await tx.insert(userRoles).values({ userId: sam.id, roleId: auditor.id });
      await tx.insert(roleCombinations).values({ roleId: auditor.id, primaryRoleId: lead.id });
      const ctx = await as(tx, ada);
      await updateUser(ctx, await edit(tx, sam, { lastName: "Seen" }));
      const manager = await roleNamed(tx, "Quality Manager");
      const wrong = wrongField("additionalRoleIds", /"Auditor" cannot be combined/);
      await expect(updateUser(ctx, await edit(tx, sam, { primaryRoleId: manager.id }))).rejects.toEqual(wrong);
      const given = updateUser(ctx, await edit(tx, eve, { additionalRoleIds: [auditor.id] }));
      await expect(given).rejects.toEqual(wrong);
      await updateUser(ctx, await edit(tx, sam, { additionalRoleIds: [] }));
      expect(await tx.$count(userRoles, eq(userRoles.userId, sam.id))).toBe(0);
    }));

  test("a manager edits those below who hold no more, and nobody else (R11, R13)", () =>
    rolledBack(async (tx) => {
      const { quinn, lee, eve, sam, ada } = await company(tx);
      const ctx = await as(tx, quinn);
      await expect(updateUser(ctx, await edit(tx, eve, { lastName: "Park" }))).resolves.toMatchObject({ id: eve.id });
      await expect(updateUser(ctx, await edit(tx, lee, { lastName: "Leader" }))).rejects.toEqual(
        refused("forbidden", /which you cannot/),
      );
      await expect(updateUser(ctx, await edit(tx, sam, { lastName: "Seen" }))).rejects.toEqual(refused("not_found"));
      await expect(updateUser(ctx, await edit(tx, ada, { lastName: "Seen" }))).rejects.toEqual(refused("not_found"));
    }));

  test("nobody gives what they do not hold: role, manager, later end (R8, R14)", () =>
    rolledBack(async (tx) => {
      const { quinn, eve } = await company(tx);
      const ctx = await as(tx, quinn);
      const lead = await roleNamed(tx, "Quality Lead");
      const auditor = await roleNamed(tx, "Auditor");
      await expect(updateUser(ctx, await edit(tx, eve, { primaryRoleId: lead.id }))).rejects.toEqual(
        refused("forbidden", /Quality Lead/),
      );
      await expect(updateUser(ctx, await edit(tx, eve, { additionalRoleIds: [auditor.id] }))).rejects.toEqual(
        refused("forbidden", /Auditor/),
      );
      const other = await makeUser(tx, { username: "olga", primaryRole: "Quality Lead", managerId: quinn.id });
      await expect(updateUser(ctx, await edit(tx, eve, { managerId: other.id }))).rejects.toEqual(refused("forbidden"));
      await expect(updateUser(ctx, await edit(tx, eve, { managerId: quinn.id }))).resolves.toBeDefined();
    }));

  test("a role that was dormant is a grant when the primary role activates it (R5, R8)", () =>
    rolledBack(async (tx) => {
      const { ada, sam } = await company(tx);
      const group = await makeGroup(tx, "Wardens", null, ["Admin"]);
      await tx.insert(groupMembers).values({ groupId: group.id, userId: sam.id });
      const manager = await roleNamed(tx, "Quality Manager");
      const [helper] = await tx
        .insert(roles)
        .values({ name: "Helper", nameKey: "helper", kind: "additional" })
        .returning();
      const all = (await tx.select().from(roleOperations).where(eq(roleOperations.roleId, manager.id))).map((held) => ({
        roleId: helper?.id ?? "",
        operation: held.operation,
        scope: "all" as const,
      }));
      await tx.insert(roleOperations).values([...new Map(all.map((held) => [held.operation, held])).values()]);
      const hana = await makeUser(tx, { username: "hana" });
      await tx.insert(userRoles).values({ userId: hana.id, roleId: helper?.id ?? "" });
      await expect(updateUser(await as(tx, hana), await edit(tx, sam, { primaryRoleId: manager.id }))).rejects.toEqual(
        refused("forbidden"),
      );
      await expect(
        updateUser(await as(tx, ada), await edit(tx, sam, { primaryRoleId: manager.id })),
      ).resolves.toBeDefined();
    }));

  test("nobody takes administration from themselves, or from the last one (U15, U16)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await expect(updateUser(ctx, await edit(tx, ada, { additionalRoleIds: [] }))).rejects.toEqual(
        refused("precondition"),
      );
      await expect(updateUser(ctx, await edit(tx, ada, { email: "other@northwind.example" }))).rejects.toEqual(
        wrongField("email", /My profile/),
      );
      const second = await makeUser(tx, { username: "bert", primaryRole: "Quality Manager", roles: ["Admin"] });
      await updateUser(await as(tx, second), await edit(tx, ada, { additionalRoleIds: [] }));
      await expect(disableUser(await as(tx, ada), { id: second.id, reason: "x", until: null })).rejects.toEqual(
        refused("not_found"),
      );
    }));
});

describe("roles and groups", () => {
  test("saves memberships and dates, and records them in words", () =>
    rolledBack(async (tx) => {
      const { ada, eve, lee } = await company(tx);
      const group = await makeGroup(tx, "Regression", lee.id);
      const until = new Date("2099-01-31T12:00:00Z");
      await updateAccess(await as(tx, ada), {
        id: eve.id,
        version: 1,
        memberships: [{ groupId: group.id, endsAt: until }],
        roleEnds: [],
      });
      expect((await lastEvent(tx)).values["change.groups"]).toEqual([[], [`Regression until ${until.toISOString()}`]]);
    }));

  test("joining a group that carries administration is a grant (R8)", () =>
    rolledBack(async (tx) => {
      const { quinn, lee, eve } = await company(tx);
      const group = await makeGroup(tx, "Wardens", null, ["Admin"]);
      await tx.insert(groupMembers).values({ groupId: group.id, userId: lee.id });
      await expect(
        updateAccess(await as(tx, quinn), {
          id: eve.id,
          version: 1,
          memberships: [{ groupId: group.id, endsAt: null }],
          roleEnds: [],
        }),
      ).rejects.toEqual(refused("forbidden", /Admin/));
    }));
});

describe("disable, enable, unlock", () => {
  test("disabling ends sessions in the same transaction, enabling brings back the earlier state (U10, U12)", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      await makeSession(tx, eve.id);
      const ctx = await as(tx, ada);
      await expect(disableUser(ctx, { id: eve.id, reason: "On leave", until: null })).resolves.toMatchObject({
        sessions: 1,
      });
      expect(await row(tx, eve.id)).toMatchObject({ status: "disabled", statusBeforeDisable: "active", version: 1 });
      await expect(disableUser(ctx, { id: eve.id, reason: "Again", until: null })).rejects.toEqual(
        refused("precondition"),
      );
      await enableUser(ctx, { id: eve.id });
      expect((await row(tx, eve.id))?.status).toBe("active");
      const told = await lastEvent(tx);
      expect(await enableUser(ctx, { id: eve.id })).toEqual({ id: eve.id });
      expect((await lastEvent(tx)).id).toBe(told.id);
      await expect(disableUser(ctx, { id: ada.id, reason: "Me", until: null })).rejects.toEqual(
        refused("precondition", /yourself/),
      );
    }));

  test("unlock forgets the failures, and is logged once (S4)", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      await tx.update(users).set({ lockedAt: new Date(), failedSignIns: 3, lockouts: 2 }).where(eq(users.id, eve.id));
      await unlockUser(ctx, { id: eve.id });
      expect(await row(tx, eve.id)).toMatchObject({ lockedAt: null, failedSignIns: 0, lockouts: 0 });
      const told = await lastEvent(tx);
      expect(told).toMatchObject({ operation: "user.unlock", outcome: "succeeded" });
      expect(await unlockUser(ctx, { id: eve.id })).toEqual({ id: eve.id });
      expect((await lastEvent(tx)).id).toBe(told.id);
      await tx.update(users).set({ status: "archived" }).where(eq(users.id, eve.id));
      await expect(unlockUser(ctx, { id: eve.id })).rejects.toEqual(refused("precondition"));
    }));
});

describe("remove, restore, purge", () => {
  test("requires a new owner for each owned object, and moves the direct reports (U11, U12)", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, lee, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const group = await makeGroup(tx, "Regression", lee.id);
      await makeSession(tx, lee.id);
      await generateClient(ctx, { userId: lee.id, name: "lee-desk" });
      await expect(archiveUser(ctx, { id: lee.id, owners: [], managerId: quinn.id })).rejects.toEqual(
        wrongField("owners", /Choose an owner for Regression/),
      );
      expect((await row(tx, lee.id))?.status).toBe("active");
      const ended = await archiveUser(ctx, {
        id: lee.id,
        owners: [{ id: group.id, ownerId: quinn.id }],
        managerId: quinn.id,
      });
      expect(ended).toMatchObject({ sessions: 1, clients: 1, objects: 1, reports: 1 });
      expect((await row(tx, eve.id))?.managerId).toBe(quinn.id);
      expect((await tx.select().from(groups).where(eq(groups.id, group.id)))[0]?.ownerId).toBe(quinn.id);
      expect((await tx.select().from(clients).where(eq(clients.userId, lee.id)))[0]?.status).toBe("deregistered");
      await expect(archiveUser(ctx, { id: ada.id, owners: [], managerId: null })).rejects.toEqual(
        refused("precondition"),
      );
    }));

  test("restores the earlier state without a credential (U13)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const vera = await makeUser(tx, { username: "vera", hash: "$argon2id$x" });
      await archiveUser(ctx, { id: vera.id, owners: [], managerId: null });
      await restoreUser(ctx, { id: vera.id });
      expect(await row(tx, vera.id)).toMatchObject({ status: "active", archivedAt: null });
      const told = await lastEvent(tx);
      expect(await restoreUser(ctx, { id: vera.id })).toMatchObject({ id: vera.id, handedBack: [] });
      expect((await lastEvent(tx)).id).toBe(told.id);
      expect(await tx.select().from(passwords).where(eq(passwords.userId, vera.id))).toEqual([]);
    }));

  test("what is over prevents neither a restore nor a later end (U13, R8)", () =>
    rolledBack(async (tx) => {
      const { ada, quinn } = await company(tx);
      const keeper = await makeRole(tx, "Keeper", ["user.read", "user.update", "user.archive", "user.restore"]);
      await tx.insert(userRoles).values({ userId: quinn.id, roleId: keeper });
      const vera = await makeUser(tx, { username: "vera", accessEndsAt: new Date(Date.now() + 86_400_000) });
      const over = { userId: vera.id, endsAt: new Date("2001-01-01") };
      await tx.insert(userRoles).values({ ...over, roleId: (await roleNamed(tx, "Auditor")).id });
      const group = await makeGroup(tx, "Readers", null, ["Auditor"]);
      await tx.insert(groupMembers).values({ ...over, groupId: group.id });
      const ctx = await as(tx, quinn);
      await updateUser(ctx, await edit(tx, vera, { accessEndsAt: null }));
      await archiveUser(await as(tx, ada), { id: vera.id, owners: [], managerId: null });
      await restoreUser(ctx, { id: vera.id });
      expect(await row(tx, vera.id)).toMatchObject({ status: "active", accessEndsAt: null });
    }));

  test("purging requires the username, erases the values of events and frees the names (U14, L4)", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const vera = await makeUser(tx, { username: "vera", lastName: "Vanishing" });
      await expect(purgeUser(ctx, { id: vera.id, username: "vera" })).rejects.toEqual(refused("precondition"));
      await updateUser(ctx, await edit(tx, vera, { lastName: "Vanished" }));
      await archiveUser(ctx, { id: vera.id, owners: [], managerId: null });
      await expect(updateUser(ctx, await edit(tx, eve, { managerId: vera.id }))).rejects.toThrow(
        /Vanished is archived/,
      );
      await expect(purgeUser(ctx, { id: vera.id, username: "eve" })).rejects.toEqual(
        wrongField("username", /Type vera/),
      );
      await purgeUser(ctx, { id: vera.id, username: "Vera" });
      expect(await row(tx, vera.id)).toBeUndefined();
      const kept = await tx.select().from(events).where(eq(events.personId, vera.id));
      expect(kept.map((event) => event.operation)).toContain("user.update");
      const everybodys = JSON.stringify(await tx.select().from(eventValues));
      expect(everybodys).not.toMatch(/Vanish|vera@/);
      await expect(createUser(ctx, await draft(tx, { username: "vera" }))).resolves.toBeDefined();
    }));
});
