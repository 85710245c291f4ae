import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { lasting } from "@/db/lasting";
import type { Reads } from "@/lib/context";
import { boundedTotal, exactUpTo, type Total } from "@/lib/lists/pagination";
import type { RoleWays } from "@/lib/users/list/roles";

/**
 * People whom an index holds in the order of a list: those of a primary role, those to whom a role is given, the members of a
 * group. What lists sort by is copied beside roles and memberships (`personKeys` in db/columns.ts).
 */
export type Range = {
  from: "users" | "user_roles" | "group_members";
  where: SQL;
  /** One range for each of these groups. */
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

export const rangesOfRoles = ({ primary, additional }: RoleWays, at: Date): Range[] => [
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
  where: inForce("group_members", needs, at),
  groups,
});

const inForce = (of: string, needs: string[], at: Date) =>
  sql`${sql.raw(of)}.person_present and ${lasting(of, at)}${
    needs.length > 0 ? sql` and ${sql.raw(of)}.person_role_id = any(${idArray(needs)})` : sql``
  }`;

/** The column that names the person. */
export const personIn = ({ from }: Range) => sql.raw(from === "users" ? "users.id" : `${from}.user_id`);

/** What `select` gives of each range, together. */
export const ofEach = (ranges: Range[], select: (range: Range, where: SQL) => SQL): SQL =>
  sql.join(
    ranges.map((range) =>
      range.groups
        ? sql`(select found.* from unnest(${idArray(range.groups)}) one (id)
            cross join lateral (${select(range, sql`group_members.group_id = one.id and ${range.where}`)}) found)`
        : sql`(${select(range, range.where)})`,
    ),
    sql` union all `,
  );

/** How many people each of these are, up to the bound of every count. Whoever is in several ranges is counted once. */
export async function countRanges(db: Reads | Tx, sets: Range[][], { also, before }: Asked = {}): Promise<Total[]> {
  if (sets.length === 0) return [];
  const read = async (counts: SQL[]) => {
    const [row] = await db
      .select({ counts: sql<(number | null)[]>`counts` })
      .from(sql`(${before ?? sql``} select array[${sql.join(counts, sql`, `)}] as counts) counted`);
    return row?.counts ?? [];
  };
  const first = await read(sets.map((ranges) => countOf(ranges, also, countedFirst)));
  const open = sets.filter((_, at) => first[at] === null);
  const all = open.length > 0 ? await read(open.map((ranges) => countOf(ranges, also, null))) : [];
  return first.map((count) => boundedTotal(count ?? all.shift() ?? 0));
}

/** `also`: what is asked of each person. `before`: the head of the statement. */
type Asked = { also?: (person: SQL) => SQL; before?: SQL };

/** Up to one beyond the bound; null where so many rows, in which people may come again, do not tell. */
function countOf(ranges: Range[], also: Asked["also"], rows: number | null): SQL {
  const beyond = sql.raw(String(exactUpTo + 1));
  const inGroups = ({ groups }: Range) => (groups ? sql`group_members.group_id = any(${idArray(groups)}) and ` : sql``);
  const people = sql.join(
    ranges.map(
      (range) => sql`select ${personIn(range)} as id from ${sql.raw(range.from)}
        where ${inGroups(range)}${range.where}${also ? sql` and ${also(personIn(range))}` : sql``}`,
    ),
    sql` union all `,
  );
  if (ranges.length === 0) return sql`0`;
  if (numberOf(ranges) === 1) return sql`(select count(*)::int from (${people} limit ${beyond}) people)`;
  if (rows === null)
    return sql`(select count(*)::int from (select distinct id from (${people}) people limit ${beyond}) one)`;
  const looked = sql.raw(String(rows));
  return sql`(select case when coalesce(sum(times), 0) < ${looked} or count(*) > ${sql.raw(String(exactUpTo))} then count(*)::int end
    from (select id, count(*) as times from (select id from (${people}) people limit ${looked}) looked group by id) one)`;
}
