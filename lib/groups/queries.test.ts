import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { groupMembers, groupRoles, groups, roleOperations, roles, userRoles } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { type GroupFilters, groupFiltersSchema, readGroupFilters, sortHref, toHref } from "@/lib/groups/filters";
import { countGroups, fitting, listGroups, shownGroup } from "@/lib/groups/list";
import { getMember, listMembers } from "@/lib/groups/members";
import { getGroup } from "@/lib/groups/queries";
import { searchText } from "@/lib/normalization/search";
import { searchCandidates, searchGroups } from "@/lib/people/pickers";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { userList } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const asked = (more: Partial<GroupFilters> = {}) => ({ ...groupFiltersSchema.parse({}), ...more });

const makeGroup = async (tx: Tx, name: string, more: Partial<typeof groups.$inferInsert> = {}) =>
  (
    await tx
      .insert(groups)
      .values({ name, nameKey: name.toLowerCase(), search: searchText(name, more.description ?? ""), ...more })
      .returning()
  )[0]!;

async function giveRole(tx: Tx, userId: string, name: string, held: Record<string, Scope>) {
  const [role] = await tx.insert(roles).values({ name, nameKey: name.toLowerCase(), kind: "additional" }).returning();
  const rows = Object.entries(held).map(([operation, scope]) => ({ roleId: role!.id, operation, scope }));
  await tx.insert(roleOperations).values(rows);
  await tx.insert(userRoles).values({ userId, roleId: role!.id });
}

/** Walks a list from its first page to its last, and back again. */
async function walk(ctx: Ctx, filters: GroupFilters) {
  const there: string[][] = [];
  let page = await listGroups(ctx, filters);
  for (;;) {
    there.push(page.rows.map(({ name }) => name));
    expect(page.from).toBe(there.slice(0, -1).flat().length + 1);
    if (!page.next) break;
    page = await listGroups(ctx, { ...filters, after: page.next });
  }
  const back = [page.rows.map(({ name }) => name)];
  while (page.previous) {
    page = await listGroups(ctx, { ...filters, before: page.previous });
    back.unshift(page.rows.map(({ name }) => name));
  }
  expect(back).toEqual(there);
  expect(page.from).toBe(1);
  return there.flat();
}

describe("the list of groups", () => {
  test("is walked by key in each order, there and back, in the language's order", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const names = Array.from({ length: 118 }, (_, number) => `Group ${String(number).padStart(3, "0")}`);
      for (const [index, name] of [...names, "Ärzte", "zebra"].entries())
        await makeGroup(tx, name, { createdAt: new Date(Date.UTC(2026, 0, 1) + (index % 7) * 1000) });
      const ordered = ["Ärzte", ...names, "zebra"];
      expect(await walk(ctx, asked())).toEqual(ordered);
      expect(await walk(ctx, asked({ sort: "-name" }))).toEqual(ordered.toReversed());
      const newest = await walk(ctx, asked({ sort: "-createdAt" }));
      expect(newest.toSorted()).toEqual(ordered.toSorted());
      expect(await walk(ctx, asked({ sort: "createdAt" }))).toEqual(newest.toReversed());
      expect((await listGroups(ctx, asked())).total).toEqual({ value: 120, kind: "exact" });
    }));

  test("finds by part of name or description and by id, and filters by owner and role", () =>
    rolledBack(async (tx) => {
      const { ada, lee } = await company(tx);
      const ctx = await as(tx, ada);
      const auditor = await roleNamed(tx, "Auditor");
      const nightly = await makeGroup(tx, "Nightly", { description: "Runs the REGRESSION suites", ownerId: lee.id });
      const ended = await makeGroup(tx, "Ended");
      await makeGroup(tx, "100% manual");
      await tx.insert(groupRoles).values([
        { groupId: nightly.id, roleId: auditor.id },
        { groupId: ended.id, roleId: auditor.id, endsAt: inDays(-1) },
      ]);
      const names = async (more: Partial<GroupFilters>) =>
        (await listGroups(ctx, asked(more))).rows.map(({ name }) => name);
      expect(await names({ q: "night" })).toEqual(["Nightly"]);
      expect(await names({ q: "regression" })).toEqual(["Nightly"]);
      expect(await names({ q: "00%" })).toEqual(["100% manual"]);
      expect(await names({ q: nightly.id.toUpperCase() })).toEqual(["Nightly"]);
      expect(await names({ q: "nothing" })).toEqual([]);
      expect(await names({ owner: [lee.id] })).toEqual(["Nightly"]);
      expect(await names({ role: [auditor.id] })).toEqual(["Nightly"]);
    }));

  test("counts the members of this moment and names the roles in force", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sam, lee } = await company(tx);
      const gone = await makeUser(tx, { status: "archived" });
      const group = await makeGroup(tx, "Regression", { ownerId: lee.id });
      await tx.insert(groupRoles).values({ groupId: group.id, roleId: (await roleNamed(tx, "Auditor")).id });
      await tx.insert(groupMembers).values([
        { groupId: group.id, userId: eve.id },
        { groupId: group.id, userId: sam.id, endsAt: inDays(-1) },
        { groupId: group.id, userId: gone.id },
      ]);
      const { rows } = await listGroups(await as(tx, ada), asked());
      expect(rows[0]).toMatchObject({
        owner: { name: "Lee Lead", visible: true },
        roles: [{ name: "Auditor" }],
        members: { value: 1, kind: "exact" },
      });
    }));

  test("a cursor belongs to its sort and filters", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      for (let number = 0; number < 60; number++) await makeGroup(tx, `g${number}`);
      const { next } = await listGroups(ctx, asked());
      expect(fitting(asked({ after: next! })).fits).toBe(true);
      expect(fitting(asked({ after: next!, sort: "-name" })).fits).toBe(false);
      expect(fitting(asked({ after: next!, before: next! })).fits).toBe(false);
      await expect(listGroups(ctx, asked({ after: next!, q: "g" }))).rejects.toEqual(refused("invalid"));
      await expect(listGroups(ctx, asked({ after: "torn" }))).rejects.toEqual(refused("invalid"));
    }));
});

describe("who sees which group (R11)", () => {
  test("all with group.read at all; one's own with owned_groups; none without", () =>
    rolledBack(async (tx) => {
      const { lee, eve, ada } = await company(tx);
      await giveRole(tx, lee.id, "Group keeper", { "group.read": "owned_groups", "group.update": "owned_groups" });
      const mine = await makeGroup(tx, "Mine", { ownerId: lee.id });
      const other = await makeGroup(tx, "Other", { ownerId: ada.id });
      const asLee = await as(tx, lee);
      const { rows, total } = await listGroups(asLee, asked());
      expect(rows.map(({ name }) => name)).toEqual(["Mine"]);
      expect(total.value).toBe(1);
      expect((await countGroups(asLee)).value).toBe(1);
      expect((await listGroups(asLee, asked({ q: "other" }))).rows).toEqual([]);
      expect((await listGroups(asLee, asked({ q: other.id }))).rows).toEqual([]);
      await expect(getGroup(asLee, other.id)).rejects.toEqual(refused("not_found"));
      expect((await getGroup(asLee, mine.id)).abilities).toMatchObject({
        "group.update": { ok: true },
        "group.delete": { ok: false, reason: "You don't have permission to delete a group." },
        "group.add_member": { ok: false },
      });
      for (const ctx of [await as(tx, eve), asNobody(tx)]) {
        expect((await listGroups(ctx, asked())).rows).toEqual([]);
        await expect(getGroup(ctx, mine.id)).rejects.toEqual(refused("not_found"));
      }
    }));

  test("an owner outside what one may see has no name, and the members outside are a number", () =>
    rolledBack(async (tx) => {
      const { lee, eve, sam } = await company(tx);
      await giveRole(tx, lee.id, "Group reader", { "group.read": "all" });
      const group = await makeGroup(tx, "Regression", { ownerId: sam.id });
      await tx.insert(groupMembers).values([eve, sam].map(({ id }) => ({ groupId: group.id, userId: id })));
      const ctx = await as(tx, lee);
      const found = await getGroup(ctx, group.id);
      expect(found.owner).toEqual({ id: sam.id, name: "somebody outside your view", visible: false });
      expect(found.members).toEqual({ all: { value: 2, kind: "exact" }, seen: { value: 1, kind: "exact" } });
      const members = await listMembers(ctx, group.id, { q: "" });
      expect(members.rows.map(({ name }) => name)).toEqual(["Eve Engineer"]);
      const listed = await listUsers(ctx, { ...userList.usual, group: [group.id] });
      expect(members.rows).toEqual(
        listed.rows.map(({ id, name, username, email, status, picture }) =>
          expect.objectContaining({ id, name, username, email, status, picture }),
        ),
      );
      expect((await listMembers(ctx, group.id, { q: "sam" })).rows).toEqual([]);
      await expect(getMember(ctx, group.id, sam.id)).rejects.toEqual(refused("not_found"));
      expect(JSON.stringify([found, members])).not.toContain(sam.email);
      const { rows } = await listGroups(ctx, asked());
      expect(rows.map(shownGroup)).toMatchObject([{ owner: { id: null, name: "somebody outside your view" } }]);
    }));

  test("who may be added is in sight, not archived and not in the group now", () =>
    rolledBack(async (tx) => {
      const { lee, eve, ada, sam } = await company(tx);
      await makeUser(tx, { firstName: "Archie", managerId: lee.id, status: "archived" });
      await makeUser(tx, { firstName: "Ivy", lastName: "Invited", managerId: lee.id, status: "invited" });
      const group = await makeGroup(tx, "Regression");
      const names = async (ctx: Ctx, q = "") => (await searchCandidates(ctx, group.id, q)).map(({ label }) => label);
      expect(await names(await as(tx, lee))).toEqual(["Eve Engineer", "Ivy Invited"]);
      await tx.insert(groupMembers).values({ groupId: group.id, userId: eve.id });
      expect(await names(await as(tx, lee))).toEqual(["Ivy Invited"]);
      await tx
        .update(groupMembers)
        .set({ endsAt: inDays(-1) })
        .where(eq(groupMembers.userId, eve.id));
      expect(await names(await as(tx, lee), "eve")).toEqual(["Eve Engineer"]);
      expect(await names(await as(tx, ada), sam.id)).toEqual(["Sam Person"]);
    }));

  test("the picker offers groups in sight and those that people in sight are in", () =>
    rolledBack(async (tx) => {
      const { lee, eve } = await company(tx);
      await giveRole(tx, lee.id, "Group keeper", { "group.read": "owned_groups" });
      await makeGroup(tx, "Mine", { ownerId: lee.id });
      const hers = await makeGroup(tx, "Hers");
      await makeGroup(tx, "Strange");
      await tx.insert(groupMembers).values({ groupId: hers.id, userId: eve.id });
      expect((await searchGroups(await as(tx, lee), "")).map(({ label }) => label)).toEqual(["Hers", "Mine"]);
    }));
});

describe("the address", () => {
  test("is read and written as one; what is not understood is named", () => {
    const id = "01990000-0000-7000-8000-000000000001";
    const { filters, ignored } = readGroupFilters({ q: "x", sort: "-createdAt", owner: [id, "nobody"], role: id });
    expect(ignored).toEqual(["owner=nobody"]);
    expect(toHref(filters)).toBe(`/admin/groups?q=x&sort=-createdAt&owner=${id}&role=${id}`);
    expect(readGroupFilters({ sort: "members" }).ignored).toEqual(["sort=members"]);
    expect(sortHref(asked(), "name")).toBe("/admin/groups?sort=-name");
    expect(sortHref(asked({ sort: "-name" }), "name")).toBe("/admin/groups");
    expect(sortHref(asked(), "createdAt")).toBe("/admin/groups?sort=-createdAt");
  });
});
