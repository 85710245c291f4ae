import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idArray } from "@/db/ids";
import { kept } from "@/db/kept";
import { lasting } from "@/db/lasting";
import { isSampled, sampledPeople } from "@/db/sampled";
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

/** Of 10,000 people 625 are drawn by lot, and so many more once in 50,000 times. */
const surelyMany = sql.raw("725");
/** Rows of those drawn that are looked at, in which people may come again. */
const drawnUpTo = sql.raw("1000");

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
export const personIn = (range: Range) => sql.raw(personColumn(range));
const personColumn = ({ from }: Range) => (from === "users" ? "users.id" : `${from}.user_id`);

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

/** How many people these are, up to the bound of every count. A person in several ranges is counted once. */
export async function countRange(db: Reads | Tx, ranges: Range[]): Promise<Total> {
  const [row] = await kept(
    db.select({ count: sql<number>`count` }).from(sql`(select ${countOf(ranges)} as count) counted`),
  );
  return boundedTotal(row?.count ?? 0);
}

/** The same of several sets of ranges, in one statement. */
export async function countRanges(db: Reads | Tx, sets: Range[][], asked: Asked = {}): Promise<Total[]> {
  const { also, before, keeps = false } = asked;
  if (sets.length === 0) return [];
  const counts = sets.map((ranges) => countOf(ranges, also));
  const query = db
    .select({ counts: sql<number[]>`counts` })
    .from(sql`(${before ?? sql``} select array[${sql.join(counts, sql`, `)}] as counts) counted`);
  const [row] = await (keeps ? kept(query) : query);
  return (row?.counts ?? []).map((count) => boundedTotal(count));
}

/** `also`: what is asked of each person. `before`: the head of the statement. `keeps`: the sets are the same each time, so that it stays prepared. */
type Asked = { also?: ((person: SQL) => SQL) | undefined; before?: SQL | undefined; keeps?: boolean };

/** Up to one beyond the bound. They are counted only where one of so many, drawn by lot, do not show that there surely are more. */
function countOf(ranges: Range[], also?: Asked["also"]): SQL {
  if (ranges.length === 0) return sql`0`;
  const beyond = sql.raw(String(exactUpTo + 1));
  const people = peopleIn(ranges, ({ id }) => also?.(id));
  const alone = numberOf(ranges) === 1;
  const count = alone
    ? sql`select count(*)::int from (${people} limit ${beyond}) people`
    : sql`select count(*)::int from (select distinct id from (${people}) people limit ${beyond}) one`;
  const drawn = peopleIn(ranges, ({ id, drawn }) => (also ? sql`${drawn} and ${also(id)}` : drawn));
  return sql`case when (select count(${alone ? sql`*` : sql`distinct id`}) from (${drawn} limit ${drawnUpTo}) drawn) > ${surelyMany}
    then ${beyond} else (${count}) end`;
}

/** All in these ranges, with possible further conditions. `drawn`: whether they are in the index of those who are drawn by lot. */
function peopleIn(ranges: Range[], more: (person: { id: SQL; drawn: SQL }) => SQL | undefined): SQL {
  const all = ranges.map((range) => {
    const id = personIn(range);
    const asked = more({ id, drawn: isSampled(personColumn(range), sampledPeople) });
    const groups = range.groups ? sql`group_members.group_id = any(${idArray(range.groups)}) and ` : sql``;
    return sql`select ${id} as id from ${sql.raw(range.from)} where ${groups}${range.where}${asked ? sql` and ${asked}` : sql``}`;
  });
  return sql.join(all, sql` union all `);
}
