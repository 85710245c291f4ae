import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { clients, groupMembers, groupRoles, groups, userRoles, users } from "@/db/schema";
import { statusAt } from "@/lib/authz/account-status";
import type { Ctx } from "@/lib/context";
import { foldName } from "@/lib/normalization/fold";
import { isFound } from "@/lib/normalization/search";
import { as, asNobody, asOperator, type Draft, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { liveStatuses, readUserFilters, type UserFilters, userSorts } from "@/lib/users/filters";
import { countUsers, fitting, listUsers } from "@/lib/users/list";

const DAY = 86_400_000;
const filtersOf = (params: Record<string, string | string[]> = {}) => readUserFilters(params).filters;
const usernames = async (ctx: Ctx, params: Record<string, string | string[]> = {}) =>
  (await listUsers(ctx, filtersOf(params))).rows.map(({ username }) => username);

const person = (tx: Tx, firstName: string, lastName: string, more: Draft = {}) =>
  makeUser(tx, { username: firstName.toLowerCase(), firstName, lastName, ...more });

async function makeGroup(tx: Tx, name: string, members: { id: string }[], roleName?: string, ownerId?: string) {
  const [group] = await tx
    .insert(groups)
    .values({ id: newId(), name, nameKey: foldName(name), ownerId })
    .returning();
  if (!group) throw new Error("The group was not stored");
  for (const { id } of members) await tx.insert(groupMembers).values({ groupId: group.id, userId: id });
  if (roleName) await tx.insert(groupRoles).values({ groupId: group.id, roleId: (await roleNamed(tx, roleName)).id });
  return group;
}

const world = (work: (tx: Tx, ctx: Ctx) => Promise<void>) =>
  rolledBack(async (tx) => {
    await loadPreset(tx, "quality_assurance");
    await work(tx, asOperator(tx));
  });

/** Every page from the first to the last, and back again. */
async function walkThrough(ctx: Ctx, filters: UserFilters) {
  const there: string[][] = [];
  let page = await listUsers(ctx, filters);
  there.push(page.rows.map(({ id }) => id));
  const froms = [page.from];
  while (page.next) {
    page = await listUsers(ctx, { ...filters, after: page.next });
    there.push(page.rows.map(({ id }) => id));
    froms.push(page.from);
  }
  const back = [there.at(-1)];
  while (page.previous) {
    page = await listUsers(ctx, { ...filters, before: page.previous });
    back.unshift(page.rows.map(({ id }) => id));
    expect(page.from).toBe(froms[there.length - back.length]);
  }
  return { there, back, froms };
}

describe("a row of the list (U2)", () => {
  test("shows roles in force with the group they come through, groups, clients and status", () =>
    world(async (tx, ctx) => {
      const eve = await person(tx, "Eve", "Engineer", { roles: ["Auditor"], lastSignInAt: new Date("2026-11-01") });
      const quinn = await person(tx, "Quinn", "Manager", { primaryRole: "Quality Manager" });
      await makeGroup(tx, "Staff", [eve, quinn], "Admin");
      await makeGroup(tx, "Audit", [eve, quinn], "Auditor");
      for (const status of ["registered", "deregistered"] as const)
        await tx.insert(clients).values({
          userId: eve.id,
          name: status,
          nameKey: status,
          status,
          tokenPrefix: "gh_cli_a",
          tokenLastFour: "abcd",
          tokenExpiresAt: new Date(),
        });
      const [first, second] = (await listUsers(ctx, filtersOf())).rows;
      expect(first).toMatchObject({
        name: "Eve Engineer",
        status: "active",
        groups: { names: ["Audit", "Staff"], count: 2 },
        clients: { registered: 1, total: 2 },
        lastSignInAt: new Date("2026-11-01"),
      });
      expect(first?.roles.map(({ name, groups: via }) => [name, via])).toEqual([
        ["Quality Engineer", []],
        ["Auditor", []],
      ]);
      expect(second?.roles.map(({ name, groups: via }) => [name, via])).toEqual([
        ["Quality Manager", []],
        ["Admin", ["Staff"]],
        ["Auditor", ["Audit"]],
      ]);
    }));

  test("what has ended is not shown: roles, memberships", () =>
    world(async (tx, ctx) => {
      const eve = await person(tx, "Eve", "Engineer", { roles: ["Auditor"] });
      const group = await makeGroup(tx, "Audit", [eve], "Auditor");
      const past = new Date(Date.now() - 1000);
      await tx.update(userRoles).set({ endsAt: past }).where(eq(userRoles.userId, eve.id));
      await tx.update(groupMembers).set({ endsAt: past }).where(eq(groupMembers.groupId, group.id));
      const [row] = (await listUsers(ctx, filtersOf())).rows;
      expect(row?.roles.map(({ name }) => name)).toEqual(["Quality Engineer"]);
      expect(row?.groups).toEqual({ names: [], count: 0 });
    }));
});

describe("searching (U3)", () => {
  test("finds by part of the name, username and email, without accents, in any order, and by id", () =>
    world(async (tx, ctx) => {
      const bjorn = await person(tx, "Bjørn", "Aasen", { username: "baasen", email: "mail@other.example" });
      await person(tx, "Zoë", "O'Neill_x", { username: "zoe" });
      await person(tx, "Eve", "Engineer");
      expect(await usernames(ctx, { q: "jorn" })).toEqual(["baasen"]);
      expect(await usernames(ctx, { q: "BJØRN" })).toEqual(["baasen"]);
      expect(await usernames(ctx, { q: "other.ex" })).toEqual(["baasen"]);
      expect(await usernames(ctx, { q: "aasen bjørn" })).toEqual(["baasen"]);
      expect(await usernames(ctx, { q: "ve eng" })).toEqual(["eve"]);
      expect(await usernames(ctx, { q: "zoe" })).toEqual(["zoe"]);
      expect(await usernames(ctx, { q: "l_x" })).toEqual(["zoe"]);
      expect(await usernames(ctx, { q: "n_e" })).toEqual([]);
      expect(await usernames(ctx, { q: "%%%" })).toEqual([]);
      expect(await usernames(ctx, { q: bjorn.id })).toEqual(["baasen"]);
    }));

  test("one or two letters find by the beginning of a word", () =>
    world(async (tx, ctx) => {
      await person(tx, "Eve", "Zimmer");
      await person(tx, "Liz", "Baker");
      expect(await usernames(ctx, { q: "zi" })).toEqual(["eve"]);
      expect(await usernames(ctx, { q: "b" })).toEqual(["liz"]);
    }));
});

describe("filters (U3)", () => {
  test("a role is found directly and through a group, only where it is in force", () =>
    world(async (tx, ctx) => {
      const quinn = await person(tx, "Quinn", "Manager", { primaryRole: "Quality Manager" });
      const eve = await person(tx, "Eve", "Engineer");
      const ada = await person(tx, "Ada", "Admin", { primaryRole: "Quality Manager", roles: ["Admin"] });
      await person(tx, "Audrey", "Auditor", { roles: ["Auditor"] });
      await makeGroup(tx, "Operators", [quinn, eve, ada], "Admin");
      const admin = (await roleNamed(tx, "Admin")).id;
      const auditor = (await roleNamed(tx, "Auditor")).id;
      const manager = (await roleNamed(tx, "Quality Manager")).id;
      expect(await usernames(ctx, { role: admin })).toEqual(["ada", "quinn"]);
      expect(await usernames(ctx, { role: auditor })).toEqual(["audrey"]);
      expect(await usernames(ctx, { role: [auditor, manager] })).toEqual(["ada", "audrey", "quinn"]);
      expect(await usernames(ctx, { role: [auditor, manager], q: "ad" })).toEqual(["ada"]);
      expect(await usernames(ctx, { role: newId() })).toEqual([]);
    }));

  test("group, configuration, manager and dormancy combine; values of one filter are alternatives", () =>
    world(async (tx, ctx) => {
      const ago = (days: number) => new Date(Date.now() - days * DAY);
      const lee = await person(tx, "Lee", "Lead", { createdAt: ago(400), lastSignInAt: ago(1) });
      const eve = await person(tx, "Eve", "Engineer", {
        managerId: lee.id,
        createdAt: ago(400),
        lastSignInAt: ago(100),
      });
      const ivy = await person(tx, "Ivy", "Invited", { configuration: "entra", status: "invited", managerId: lee.id });
      const group = await makeGroup(tx, "Regression", [eve, ivy]);
      expect(await usernames(ctx, { group: group.id })).toEqual(["eve", "ivy"]);
      expect(await usernames(ctx, { manager: lee.id, configuration: "entra" })).toEqual(["ivy"]);
      expect(await usernames(ctx, { configuration: ["entra", "default"] })).toEqual(["eve", "ivy", "lee"]);
      expect(await usernames(ctx, { dormant: "never" })).toEqual(["ivy"]);
      expect(await usernames(ctx, { dormant: "90" })).toEqual(["eve"]);
      expect(await usernames(ctx, { dormant: ["90", "never"], group: group.id })).toEqual(["eve", "ivy"]);
    }));

  test("by status agrees with the state that is shown, whatever the dates (U10)", () =>
    world(async (tx, ctx) => {
      const past = new Date(Date.now() - DAY);
      const future = new Date(Date.now() + DAY);
      const dates = [null, past, future];
      const made = [];
      for (const status of ["invited", "active", "disabled"] as const)
        for (const disabledUntil of status === "disabled" ? dates : [null])
          for (const accessEndsAt of dates)
            for (const [lockedAt, lockedUntil] of [
              [null, null],
              [past, null],
              [past, past],
              [past, future],
            ] as const)
              made.push(await makeUser(tx, { status, disabledUntil, accessEndsAt, lockedAt, lockedUntil }));
      expect(made).toHaveLength(60);
      for (const status of liveStatuses) {
        const found = await walkThrough(ctx, filtersOf({ status }));
        const wanted = made.filter((user) => statusAt(user, ctx.now()) === status).map(({ id }) => id);
        expect(new Set(found.there.flat()), status).toEqual(new Set(wanted));
      }
    }));
});

describe("pages", () => {
  test("by every sort and both directions show everybody once, and the same on the way back", () =>
    world(async (tx, ctx) => {
      for (let n = 0; n < 120; n += 1)
        await makeUser(tx, {
          firstName: `Same${n % 7}`,
          lastName: "",
          status: n % 10 === 0 ? "invited" : n % 15 === 0 ? "disabled" : "active",
          configuration: n % 3 ? "default" : "entra",
          lastSignInAt: n % 2 ? new Date(Date.UTC(2026, 0, n % 5)) : null,
          createdAt: new Date(Date.UTC(2025, 0, n % 11)),
        });
      for (const by of userSorts)
        for (const sort of [by, `-${by}`]) {
          const { there, back, froms } = await walkThrough(ctx, filtersOf({ sort }));
          expect(
            there.map((page) => page.length),
            sort,
          ).toEqual([50, 50, 20]);
          expect(froms).toEqual([1, 51, 101]);
          expect(new Set(there.flat()).size).toBe(120);
          expect(back).toEqual(there);
          const filtered = await walkThrough(ctx, filtersOf({ sort, status: ["active", "disabled"], q: "same" }));
          expect(filtered.there.flat(), sort).toHaveLength(108);
          expect(filtered.back).toEqual(filtered.there);
        }
    }));

  test("names are in the language's order, not the database's", () =>
    world(async (tx, ctx) => {
      for (const name of ["Zoe", "adam", "Émile", "Ada", "Ørjan", "Eve"]) await person(tx, name, "X");
      expect(await usernames(ctx)).toEqual(["ada", "adam", "émile", "eve", "ørjan", "zoe"]);
      expect(await usernames(ctx, { sort: "-name" })).toEqual(["zoe", "ørjan", "eve", "émile", "adam", "ada"]);
    }));

  test("say how many there are and where the page is", () =>
    world(async (tx, ctx) => {
      for (let n = 0; n < 60; n += 1) await makeUser(tx);
      await makeUser(tx, { status: "archived" });
      const first = await listUsers(ctx, filtersOf());
      expect(first).toMatchObject({ from: 1, total: { value: 60, kind: "exact" }, previous: null, bounded: false });
      expect(await listUsers(ctx, filtersOf({ after: first.next ?? "" }))).toMatchObject({ from: 51, next: null });
      expect(await countUsers(ctx)).toEqual({
        active: { value: 60, kind: "exact" },
        archived: { value: 1, kind: "exact" },
      });
      expect((await listUsers(ctx, filtersOf({ view: "archived", sort: "-lastSignInAt" }))).rows).toHaveLength(1);
    }));

  test("a cursor that does not fit its sort and filters is refused", () =>
    world(async (tx, ctx) => {
      for (let n = 0; n < 51; n += 1) await makeUser(tx);
      const after = (await listUsers(ctx, filtersOf())).next ?? "";
      const others: Record<string, string>[] = [
        { sort: "email" },
        { q: "user" },
        { status: "active" },
        { before: after },
      ];
      for (const other of others) {
        const filters = filtersOf({ ...other, after });
        expect(fitting(filters).fits).toBe(false);
        await expect(listUsers(ctx, filters)).rejects.toMatchObject({ code: "invalid" });
      }
      await expect(listUsers(ctx, filtersOf({ after: "nonsense" }))).rejects.toMatchObject({ code: "invalid" });
      expect(fitting(filtersOf({ after })).fits).toBe(true);
    }));
});

describe("sight (R11)", () => {
  test("a Lead sees, counts and finds only the people below", () =>
    world(async (tx) => {
      const lee = await person(tx, "Lee", "Lead", { primaryRole: "Quality Lead" });
      const eve = await person(tx, "Eve", "Engineer", { managerId: lee.id });
      await person(tx, "Deep", "Below", { managerId: eve.id });
      await person(tx, "Gone", "Below", { managerId: eve.id, status: "archived" });
      const ada = await person(tx, "Ada", "Admin", { primaryRole: "Quality Manager", roles: ["Admin"] });
      const ctx = await as(tx, lee);
      expect(await usernames(ctx)).toEqual(["deep", "eve"]);
      expect(await usernames(ctx, { q: "ada" })).toEqual([]);
      expect(await usernames(ctx, { q: ada.id })).toEqual([]);
      expect(await usernames(ctx, { q: eve.id })).toEqual(["eve"]);
      expect(await usernames(ctx, { sort: "-status" })).toEqual(["eve", "deep"]);
      expect((await listUsers(ctx, filtersOf())).total).toEqual({ value: 2, kind: "exact" });
      expect(await countUsers(ctx)).toMatchObject({ active: { value: 2 }, archived: { value: 1 } });
      expect(await usernames(await as(tx, ada))).toEqual(["ada", "deep", "eve", "lee"]);
      expect(await usernames(await as(tx, eve))).toEqual([]);
      expect(await usernames(asNobody(tx))).toEqual([]);
    }));
});

test("what is asked of the table is what is asked of a text: pasted, punctuated, beginnings of parts", () =>
  world(async (tx, ctx) => {
    const eve = ["Eve", "O\u2019Neill-Engineer", "eve.engineer", "eve@north-wind.example"] as const;
    await person(tx, eve[0], eve[1], { username: eve[2], email: eve[3] });
    const asked = [
      "Engineer, Eve",
      "Eve Engineer <eve@north-wind.example>",
      "Eve;",
      "\u202aEve\u202c",
      "Eve\u200b O\u02bcNeill",
      "oneill",
      "ne",
      "ei",
      "eve.eng",
      "north-wind.ex",
      "ex",
      "e_e",
      "%",
      "eve o neill engineer eve engineer eve absent",
      "Eve\0",
      ";",
    ];
    for (const q of asked) expect([q, await usernames(ctx, { q })]).toEqual([q, isFound(q, ...eve) ? [eve[2]] : []]);
    const { id } = await person(tx, "Lee", "Lead");
    expect(await usernames(ctx, { q: `\u200b${id} ` })).toEqual(["lee"]);
  }));

test("a name cannot break out of a search", () =>
  world(async (tx, ctx) => {
    await person(tx, "Eve", "Engineer");
    for (const q of ["'; drop table users; --", "\\", "\\\\%", "$1", "eve' or '1'='1"])
      expect(await usernames(ctx, { q })).toEqual([]);
    expect(await tx.select({ id: users.id }).from(users)).toHaveLength(1);
  }));
