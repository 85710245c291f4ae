import { type SQL, sql } from "drizzle-orm";
import { kept } from "@/db/kept";
import { users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { boundedTotal, type Cursor, exactUpTo, type Total } from "@/lib/lists/pagination";
import { columns, type FoundRow } from "@/lib/people/rows";
import type { Arm, Matching } from "@/lib/users/list/conditions";
import { countRange, numberOf, ofEach, personIn, type Range } from "@/lib/users/list/ranges";
import { firstSearched, surelyMany } from "@/lib/users/list/searched";
import { fewPeople } from "@/lib/users/list/sets";
import { isByName, type SortKey } from "@/lib/users/list/sorts";

/** In which order, from where, how many. `lead`: what is asked of the order's first column, where an index answers it. */
export type Window = { keys: SortKey[]; down: boolean; from: Cursor | null; limit: number; lead?: SQL | null };

/** Rows that a walk along an index looks at before it gives up. */
const walkUpTo = 20_000;
/** Rows that are collected and sorted when the walk found too few. */
const collectUpTo = 100_000;

export type Found = {
  rows: FoundRow[];
  /** How many match in all; null when nobody counted. */
  total: Total | null;
  /** Set when the walk ended before the list did: where to continue. */
  stoppedAt: FoundRow | null;
};

/**
 * Finds one window of the people who match, at a cost that does not grow with the table: few are collected and
 * sorted; many are found by walking along the sort's index; where neither fills the window, the answer says how far it looked.
 */
export async function findWindow(ctx: Ctx, match: Matching, window: Window): Promise<Found> {
  if (match.ranges) return inRanges(ctx, match.ranges, window);
  if (match.searched && isByName(window.keys)) {
    const found = await searched(ctx, match.searched, window);
    if (found) return found;
  }
  if (match.plain) return { rows: await walk(ctx, match, window, null), total: null, stoppedAt: null };
  const few = match.many ? { total: match.many } : await collectFew(ctx, match, window);
  const { total } = few;
  if ("rows" in few && total.kind === "exact") return few;
  const walked = await walk(ctx, match, window, walkUpTo);
  if (walked.length >= window.limit) return { rows: walked, total, stoppedAt: null };
  const many = await collect(ctx, match, window, collectUpTo);
  if (many.matched <= collectUpTo) return { rows: many.rows, total, stoppedAt: null };
  return { rows: walked, total, stoppedAt: await lastWalked(ctx, match, window) };
}

/** A frequent search by name, which neither counts nor collects; null where that does not surely give the page. */
async function searched(ctx: Ctx, search: SQL, window: Window): Promise<Found | null> {
  const total = await surelyMany(ctx, search);
  if (!total) return null;
  const first = firstSearched({
    search,
    beyond: beyond([sql`users.name_key`], sql`users.id`, window),
    ordered: (key, id) => ordered([key, id], window.down),
    limit: sql.raw(String(window.limit)),
  });
  const rows = await read(ctx, window, first);
  return (rows[0]?.matched ?? 0) < window.limit ? null : { rows: foundIn(rows), total, stoppedAt: null };
}

/** All who match, if they are few enough to be sorted; else no rows, and a total that says so. */
export async function collectFew(ctx: Ctx, match: Matching, window: Window): Promise<Found & { total: Total }> {
  const bound = match.few ? fewPeople : exactUpTo;
  const { rows, matched } = await collect(ctx, match, window, bound);
  return { rows, total: boundedTotal(matched, bound), stoppedAt: null };
}

/** All who match up to a bound, counted and sorted. Beyond the bound it answers `bound + 1` and no rows. */
async function collect(ctx: Ctx, match: Matching, window: Window, bound: number) {
  const arm = (one: Arm) => armed(one, listed(window), bound + 1);
  const names = window.keys.map((_, index) => k(index));
  const rows = await read(
    ctx,
    window,
    sql`(
      with hit as materialized (${sql.join(match.arms.map(arm), sql` union `)}),
           counted as materialized (select count(*)::int as matched from hit)
      select counted.matched, page.* from counted left join lateral (
        select hit.* from hit
         where counted.matched <= ${sql.raw(String(bound))} and ${beyond(names, sql.raw("hit.id"), window)}
         order by ${ordered([...names, sql.raw("id")], window.down)} limit ${sql.raw(String(window.limit))}
      ) page on true)`,
  );
  return { matched: rows[0]?.matched ?? 0, rows: foundIn(rows) };
}

/** Along the sort's index from the cursor on, asking each row; at most `bound` rows, or as many as it takes. */
async function walk(ctx: Ctx, match: Matching, window: Window, bound: number | null): Promise<FoundRow[]> {
  const from = bound === null ? sql`users` : sql`(${stretch(match, window, bound)}) users`;
  const asked = bound === null ? [match.view, beyond(keysOf(window), sql.raw("users.id"), window)] : match.probes;
  const query = read(
    ctx,
    window,
    sql`(select null::int as matched, ${listed(window)} from ${from} where ${sql.join(asked, sql` and `)}
          order by ${inOrder(window)} limit ${sql.raw(String(window.limit))})`,
  );
  // Without a bound nothing but the view and the order is asked: as few texts as a list has orders.
  return foundIn(await (bound === null ? kept(query) : query));
}

/**
 * The first of every range, and of these the first. Of many ranges hardly any gives more than its share, so each is asked for
 * a little more than that, and for more only while all that one gave are in the answer.
 */
async function inRanges(ctx: Ctx, ranges: Range[], window: Window): Promise<Found> {
  const share = step(3 + Math.ceil((2 * window.limit) / numberOf(ranges)));
  const [rows, total] = await Promise.all([firstOf(ctx, ranges, window, share), countRange(ctx.db, ranges)]);
  return { rows, total, stoppedAt: null };
}

/** As few different numbers as will do: the text of a statement that is kept prepared contains one. */
const step = (number: number) => 2 ** Math.ceil(Math.log2(number));

/** By at most so many of each range, or more where they do not decide it. */
async function firstOf(ctx: Ctx, ranges: Range[], window: Window, share: number): Promise<FoundRow[]> {
  const each = Math.min(share, window.limit);
  const { found, deepest } = await firstOfEach(ctx, ranges, window, each);
  return each < window.limit && deepest >= each ? firstOf(ctx, ranges, window, 4 * each) : found;
}

/** The first of at most so many of each range; `deepest`: the furthest in its range that one of them is. */
async function firstOfEach(ctx: Ctx, ranges: Range[], window: Window, each: number) {
  const names = [...window.keys.map((_, index) => k(index)), sql.raw("id")];
  const first = (range: Range, where: SQL) => {
    const columns = window.keys.map(({ column, copy }) =>
      range.from === "users" || !copy ? column : sql.raw(`${range.from}.${copy}`),
    );
    const id = personIn(range);
    const order = ordered([...columns, id], window.down);
    return sql`select ${selected(id, columns)}, row_number() over (order by ${order}) as place from ${sql.raw(range.from)}
      where ${where} and ${beyond(columns, id, window)} order by ${order} limit ${sql.raw(String(each))}`;
  };
  const found = sql`(select max(place)::int as matched, ${sql.join(names, sql`, `)} from (${ofEach(ranges, first)}) named
    group by ${sql.join(names, sql`, `)} order by ${ordered(names, window.down)} limit ${sql.raw(String(window.limit))})`;
  const rows = await kept(read(ctx, window, found));
  return { found: foundIn(rows), deepest: Math.max(0, ...rows.map(({ matched }) => matched)) };
}

async function lastWalked(ctx: Ctx, match: Matching, window: Window): Promise<FoundRow | null> {
  const last = sql`(select null::int as matched, ${listed(window)}
    from (${stretch(match, window, walkUpTo)} offset ${sql.raw(String(walkUpTo - 1))}) users)`;
  return foundIn(await read(ctx, window, last))[0] ?? null;
}

/** The rows of a relation of ids and keys, with the columns that the list shows. */
function read(ctx: Ctx, { keys, down }: Window, found: SQL) {
  const names = keys.map((_, index) => sql.raw(`found.k${index}`));
  return ctx.db
    .select({ matched: sql<number>`found.matched`, person: columns, keys: keyTexts(names) })
    .from(sql`${found} found`)
    .leftJoin(users, sql`${users.id} = found.id`)
    .orderBy(ordered([...names, sql.raw("found.id")], down));
}

/** The people of one arm: a set's looked up in one go along the key, many one by one until there are enough. */
function armed({ start, many, where }: Arm, wanted: SQL, bound: number): SQL {
  const limit = sql.raw(String(bound));
  if (!start) return sql`(select ${wanted} from users where ${where} limit ${limit})`;
  if (!many)
    return sql`(select ${wanted} from users
      where users.id = any(array(select user_id from (${start.rows}) named)) and ${where} limit ${limit})`;
  const rows = start.distinct ? start.rows : sql`select distinct user_id from (${start.rows}) named`;
  return sql`(select one.* from (${rows}) people cross join lateral (
    select ${wanted} from users where users.id = people.user_id and ${where} offset 0) one limit ${limit})`;
}

const foundIn = (rows: { person: FoundRow["person"] | null; keys: string[] }[]): FoundRow[] =>
  rows.flatMap(({ person, keys }) => (person ? [{ person, keys }] : []));

const listed = (window: Window) => selected(sql.raw("users.id"), keysOf(window));
const selected = (id: SQL, keys: SQL[]) =>
  sql.join([sql`${id} as id`, ...keys.map((key, index) => sql`${key} as ${k(index)}`)], sql`, `);

const stretch = (match: Matching, window: Window, bound: number) =>
  sql`select * from users
       where ${match.view} and ${window.lead ?? sql`true`} and ${beyond(keysOf(window), sql.raw("users.id"), window)}
       order by ${inOrder(window)} limit ${sql.raw(String(bound))}`;

const keysOf = ({ keys }: Window) => keys.map(({ column }) => column);
const inOrder = (window: Window) => ordered([...keysOf(window), sql.raw("users.id")], window.down);
const k = (index: number) => sql.raw(`k${index}`);
const ordered = (expressions: SQL[], down: boolean) =>
  sql.join(
    expressions.map((expression) => (down ? sql`${expression} desc` : expression)),
    sql`, `,
  );

/** Beyond the cursor, as one comparison of rows, which a b-tree answers at once. */
function beyond(expressions: SQL[], id: SQL, { keys, down, from }: Window): SQL {
  if (!from) return sql`true`;
  const values = keys.map(({ type }, index) => sql`${from.keys[index] ?? ""}::${type}`);
  return sql`(${sql.join([...expressions, id], sql`, `)}) ${sql.raw(down ? "<" : ">")} (${sql.join([...values, sql`${from.id}::uuid`], sql`, `)})`;
}

/** As text, for the cursor: the driver would make an invalid Date of '-infinity', and lose microseconds. */
const keyTexts = (expressions: SQL[]) =>
  sql<string[]>`json_build_array(${sql.join(
    expressions.map((expression) => sql`(${expression})::text`),
    sql`, `,
  )})`;
