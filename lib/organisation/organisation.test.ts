import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groups, roleOperations, roles, users } from "@/db/schema";
import { toChartHref } from "@/lib/organisation/address";
import { type Chart, readChart } from "@/lib/organisation/chart";
import { countChartIssues, listChartIssues } from "@/lib/organisation/chart-issues";
import { type ChartFilters, readChartFilters } from "@/lib/organisation/filters";
import { findInChart, pathTo } from "@/lib/organisation/path";
import { company } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";

const address = (text = "") => {
  const params: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) params[name] = [...(params[name] ?? []), value];
  return readChartFilters(params);
};

const asked = (change: Partial<ChartFilters> = {}): ChartFilters => ({ ...address(), ...change });

/** The tree as it is seen, one line for each row. */
const drawn = ({ rows }: Chart) =>
  rows.map((row) => `${"  ".repeat(row.level - 1)}${row.kind === "person" ? row.name : `… ${row.shown}`}`);

const person = ({ rows }: Chart, name: string) =>
  rows.flatMap((row) => (row.kind === "person" && row.name === name ? [row] : []))[0];

/** Quinn leads Lee and Mia, Lee leads Eve; Ada and Sam have no relations. */
async function chartOf(tx: Tx) {
  const people = await company(tx);
  const mia = await makeUser(tx, { username: "mia", firstName: "Mia", lastName: "Lead", managerId: people.quinn.id });
  return { ...people, mia };
}

const quinnName = "Quinn Person";

describe("the chart", () => {
  test("begins with those who lead and have no manager; their branches are open", () =>
    rolledBack(async (tx) => {
      const { ada } = await chartOf(tx);
      const chart = await readChart(await as(tx, ada), asked());
      expect(drawn(chart)).toEqual([quinnName, "  Lee Lead", "  Mia Lead"]);
      expect(person(chart, quinnName)).toMatchObject({
        role: "Quality Manager",
        status: "active",
        expanded: true,
        position: 1,
        siblings: 1,
        direct: { value: 2, kind: "exact" },
        below: { value: 3, kind: "exact" },
      });
      expect(person(chart, "Lee Lead")).toMatchObject({ expanded: false, position: 1, siblings: 2 });
      expect(person(chart, "Mia Lead")).toMatchObject({ expanded: null, position: 2, direct: { value: 0 } });
    }));

  test("what is open is in the address, also when nothing is", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, lee } = await chartOf(tx);
      const ctx = await as(tx, ada);
      const closed = await readChart(ctx, address("open=none"));
      expect(drawn(closed)).toEqual([quinnName]);
      expect(toChartHref(asked({ open: [] }))).toBe("/admin/organisation?open=none");
      const open = await readChart(ctx, address(`open=${quinn.id}&open=${lee.id}`));
      expect(drawn(open)).toEqual([quinnName, "  Lee Lead", "    Eve Engineer", "  Mia Lead"]);
      const orphan = await readChart(ctx, asked({ open: [lee.id] }));
      expect([drawn(orphan), orphan.open]).toEqual([[quinnName], []]);
    }));

  test("a branch comes in steps of 50, and who is asked for is in it however far away", () =>
    rolledBack(async (tx) => {
      const { ada, lee, mia } = await chartOf(tx);
      const made: string[] = [];
      for (let number = 0; number < 120; number++)
        made.push(
          (await makeUser(tx, { firstName: `P${String(number).padStart(3, "0")}`, lastName: "", managerId: mia.id }))
            .id,
        );
      const ctx = await as(tx, ada);
      const under = (chart: Chart) => chart.rows.filter((row) => row.parentId === mia.id);
      const first = await readChart(ctx, asked({ show: made[3]! }));
      expect(under(first).map((row) => row.kind)).toEqual([...Array(50).fill("person"), "more"]);
      expect(under(first).at(-1)).toMatchObject({ shown: 50, siblings: 120, full: false, parentName: "Mia Lead" });
      const far = await readChart(ctx, asked({ show: made[110]! }));
      expect(far.shown).toBe(made[110]);
      expect(under(far)).toHaveLength(52);
      const beside = await readChart(ctx, asked({ show: made[3]!, open: [lee.id] }));
      expect(beside.rows.filter((row) => row.parentId === lee.id)).toMatchObject([{ name: "Eve Engineer" }]);
      const all = await readChart(ctx, asked({ show: made[3]!, more: [mia.id, mia.id] }));
      expect(under(all).map((row) => row.kind)).toEqual(Array(120).fill("person"));
    }));

  test("the archived leave, unless somebody is still under them", () =>
    rolledBack(async (tx) => {
      const { ada, lee, mia } = await chartOf(tx);
      await tx.update(users).set({ status: "archived" }).where(eq(users.id, mia.id));
      await tx.update(users).set({ status: "archived" }).where(eq(users.id, lee.id));
      const chart = await readChart(await as(tx, ada), asked());
      expect(drawn(chart)).toEqual([quinnName, "  Lee Lead"]);
      expect(person(chart, "Lee Lead")).toMatchObject({ status: "archived", direct: { value: 1 } });
    }));

  test("a ring of managers, as in bad data, ends", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, lee, eve } = await chartOf(tx);
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.update(users).set({ managerId: eve.id }).where(eq(users.id, lee.id));
      await tx.update(users).set({ managerId: ada.id }).where(eq(users.id, quinn.id));
      const ctx = await as(tx, ada);
      expect(drawn(await readChart(ctx, asked({ show: eve.id }))).length).toBeGreaterThan(0);
      await as(tx, lee).then((theirs) => readChart(theirs, asked({ open: [lee.id, eve.id] })));
    }));
});

describe("within sight (R11)", () => {
  test("a lead sees the tree from themselves down, and nobody above or beside", () =>
    rolledBack(async (tx) => {
      const { quinn, lee, mia, eve } = await chartOf(tx);
      const ctx = await as(tx, lee);
      const chart = await readChart(ctx, asked());
      expect(drawn(chart)).toEqual(["Lee Lead", "  Eve Engineer"]);
      expect(person(chart, "Lee Lead")).toMatchObject({ href: "/account", siblings: 1 });
      for (const { id } of [quinn, mia]) {
        const guessed = await readChart(ctx, asked({ show: id, open: [quinn.id, mia.id, lee.id] }));
        expect([guessed.shown, drawn(guessed)]).toEqual([null, ["Lee Lead", "  Eve Engineer"]]);
      }
      expect(await pathTo(ctx, eve.id)).toEqual([lee.id, eve.id]);
      expect((await findInChart(ctx, "Quinn")).people).toEqual([]);
      expect((await findInChart(ctx, "Eve")).people).toMatchObject([{ name: "Eve Engineer", path: ["Lee Lead"] }]);
    }));

  test("an owner of groups sees their members, each under the nearest whom the owner sees", () =>
    rolledBack(async (tx) => {
      const { quinn, lee, eve, sam } = await chartOf(tx);
      const [role] = await tx
        .insert(roles)
        .values({ name: "Steward", nameKey: "Steward", kind: "primary", rank: 9 })
        .returning();
      await tx.insert(roleOperations).values({ roleId: role!.id, operation: "user.read", scope: "owned_groups" });
      const olga = await makeUser(tx, { username: "olga", primaryRoleId: role!.id });
      const [group] = await tx.insert(groups).values({ name: "G", nameKey: "G", ownerId: olga.id }).returning();
      const members = [quinn, eve, sam].map(({ id }) => ({ groupId: group!.id, userId: id }));
      await tx.insert(groupMembers).values(members);
      const ctx = await as(tx, olga);
      const before = await readChart(ctx, asked());
      expect(drawn(before)).toEqual(["Eve Engineer", quinnName, "Sam Person"]);
      expect(person(before, quinnName)).toMatchObject({ direct: { value: 0 }, below: { value: 0 }, expanded: null });
      await tx.insert(groupMembers).values({ groupId: group!.id, userId: lee.id });
      expect(drawn(await readChart(ctx, asked()))).toEqual([quinnName, "  Lee Lead", "Sam Person"]);
      expect(await countChartIssues(ctx)).toMatchObject({ unplaced: { value: 1 }, left: { value: 0 } });
    }));

  test("who sees nobody gets nothing", () =>
    rolledBack(async (tx) => {
      const { sam, eve } = await chartOf(tx);
      const ctx = await as(tx, sam);
      expect(await readChart(ctx, asked({ show: eve.id }))).toEqual({ rows: [], open: [], shown: null });
      expect((await findInChart(ctx, "Eve")).people).toEqual([]);
      expect(await countChartIssues(ctx)).toMatchObject({ unplaced: { value: 0 }, left: { value: 0 } });
    }));
});

describe("what is wrong in the chart", () => {
  test("people at no place, and people whose manager has left", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, lee, mia } = await chartOf(tx);
      const ctx = await as(tx, ada);
      const names = async (issue: "unplaced" | "left") =>
        (await listChartIssues(ctx, issue, asked(), { value: 0, kind: "exact" })).rows.map((row) => row.name);
      expect(await names("unplaced")).toEqual(["Ada Admin", "Sam Person"]);
      expect(await names("left")).toEqual([]);
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, quinn.id));
      expect(await names("left")).toEqual(["Lee Lead", "Mia Lead"]);
      const over = new Date(Date.now() - 1000);
      await tx.update(users).set({ disabledUntil: over }).where(eq(users.id, quinn.id));
      expect(await names("left")).toEqual([]);
      await tx.update(users).set({ accessEndsAt: over }).where(eq(users.id, lee.id));
      const { rows } = await listChartIssues(ctx, "left", asked(), { value: 1, kind: "exact" });
      expect(rows).toMatchObject([{ name: "Eve Engineer", manager: { name: "Lee Lead", status: "disabled" } }]);
      await tx.update(users).set({ status: "archived" }).where(eq(users.id, lee.id));
      expect(await names("left")).toEqual(["Eve Engineer"]);
      expect(await countChartIssues(ctx)).toEqual({
        unplaced: { value: 2, kind: "exact" },
        left: { value: 1, kind: "exact" },
      });
      const theirs = await listChartIssues(await as(tx, mia), "left", asked(), { value: 0, kind: "exact" });
      expect(theirs.rows).toEqual([]);
    }));

  test("each says whether the viewer may choose their manager: within reach, and holding no more (R11, R13)", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, lee } = await chartOf(tx);
      await makeUser(tx, { username: "lou", firstName: "Lou", primaryRole: "Quality Lead", managerId: lee.id });
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, lee.id));
      const mayEdit = async (viewer: { id: string }) => {
        const ctx = await as(tx, viewer);
        const { rows } = await listChartIssues(ctx, "left", asked(), { value: 2, kind: "exact" });
        return rows.map((row) => [row.name, row.mayEdit]);
      };
      const lou = "Lou Person";
      expect(await mayEdit(ada)).toEqual([
        ["Eve Engineer", true],
        [lou, true],
      ]);
      expect(await mayEdit(quinn)).toEqual([
        ["Eve Engineer", true],
        [lou, false],
      ]);
      await tx.delete(roleOperations).where(eq(roleOperations.operation, "user.update"));
      expect(await mayEdit(quinn)).toEqual([
        ["Eve Engineer", false],
        [lou, false],
      ]);
    }));

  test("pages are walked by key, both ways, and a foreign cursor is refused", () =>
    rolledBack(async (tx) => {
      const { ada } = await chartOf(tx);
      for (let number = 0; number < 101; number++)
        await makeUser(tx, { firstName: `P${String(number).padStart(3, "0")}`, lastName: "" });
      const ctx = await as(tx, ada);
      const total = (await countChartIssues(ctx)).unplaced;
      expect(total).toEqual({ value: 103, kind: "exact" });
      const page = (place: Partial<ChartFilters>) => listChartIssues(ctx, "unplaced", asked(place), total);
      const first = await page({});
      expect([first.rows.length, first.from, first.previous]).toEqual([50, 1, null]);
      const second = await page({ after: first.next! });
      const third = await page({ after: second.next! });
      expect([third.rows.length, third.from, third.next]).toEqual([3, 101, null]);
      const back = await page({ before: third.previous! });
      expect([back.rows, back.from]).toEqual([second.rows, 51]);
      const foreign = listChartIssues(ctx, "left", asked({ after: first.next! }), total);
      await expect(foreign).rejects.toMatchObject({ code: "invalid" });
    }));
});

test("an address is read with care: what it does not understand is left out", () => {
  const id = "0192d3f0-0000-7000-8000-000000000001";
  expect(
    readChartFilters({ open: ["x", id.toUpperCase(), id], more: ["top", "y"], show: "z", view: "w", q: "a\0b" }),
  ).toEqual({
    view: "chart",
    q: "a b",
    show: null,
    open: [id],
    more: ["top"],
    after: undefined,
    before: undefined,
  });
  const many = Array.from({ length: 100 }, (_, n) => `0192d3f0-0000-7000-8000-${String(n).padStart(12, "0")}`);
  expect(readChartFilters({ open: many }).open).toHaveLength(60);
  const full = address(`view=left&open=${id}&more=top&more=${id}&after=c`);
  expect(address(toChartHref(full, full).split("?")[1])).toEqual(full);
});
