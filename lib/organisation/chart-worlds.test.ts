import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { groupMembers, groups, roleOperations, roles, users } from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import { type Chart, readChart } from "@/lib/organisation/chart";
import { countChartIssues } from "@/lib/organisation/chart-issues";
import { readChartFilters } from "@/lib/organisation/filters";
import { findInChart, pathTo } from "@/lib/organisation/path";
import { countBelow, countUpTo } from "@/lib/organisation/sight";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";

const often = rounds(12, 400);
const seed = seedOfRun();

type Someone = { id: string; name: string; managerId: string | null; archived: boolean };
type World = { people: Someone[]; scopes: Scope[]; members: string[]; me: string };

/** What the chart is by walking from manager to manager, in plain words. */
function walked({ people, scopes, members, me }: World) {
  const of = new Map(people.map((person) => [person.id, person]));
  const above = (id: string): string[] => {
    const managerId = of.get(id)?.managerId;
    return managerId ? [managerId, ...above(managerId)] : [];
  };
  const leads = (id: string) => people.some((other) => !other.archived && above(other.id).includes(id));
  const charted = ({ id, archived }: Someone) => !archived || leads(id);
  const has = (scope: Scope) => scopes.includes(scope);
  const sees = (id: string) =>
    has("all") ||
    (id === me && (has("self") || has("reports"))) ||
    (has("reports") && above(id).includes(me)) ||
    (has("owned_groups") && id !== me && members.includes(id));
  const reportsOf = (id: string) =>
    people.filter((person) => person.managerId === id && sees(person.id) && charted(person));
  const atTop = people
    .filter(({ managerId }) => managerId === null || !sees(managerId))
    .filter((person) => (has("all") ? leads(person.id) : sees(person.id) && charted(person)));
  const below = (id: string): number => reportsOf(id).reduce((sum, report) => sum + 1 + below(report.id), 0);
  const drawn = (level: number, some: Someone[]): unknown[] =>
    some.flatMap(({ id, name }) => [
      [level, name, reportsOf(id).length, below(id)],
      ...drawn(level + 1, reportsOf(id)),
    ]);
  const path = (id: string): string[] => {
    if (!sees(id)) return [];
    const chain = [id, ...above(id)];
    const end = chain.findIndex((one) => !sees(one));
    return (end === -1 ? chain : chain.slice(0, end)).reverse();
  };
  const unplaced = people.filter(
    ({ id, managerId, archived }) =>
      managerId === null && !archived && !leads(id) && sees(id) && (id !== me || has("all") || has("self")),
  );
  return { rows: drawn(1, atTop), path, sees, unplaced: unplaced.length, nameOf: (id: string) => of.get(id)?.name };
}

const rowsOf = ({ rows }: Chart) =>
  rows.map((row) => (row.kind === "person" ? [row.level, row.name, row.direct.value, row.below.value] : [row.kind]));

async function makeWorld(tx: Tx, random: Random): Promise<World> {
  const scopes = (["all", "reports", "owned_groups", "self"] as const).filter((scope) =>
    random.chance(scope === "all" ? 0.15 : 0.5),
  );
  const [role] = await tx.insert(roles).values({ name: "W", nameKey: "w", kind: "primary", rank: 1 }).returning();
  const primaryRoleId = role?.id ?? "";
  if (scopes.length > 0)
    await tx
      .insert(roleOperations)
      .values(scopes.map((scope) => ({ roleId: primaryRoleId, operation: "user.read", scope })));
  const people: Someone[] = [];
  for (let n = random.between(6, 22); n > 0; n--) {
    const name = `P${String(n).padStart(2, "0")}`;
    const managerId = people.length > 0 && random.chance(0.85) ? random.pick(people).id : null;
    const archived = people.length > 0 && random.chance(0.25);
    const { id } = await makeUser(tx, {
      firstName: name,
      lastName: "",
      primaryRoleId,
      managerId,
      status: archived ? "archived" : "active",
    });
    people.push({ id, name, managerId, archived });
  }
  people.sort((a, b) => (a.name < b.name ? -1 : 1));
  const me = random.pick(people.filter(({ archived }) => !archived)).id;
  const [group] = await tx.insert(groups).values({ name: "G", nameKey: "g", ownerId: me }).returning();
  const members = people.filter(() => random.chance(0.6)).map(({ id }) => id);
  if (members.length > 0)
    await tx.insert(groupMembers).values(members.map((userId) => ({ groupId: group?.id ?? "", userId })));
  return { people, scopes, members, me };
}

test(`the chart is what walking from manager to manager finds, for every viewer: ${often} worlds, seed ${seed}`, async () => {
  const random = randomFrom(seed);
  const seen = { rows: 0, paths: 0, gaps: 0 };
  for (let round = 0; round < often; round++)
    await rolledBack(async (tx) => {
      const world = await makeWorld(tx, random);
      const expected = walked(world);
      const ctx = await as(tx, { id: world.me });
      const chart = await readChart(ctx, { ...readChartFilters({}), open: world.people.map(({ id }) => id) });
      expect(rowsOf(chart)).toEqual(expected.rows);
      seen.rows += expected.rows.length;
      for (const { id } of world.people) {
        const path = await pathTo(ctx, id);
        expect(path).toEqual(expected.path(id));
        seen.paths += path.length > 1 ? 1 : 0;
      }
      const { people } = await findInChart(ctx, "P");
      const present = world.people.filter(({ id, archived }) => !archived && expected.sees(id));
      expect(people.map(({ id, path }) => [id, path])).toEqual(
        present.slice(0, 20).map(({ id }) => [id, expected.path(id).slice(-13, -1).map(expected.nameOf)]),
      );
      expect((await countChartIssues(ctx)).unplaced.value).toBe(expected.unplaced);
      const [all, tops] = [
        world.people.filter(({ id }) => expected.sees(id)),
        expected.rows.filter((row) => (row as number[])[0] === 1),
      ];
      seen.gaps += tops.length > 1 && all.length > tops.length ? 1 : 0;
    });
  expect(seen.rows).toBeGreaterThan(often);
  expect(seen.gaps).toBeGreaterThan(0);
  tell("worlds of the chart", { ...seen, seed });
});

/** The same by one look at each of those below. */
const countedOneByOne = (person: string) => sql`(select count(*)::int from (
  select 1 from places own join places led on led.path > own.path and led.path < own.path || '~'
   where own.user_id = ${person} and (led.present or exists(
     select 1 from places other where other.path > led.path and other.path < led.path || '~' and other.present))
   limit ${countUpTo + 1}) counted)`;

test("below somebody, the present and the archived who lead are counted to 1,001 at most", () =>
  rolledBack(async (tx) => {
    const [role] = await tx.insert(roles).values({ name: "W", nameKey: "w", kind: "primary", rank: 1 }).returning();
    const primaryRoleId = role?.id ?? "";
    const make = (managerId: string | null, status: "active" | "archived" = "active") =>
      makeUser(tx, { primaryRoleId, managerId, status });
    const top = await make(null);
    const manager = await make(top.id, "archived");
    await make(top.id, "archived");
    const led = await make(manager.id);
    const stored = { ...led, managerId: top.id };
    const many = (count: number, from: number) =>
      tx.insert(users).values(
        Array.from({ length: count }, (_, at) => {
          const name = `many-${from + at}`;
          return { ...stored, id: crypto.randomUUID(), username: name, usernameKey: name, email: name, emailKey: name };
        }),
      );
    const compare = async (expected: number) => {
      const [row] = await tx.execute(
        sql`select ${countBelow(sql`${top.id}::uuid`)} as below, ${countedOneByOne(top.id)} as "oneByOne"`,
      );
      expect(row).toEqual({ below: expected, oneByOne: expected });
    };
    await compare(2);
    await many(997, 0);
    await compare(999);
    await many(1, 997);
    await compare(countUpTo);
    await many(1, 998);
    await compare(countUpTo + 1);
    await many(5, 999);
    await compare(countUpTo + 1);
  }));
