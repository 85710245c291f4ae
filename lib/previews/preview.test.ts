import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { appOperations, events, groupMembers, groups, roleOperations, userRoles, users } from "@/db/schema";
import { type Change, differenceOf } from "@/lib/authz/difference";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import { previewShare } from "@/lib/capacity/heavy-work";
import type { Ctx } from "@/lib/context";
import { addMember } from "@/lib/groups/commands/add-member";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import type { Command } from "@/lib/kernel/command";
import { type OperationKey, operationKeys, operationOf, takesEverything } from "@/lib/operations";
import { type Affected, compareAccess } from "@/lib/previews/compare";
import { type AccessPreview, previewChange } from "@/lib/previews/preview";
import { createRole } from "@/lib/roles/commands/create";
import { updateRole } from "@/lib/roles/commands/update";
import { accessWith, role } from "@/lib/testing/access";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import type { UpdateAccess, UpdateUser } from "@/lib/users/schema";

const day = 86_400_000;
const soon = new Date(Math.floor(Date.now() / 1000) * 1000 + 30 * day);
const later = new Date(soon.getTime() + 30 * day);

const everybody = async (tx: Tx) => tx.select().from(users).orderBy(asc(users.id));
const accesses = async (tx: Tx) =>
  new Map(
    await Promise.all((await everybody(tx)).map(async ({ id }) => [id, await loadAccess(tx, id, new Date())] as const)),
  );

const nothing: AccessPreview = {
  people: { count: 0, over: false },
  administrators: { gain: 0, lose: 0, touched: 0 },
  gains: [],
  loses: [],
  reach: { gains: [], loses: [] },
  accounts: { count: 0, over: false, gains: [], loses: [] },
};

const named = ({ id }: { id: string }, name: string) => ({ id, name, opens: true });
const administrator = (tx: Tx) => makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });

/** Previews a change, sees that nothing has happened, makes it, and checks that the result is what was shown (R9). */
async function foreseen<S extends z.ZodType, V>(
  tx: Tx,
  ctx: Ctx,
  affected: Affected,
  archived: string[],
  command: Command<S, V>,
  input: z.output<S>,
) {
  const before = await accesses(tx);
  const told = await tx.select().from(events);
  const { differences } = await compareAccess(ctx, command, input, affected);
  const preview = await previewChange(ctx, command, input, affected);
  expect(await accesses(tx)).toEqual(before);
  expect(await tx.select().from(events)).toHaveLength(told.length);

  await command(ctx, input);
  const after = await accesses(tx);
  const foretold = new Map(differences.flatMap(({ difference, people }) => people.map((id) => [id, difference])));
  for (const [id, was] of before) {
    if (archived.includes(id)) continue;
    const is = after.get(id)!;
    const { gains, loses } = foretold.get(id) ?? { gains: [], loses: [] };
    expect({ gains: sorted(gains), loses: sorted(loses) }).toEqual({
      gains: sorted(differenceOf(was, is).gains),
      loses: sorted(differenceOf(was, is).loses),
    });
    const either = union(allowed(was), allowed(is));
    expect(union(allowed(was), allowedBy(gains))).toEqual(either);
    expect(union(allowed(is), allowedBy(loses))).toEqual(either);
  }
  expect(preview.people.count).toBe(foretold.size);
  return preview;
}

const sorted = (changes: Change[]) => changes.map((change) => JSON.stringify(change)).sort();
const union = (...sets: string[][]) => [...new Set(sets.flat())].sort();

const relations = {
  nobody: noRelation,
  self: { ...noRelation, self: true },
  reports: { ...noRelation, reports: true },
  ownedGroups: { ...noRelation, ownedGroups: true },
};

/** Every operation with every relation to somebody for which the decision says yes: what the differences are about. */
function allowed(access: Access): string[] {
  const carried = access.roles.flatMap((held) => held.operations.map(({ operation }) => operation));
  const keys = new Set([...operationKeys, ...access.appOperations, ...carried]);
  return [...keys].flatMap((key) =>
    Object.entries(relations)
      .filter(([, relation]) => decideByScope(access, key as OperationKey, relation).allowed)
      .map(([name]) => `${key} ${name}`),
  );
}

/** The same for what is shown as gained or lost, but not for what only lasts otherwise. No role opens what takes everything. */
function allowedBy(changes: Change[]) {
  const operations = changes.filter(({ endOnly }) => !endOnly);
  const derived = operations.filter(({ operation }) => takesEverything(operation));
  const anybody = derived.flatMap(({ operation }) => Object.keys(relations).map((name) => `${operation} ${name}`));
  return [...allowed(accessWith(role({ operations }))), ...anybody];
}

type Lines = AccessPreview["gains"];
const whom = (lines: Lines) => lines.map(({ people, count }) => [count, ...people.map(({ name }) => name)]);
const what = (lines: Lines) =>
  lines.flatMap((line) => line.operations.map(({ operation, scope }) => `${operation} ${scope}`)).sort();

async function details(tx: Tx, id: string, more: Partial<UpdateUser>): Promise<UpdateUser> {
  const [person] = await tx.select().from(users).where(eq(users.id, id));
  const { memberships: _, roleEnds: __, ...form } = await storedForm(tx, person!);
  return { id, ...form, accessEndsAt: null, password: "", confirmPassword: "", ...more };
}

async function given(tx: Tx, id: string, more: Partial<UpdateAccess>): Promise<UpdateAccess> {
  const [person] = await tx.select().from(users).where(eq(users.id, id));
  const { version, memberships, roleEnds } = await storedForm(tx, person!);
  const instant = (text: string | null) => (text ? new Date(text) : null);
  return {
    id,
    version,
    memberships: memberships.map((held) => ({ ...held, endsAt: instant(held.endsAt) })),
    roleEnds: roleEnds.map((held) => ({ ...held, endsAt: instant(held.endsAt) })),
    ...more,
  };
}

const helper = {
  name: "Helper",
  description: "",
  rank: null,
  combinesWith: [] as string[],
  operations: [
    { operation: "user.read", scope: "all" as Scope },
    { operation: "session.read", scope: "all" as Scope },
  ],
};

/** Lee owns "Regression", in which Eve and Sam are; "Helper" is an additional role that nobody holds yet. */
async function setting(tx: Tx) {
  const people = await company(tx);
  const ctx = await as(tx, people.ada);
  const { id: roleId } = await createRole(ctx, { kind: "additional", ...helper });
  const regression = { name: "Regression", description: "", ownerId: people.lee.id };
  const { id: groupId } = await createGroup(ctx, { ...regression, roles: [] });
  for (const userId of [people.eve.id, people.sam.id]) await addMember(ctx, { groupId, userId, endsAt: null });
  const stored = async () => {
    const [group] = await tx.select().from(groups).where(eq(groups.id, groupId));
    return { id: groupId, version: group?.version ?? 0 };
  };
  const carried = async (endsAt: Date | null) => ({ ...(await stored()), roles: [{ roleId, endsAt }] });
  const carry = async (endsAt: Date | null = null) => updateGroupRoles(ctx, await carried(endsAt));
  const keep = (id: string) => tx.insert(userRoles).values({ userId: id, roleId: keeperId });
  const { id: keeperId } = await createRole(ctx, {
    ...helper,
    name: "Group keeper",
    kind: "additional",
    operations: [{ operation: "session.end", scope: "owned_groups" }],
  });
  return { ...people, ctx, roleId, groupId, regression, stored, carried, carry, keep };
}

const inWords = (scope: Scope, ...keys: OperationKey[]) =>
  keys.map((operation) => ({ operation, scope, sentence: operationOf(operation).sentence, scoped: true }));

const hers = ["session.read all", "user.read all"];

describe("a role", () => {
  test("that carries more and less is shown for its holders, however they hold it", () =>
    rolledBack(async (tx) => {
      const { ctx, roleId, lee, groupId, carry } = await setting(tx);
      await carry();
      const archived = await makeUser(tx, { status: "archived", primaryRole: "Quality Manager" });
      await tx.insert(groupMembers).values({ groupId, userId: archived.id });
      await tx.insert(userRoles).values({ userId: lee.id, roleId });
      const operations = [
        { operation: "user.read", scope: "all" as const },
        { operation: "audit.read", scope: "all" as const },
      ];
      const preview = await foreseen(tx, ctx, { roleId }, [archived.id], updateRole, {
        ...helper,
        id: roleId,
        version: 1,
        operations,
      });
      expect(whom(preview.gains)).toEqual([[3, "Eve Engineer", "Lee Lead", "Sam Person"]]);
      expect(what(preview.gains)).toEqual(["audit.read all"]);
      expect(what(preview.loses)).toEqual(["session.read all"]);
    }));

  test("that goes with another primary role too becomes active where it was dormant", () =>
    rolledBack(async (tx) => {
      const { ctx, roleId, carried } = await setting(tx);
      const combinesWith = [(await roleNamed(tx, "Quality Lead")).id];
      await updateRole(ctx, { ...helper, id: roleId, version: 1, combinesWith });
      expect((await foreseen(tx, ctx, { roleId }, [], updateGroupRoles, await carried(soon))).people.count).toBe(0);
      combinesWith.push((await roleNamed(tx, "Quality Engineer")).id);
      const preview = await foreseen(tx, ctx, { roleId }, [], updateRole, {
        ...helper,
        id: roleId,
        version: 2,
        combinesWith,
      });
      expect(whom(preview.gains)).toEqual([[2, "Eve Engineer", "Sam Person"]]);
      expect(preview.gains[0]).toMatchObject({ until: soon, endOnly: false });
    }));

  test("that is renamed changes nobody", () =>
    rolledBack(async (tx) => {
      const { ctx, roleId, carry } = await setting(tx);
      await carry();
      const preview = await foreseen(tx, ctx, { roleId }, [], updateRole, {
        ...helper,
        id: roleId,
        version: 1,
        name: "Assistant",
      });
      expect(preview).toEqual(nothing);
    }));
});

describe("a group", () => {
  test("that comes to carry a role, to another end, and no longer", () =>
    rolledBack(async (tx) => {
      const { ctx, groupId, stored, carried } = await setting(tx);
      const gain = await foreseen(tx, ctx, { groupId }, [], updateGroupRoles, await carried(soon));
      expect(whom(gain.gains)).toEqual([[2, "Eve Engineer", "Sam Person"]]);
      expect(what(gain.gains)).toEqual(hers);
      expect(gain.gains[0]).toMatchObject({ until: soon, endOnly: false });
      const longer = await foreseen(tx, ctx, { groupId }, [], updateGroupRoles, await carried(later));
      expect(longer.gains[0]).toMatchObject({ until: later, endOnly: true });
      expect(longer.loses).toEqual([]);
      const shorter = await foreseen(tx, ctx, { groupId }, [], updateGroupRoles, await carried(soon));
      expect(shorter.loses[0]).toMatchObject({ until: soon, endOnly: true });
      expect(shorter.gains).toEqual([]);
      const input = { ...(await stored()), roles: [] };
      const loss = await foreseen(tx, ctx, { groupId }, [], updateGroupRoles, input);
      expect(what(loss.loses)).toEqual(hers);
      expect(loss.loses[0]).toMatchObject({ until: null, endOnly: false, count: 2 });
    }));

  test("that is deleted takes from its members, and from its owner the reach over them", () =>
    rolledBack(async (tx) => {
      const { ctx, groupId, lee, stored, carry, keep } = await setting(tx);
      await carry();
      await keep(lee.id);
      const input = await stored();
      const preview = await foreseen(tx, ctx, { groupId }, [], deleteGroup, input);
      expect(whom(preview.loses)).toEqual([[2, "Eve Engineer", "Sam Person"]]);
      expect(preview.reach).toEqual({
        gains: [],
        loses: [
          {
            person: named(lee, "Lee Lead"),
            scope: "owned_groups",
            operations: inWords("owned_groups", "session.end"),
            over: 2,
          },
        ],
      });
    }));

  test("that gets another owner gives the reach from one to the other (R14)", () =>
    rolledBack(async (tx) => {
      const { ctx, groupId, regression, quinn, lee, sam, stored, keep } = await setting(tx);
      for (const { id } of [lee, sam]) await keep(id);
      const input = { ...(await stored()), ...regression, ownerId: sam.id };
      const preview = await foreseen(tx, ctx, { groupId }, [], updateGroup, input);
      expect(preview.reach.gains).toMatchObject([{ person: { name: "Sam Person" }, over: 1 }]);
      expect(preview.reach.loses).toMatchObject([{ person: { name: "Lee Lead" }, over: 2 }]);
      const without = { ...(await stored()), ...regression, ownerId: quinn.id };
      const next = await foreseen(tx, ctx, { groupId }, [], updateGroup, without);
      expect(next.reach.gains).toEqual([]);
    }));

  test("that somebody joins and leaves", () =>
    rolledBack(async (tx) => {
      const { ctx, groupId, lee, quinn, carry, keep } = await setting(tx);
      await carry();
      await keep(lee.id);
      const join = await foreseen(tx, ctx, { people: [quinn.id] }, [], addMember, {
        groupId,
        userId: quinn.id,
        endsAt: soon,
      });
      expect(whom(join.gains)).toEqual([[1, "Quinn Person"]]);
      expect(join.gains[0]).toMatchObject({ until: soon });
      expect(join.reach.gains).toMatchObject([{ person: { name: "Lee Lead" }, scope: "owned_groups", over: 1 }]);
      const leave = await foreseen(tx, ctx, { people: [quinn.id] }, [], removeMember, { groupId, userId: quinn.id });
      expect(what(leave.loses)).toEqual(hers);
      expect(leave.reach.loses).toHaveLength(1);
    }));
});

describe("a person", () => {
  test("whose primary role is lowered loses what it carried, and what it kept awake", () =>
    rolledBack(async (tx) => {
      const { ctx, quinn } = await setting(tx);
      const admin = await roleNamed(tx, "Admin");
      await tx.insert(userRoles).values({ userId: quinn.id, roleId: admin.id });
      const primaryRoleId = (await roleNamed(tx, "Quality Engineer")).id;
      const input = await details(tx, quinn.id, { primaryRoleId, additionalRoleIds: [] });
      const preview = await foreseen(tx, ctx, { people: [quinn.id] }, [], updateUser, input);
      expect(what(preview.loses)).toEqual(expect.arrayContaining(["user.purge all", "project.manage all"]));
      expect(what(preview.loses)).not.toContain("user.read reports");
      expect(preview.administrators).toEqual({ gain: 0, lose: 1, touched: 1 });
    }));

  test("who becomes an administrator is shown as one", () =>
    rolledBack(async (tx) => {
      const { ctx, quinn } = await setting(tx);
      const input = await details(tx, quinn.id, { additionalRoleIds: [(await roleNamed(tx, "Admin")).id] });
      const preview = await foreseen(tx, ctx, { people: [quinn.id] }, [], updateUser, input);
      expect(preview.administrators).toEqual({ gain: 1, lose: 0, touched: 1 });
      expect(what(preview.gains)).toContain("user.purge all");
      expect(what(preview.gains)).not.toContain("project.manage all");
    }));

  test("whose roles and memberships last shorter is shown from when", () =>
    rolledBack(async (tx) => {
      const { ctx, sam, roleId, groupId, carry } = await setting(tx);
      await carry(later);
      await tx.insert(userRoles).values({ userId: sam.id, roleId });
      const roleEnds = [{ roleId, endsAt: soon }];
      const dated = await given(tx, sam.id, { roleEnds });
      const shorter = await foreseen(tx, ctx, { people: [sam.id] }, [], updateAccess, dated);
      expect(shorter.loses[0]).toMatchObject({ until: later, endOnly: true, count: 1 });
      const memberships = [{ groupId, endsAt: soon }];
      const both = await given(tx, sam.id, { roleEnds, memberships });
      const again = await foreseen(tx, ctx, { people: [sam.id] }, [], updateAccess, both);
      expect(again.loses[0]).toMatchObject({ until: soon, endOnly: true });
    }));

  test("who gets a manager is reached by everybody above, with all below (R14)", () =>
    rolledBack(async (tx) => {
      const { ctx, sam, lee, quinn } = await setting(tx);
      await makeUser(tx, { managerId: sam.id });
      const under = await details(tx, sam.id, { managerId: lee.id });
      const preview = await foreseen(tx, ctx, { people: [sam.id] }, [], updateUser, under);
      expect(preview.reach.gains.map(({ person, over }) => [person?.name, over]).sort()).toEqual([
        ["Lee Lead", 2],
        ["Quinn Person", 2],
      ]);
      expect(preview.people.count).toBe(0);
      const above = await details(tx, sam.id, { managerId: quinn.id });
      const less = await foreseen(tx, ctx, { people: [sam.id] }, [], updateUser, above);
      expect(less.reach.gains).toEqual([]);
      expect(less.reach.loses).toEqual([
        {
          person: named(lee, "Lee Lead"),
          scope: "reports",
          operations: inWords("reports", "user.read", "client.read"),
          over: 2,
        },
      ]);
    }));

  test("whose name alone changes changes nobody", () =>
    rolledBack(async (tx) => {
      const { ctx, sam } = await setting(tx);
      const input = await details(tx, sam.id, { firstName: "Samuel" });
      const preview = await foreseen(tx, ctx, { people: [sam.id] }, [], updateUser, input);
      expect(preview).toEqual(nothing);
    }));
});

describe("who asks", () => {
  test("gets a number, not a name, of people outside their sight (R11)", () =>
    rolledBack(async (tx) => {
      const { lee, groupId, roleId, stored } = await setting(tx);
      const { id } = await createRole(await as(tx, await administrator(tx)), {
        ...helper,
        name: "Keeper of her own",
        kind: "additional",
        operations: [
          { operation: "group.read", scope: "owned_groups" },
          { operation: "group.update", scope: "owned_groups" },
        ],
      });
      for (const held of [id, roleId]) await tx.insert(userRoles).values({ userId: lee.id, roleId: held });
      await tx.delete(roleOperations).where(eq(roleOperations.roleId, roleId));
      await tx.insert(roleOperations).values({ roleId, operation: "session.read", scope: "all" });
      const input = { ...(await stored()), roles: [{ roleId, endsAt: null }] };
      const preview = await previewChange(await as(tx, lee), updateGroupRoles, input, { groupId });
      expect(whom(preview.gains)).toEqual([[2, "Eve Engineer"]]);
      expect(JSON.stringify(preview)).not.toContain("Sam");
    }));

  test("names what the product has declared by its sentence, as Gatehouse's own operations", () =>
    rolledBack(async (tx) => {
      const { ctx, groupId, roleId, stored } = await setting(tx);
      await tx.insert(appOperations).values({ key: "report.sign", sentence: "Sign a report" });
      await tx.insert(roleOperations).values({ roleId, operation: "report.sign", scope: "all" });
      const input = { ...(await stored()), roles: [{ roleId, endsAt: null }] };
      const { gains } = await previewChange(ctx, updateGroupRoles, input, { groupId });
      const sentences = gains.flatMap(({ operations }) => operations.map(({ sentence }) => sentence));
      expect(sentences).toContain("Sign a report");
      expect(sentences.filter((sentence) => /^\w+\.\w+$/.test(sentence))).toEqual([]);
    }));

  test("is refused what the command refuses, and nothing is written", () =>
    rolledBack(async (tx) => {
      const { eve, quinn } = await setting(tx);
      const told = await tx.select().from(events);
      const input = await details(tx, eve.id, { additionalRoleIds: [(await roleNamed(tx, "Auditor")).id] });
      await expect(previewChange(await as(tx, quinn), updateUser, input, { people: [eve.id] })).rejects.toEqual(
        refused("forbidden", /"Auditor" carries/),
      );
      expect(await tx.select().from(events)).toHaveLength(told.length);
    }));
});

test(
  "10,000 people are compared, and of more it is said that there are more",
  () =>
    rolledBack(async (tx) => {
      const { ctx, groupId, roleId, eve, carried } = await setting(tx);
      await tx.execute(sql`
      insert into users (id, username, username_key, email, email_key, first_name, last_name, name_key, search,
                         primary_role_id, status)
      select gen_random_uuid(), 'p' || n, 'p' || n, 'p' || n || '@n.example', 'p' || n || '@n.example', 'P', n::text,
             'P ' || n, ' p' || n, ${eve.primaryRoleId}, 'active' from generate_series(1, 9998) n`);
      await tx.execute(sql`
      insert into group_members (group_id, user_id, ends_at)
      select ${groupId}, id, ${soon.toISOString()}::timestamptz + (right(username, 1) || ' days')::interval
        from users where search like ' p%' and last_name ~ '^[0-9]+$'`);
      await tx.execute(sql`analyze users, group_members`);
      const preview = await previewChange(ctx, updateGroupRoles, await carried(null), { groupId });
      expect(preview.people).toEqual({ count: 10_000, over: false });
      expect(preview.gains).toHaveLength(11);
      expect(preview.gains.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
      await tx.insert(groupMembers).values({ groupId, userId: (await makeUser(tx)).id });
      const more = await previewChange(ctx, updateGroupRoles, await carried(null), { groupId });
      expect(more.people).toEqual({ count: 10_000, over: true });
      expect((await previewChange(ctx, updateGroupRoles, await carried(null), { roleId })).people.over).toBe(true);
    }),
  60_000,
);

test("R9: a third preview of one person at once is refused, until one of the others has ended", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, eve } = await company(tx);
    const input = await details(tx, eve.id, {});
    const preview = async (person: { id: string }) =>
      previewChange(await as(tx, person), updateUser, input, { people: [] });
    const [first, second] = [previewShare.take(ada.id), previewShare.take(ada.id)];
    await expect(preview(ada)).rejects.toEqual(refused("rate_limited", /Try again in a few seconds/));
    await expect(preview(quinn)).resolves.toMatchObject({ people: { count: 0 } });
    first();
    await expect(preview(ada)).resolves.toMatchObject({ people: { count: 0 } });
    await expect(preview(ada)).resolves.toMatchObject({ people: { count: 0 } });
    second();
  }));
