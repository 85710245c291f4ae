import { eq, sql } from "drizzle-orm";
import { describe, expect, it, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groups, sessions, userRoles, users } from "@/db/schema";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import type { UserRow } from "@/lib/people/scoped";
import { company, wrongField } from "@/lib/testing/company";
import { as, lastEvent, roleNamed, rolledBack } from "@/lib/testing/database";
import { storedBefore } from "@/lib/testing/stored-before";
import { disableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { getUser } from "@/lib/users/queries";

const past = new Date(Date.now() - 86_400_000);
const tomorrow = new Date(Date.now() + 86_400_000);
const odd = [new Date("0026-11-19T09:24:00Z"), new Date("0099-12-31T00:00:00Z"), new Date("2200-01-01T00:00:00Z")];

const details = ({ id, version, email, firstName, lastName, primaryRoleId, managerId, accessEndsAt }: UserRow) => ({
  ...{ id, version, email, firstName, lastName, primaryRoleId, managerId, accessEndsAt },
  additionalRoleIds: [],
  password: "",
  confirmPassword: "",
});

/** Eve in a group and with a role, and Ada, who may change both. */
async function stage(tx: Tx) {
  const people = await company(tx);
  const [group] = await tx.insert(groups).values({ name: "Nights", nameKey: "nights" }).returning();
  const auditor = await roleNamed(tx, "Auditor");
  if (!group) throw new Error("The group was not stored");
  await tx.insert(groupMembers).values({ groupId: group.id, userId: people.eve.id });
  await tx.insert(userRoles).values({ userId: people.eve.id, roleId: auditor.id });
  return { ...people, ctx: await as(tx, people.ada), groupId: group.id, roleId: auditor.id };
}

const reload = async (tx: Tx, { id }: { id: string }) =>
  (await tx.select().from(users).where(eq(users.id, id)))[0] as UserRow;

type Stage = Awaited<ReturnType<typeof stage>>;
type End = Date | "now" | null;
type Set = (on: Stage, end: End) => Promise<unknown>;

/** Every way in which somebody sets an end, and the field that is refused. */
const ways: [string, string, Set][] = [
  ["access end", "accessEndsAt", ({ ctx, eve }, end) => updateUser(ctx, { ...details(eve), accessEndsAt: end })],
  [
    "end of a role",
    "roleEnds.0.endsAt",
    ({ ctx, eve, roleId, groupId }, endsAt) =>
      updateAccess(ctx, {
        ...{ id: eve.id, version: eve.version },
        memberships: [{ groupId, endsAt: null }],
        roleEnds: [{ roleId, endsAt }],
      }),
  ],
  [
    "end of a membership",
    "memberships.0.endsAt",
    ({ ctx, eve, groupId }, endsAt) =>
      updateAccess(ctx, { id: eve.id, version: eve.version, memberships: [{ groupId, endsAt }], roleEnds: [] }),
  ],
  [
    "end of a membership, by the group",
    "endsAt",
    ({ ctx, eve, groupId }, endsAt) => addMember(ctx, { groupId, userId: eve.id, endsAt }),
  ],
];

const disabling: (typeof ways)[number] = [
  "end of a disablement",
  "until",
  ({ ctx, eve }, until) => disableUser(ctx, { id: eve.id, reason: "On leave", until: until as Date | null }),
];

const carried: (typeof ways)[number] = [
  "end of a role that a group carries",
  "roles",
  ({ ctx, roleId }, endsAt) =>
    createGroup(ctx, { name: "Days", description: "", ownerId: null, roles: [{ roleId, endsAt: endsAt as Date }] }),
];

describe.each([...ways, disabling, carried])("%s", (_, field, set) => {
  it("is not newly set in the past", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await expect(set(on, past)).rejects.toEqual(wrongField(field, /date in the future|in the past/));
      await set(on, tomorrow);
    }));

  it("lies in the years 2000 to 2199 (U1)", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      for (const at of odd) await expect(set(on, at)).rejects.toEqual(wrongField(field, /year from 2000 to 2199/));
      await set(on, new Date("2199-12-31T23:59:00Z"));
    }));
});

describe.each(ways)("%s", (_, __, set) => {
  it('is "now": the moment of the change', () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await set(on, "now");
      const [row] = await tx
        .select({ user: users.accessEndsAt, role: userRoles.endsAt, group: groupMembers.endsAt })
        .from(users)
        .leftJoin(userRoles, eq(userRoles.userId, users.id))
        .leftJoin(groupMembers, eq(groupMembers.userId, users.id))
        .where(eq(users.id, on.eve.id));
      const ends = [row?.user, row?.role, row?.group].filter((end) => end instanceof Date);
      expect(ends).toHaveLength(1);
      expect(Math.abs(Number(ends[0]) - Date.now())).toBeLessThan(60_000);
    }));
});

test("access that ends now ends sessions as disabling does (U12)", () =>
  rolledBack(async (tx) => {
    const { ctx, eve } = await stage(tx);
    await tx.insert(sessions).values({ userId: eve.id, address: "10.0.0.1", agent: "test", endsAt: tomorrow });
    await updateUser(ctx, { ...details(eve), accessEndsAt: "now" });
    const [session] = await tx.select().from(sessions).where(eq(sessions.userId, eve.id));
    expect(session).toMatchObject({ endedReason: "disabled" });
    expect((await lastEvent(tx)).values).toMatchObject({ "fact.sessions": 1 });
  }));

test("a stored end in the past, or in an odd year, keeps nobody from saving other fields", () =>
  rolledBack(async (tx) => {
    const { ctx, eve, groupId, roleId } = await stage(tx);
    for (const end of [past, ...odd]) {
      const at = end.toISOString();
      await storedBefore(tx, sql`update users set access_ends_at = ${at}::timestamptz where id = ${eve.id}`);
      await storedBefore(tx, sql`update user_roles set ends_at = ${at}::timestamptz where user_id = ${eve.id}`);
      await storedBefore(tx, sql`update group_members set ends_at = ${at}::timestamptz where user_id = ${eve.id}`);
      const before = await reload(tx, eve);
      expect(before.accessEndsAt).toEqual(end);
      expect((await getUser(ctx, eve.id)).form.accessEndsAt).toBe(at);
      await updateUser(ctx, { ...details(before), additionalRoleIds: [roleId], lastName: `${end.getUTCFullYear()}` });
      await updateAccess(ctx, {
        ...{ id: eve.id, version: before.version + 1 },
        memberships: [{ groupId, endsAt: end }],
        roleEnds: [{ roleId, endsAt: end }],
      });
      expect((await reload(tx, eve)).accessEndsAt).toEqual(end);
    }
  }));

test("a caller who brings ends from elsewhere may bring one of the past, and no odd year", () =>
  rolledBack(async (tx) => {
    const { ctx, eve, groupId } = await stage(tx);
    await updateUser(ctx, { ...details(eve), accessEndsAt: { brought: past } });
    expect((await reload(tx, eve)).accessEndsAt).toEqual(past);
    const memberships = [{ groupId, endsAt: { brought: past } }];
    await updateAccess(ctx, { id: eve.id, version: eve.version + 1, memberships, roleEnds: [] });
    await addMember(ctx, { groupId, userId: eve.id, endsAt: null });
    await addMember(ctx, { groupId, userId: eve.id, endsAt: { brought: past } });
    const version = eve.version + 4;
    await expect(
      updateUser(ctx, { ...details({ ...eve, version }), accessEndsAt: { brought: odd[0] as Date } }),
    ).rejects.toEqual(wrongField("accessEndsAt", /year from 2000 to 2199/));
  }));

test.each([
  ["users", "access_ends_at"],
  ["users", "disabled_until"],
  ["user_roles", "ends_at"],
  ["group_members", "ends_at"],
  ["group_roles", "ends_at"],
])("the database refuses an odd year in %s.%s, and lets stored ones be", (table, column) =>
  rolledBack(async (tx) => {
    const { eve, groupId, roleId } = await stage(tx);
    await tx.execute(sql`insert into group_roles (group_id, role_id) values (${groupId}, ${roleId})`);
    const rows = (change: ReturnType<typeof sql>) =>
      sql`update ${sql.identifier(table)} set ${change} where ${sql.raw(table === "users" ? "id" : table === "group_roles" ? "group_id" : "user_id")} = ${table === "group_roles" ? groupId : eve.id}`;
    const end = sql.identifier(column);
    const year26 = rows(sql`${end} = '0026-11-19 09:24:00+00'`);
    await expect(tx.transaction((inner) => inner.execute(year26))).rejects.toMatchObject({
      cause: { code: "23514" },
    });
    await tx.execute(rows(sql`${end} = '2199-12-31 23:59:59+00'`));
    await storedBefore(tx, year26);
    const other = table === "users" ? "last_name" : column;
    await tx.execute(rows(sql`${sql.identifier(other)} = ${sql.identifier(other)}`));
    await tx.execute(rows(sql`${end} = '2026-11-19 09:24:00+00'`));
  }),
);
