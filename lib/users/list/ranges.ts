import { type SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { lasting } from "@/db/lasting";
import type { Ctx } from "@/lib/context";
import { boundedTotal, exactUpTo, type Total } from "@/lib/list";
import type { RoleWays } from "./roles";

/**
 * People whom an index holds in the order of a list: those of a primary role, those to whom a role is given, the members of a
 * group. What lists sort by is copied beside roles and memberships (`personKeys` in db/columns.ts).
 */
export type Range = {
  from: "users" | "user_roles" | "group_members";
  where: SQL;
  /** One range for each of these groups, as `one.id`. */
  groups: string[] | null;
};

/** Each range is looked up; beyond this number it is cheaper to look at the people. */
const mostRanges = 400;
/** Rows in which most counts beyond 10,000 are over already, whoever is in several groups. */
const countedFirst = 12_000;

export function rangesOf(roles: RoleWays | null, groups: string[], at: Date): Range[] | null {
  const ranges = roles ? rangesOfRoles(roles, at) : [members(groups, [], at)];
  return ranges.length === 0 || numberOf(ranges) > mostRanges ? null : ranges;
}

export const numberOf = (ranges: Range[]) => ranges.reduce((sum, { groups }) => sum + (groups?.length ?? 1), 0);

const rangesOfRoles = ({ primary, additional }: RoleWays, at: Date): Range[] => [
  ...primary.map(
    (id): Range => ({
      from: "users",
      where: sql`users.primary_role_id = ${id} and users.status <> 'archived'`,
      groups: null,
    }),
  ),
  ...additional.flatMap(({ id, needs, direct, groups }) => [
    ...(direct ? [given(id, needs, at)] : []),
    ...(groups.length > 0 ? [members(groups, needs, at)] : []),
  ]),
];

const given = (id: string, needs: string[], at: Date): Range => ({
  from: "user_roles",
  where: sql`user_roles.role_id = ${id} and ${inForce("user_roles", needs, at)}`,
  groups: null,
});

const members = (groups: string[], needs: string[], at: Date): Range => ({
  from: "group_members",
  where: sql`group_members.group_id = one.id and ${inForce("group_members", needs, at)}`,
  groups,
});

const inForce = (of: string, needs: string[], at: Date) =>
  sql`${sql.raw(of)}.person_present and ${lasting(of, at)}${
    needs.length > 0 ? sql` and ${sql.raw(of)}.person_role_id = any(${idArray(needs)})` : sql``
  }`;

/** The column that names the person. */
export const personIn = ({ from }: Range) => sql.raw(from === "users" ? "users.id" : `${from}.user_id`);

/** What `select` gives of each range, together. */
export const ofEach = (ranges: Range[], select: (range: Range) => SQL, set: "union" | "union all"): SQL =>
  sql.join(
    ranges.map((range) =>
      range.groups
        ? sql`(select found.* from unnest(${idArray(range.groups)}) one (id) cross join lateral (${select(range)}) found)`
        : sql`(${select(range)})`,
    ),
    sql.raw(` ${set} `),
  );

/** How many people these are, up to the bound of every count. */
export async function countRanges(ctx: Ctx, ranges: Range[]): Promise<Total> {
  const [row] = await ctx.db.select({ count: counted(ranges) }).from(sql`(select 1) one_row`);
  return boundedTotal(row?.count ?? 0);
}

/** Up to one beyond the bound. Whoever is in several ranges is counted once. */
export function counted(ranges: Range[]): SQL<number> {
  const beyond = sql.raw(String(exactUpTo + 1));
  const people = (limit: SQL) =>
    ofEach(
      ranges,
      (range) => sql`select ${personIn(range)} as id from ${sql.raw(range.from)} where ${range.where} ${limit}`,
      "union all",
    );
  if (numberOf(ranges) === 1) return sql<number>`(select count(*)::int from ${people(sql`limit ${beyond}`)} people)`;
  const first = sql.raw(String(countedFirst));
  return sql<number>`(
    with looked as materialized (select id from (${people(sql``)}) people limit ${first}),
         seen as materialized (select count(*)::int as rows, (select count(*)::int from (select distinct id from looked) each) as people from looked)
    select case when rows < ${first} or people >= ${beyond} then least(people, ${beyond})
                else (select count(*)::int from (select distinct id from (${people(sql``)}) people limit ${beyond}) more) end
      from seen)`;
}
