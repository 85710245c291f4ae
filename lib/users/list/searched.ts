import { type SQL, sql } from "drizzle-orm";
import { indexedSearch } from "@/db/columns";
import { kept } from "@/db/kept";
import { isSampled, sampledTexts } from "@/db/sampled";
import type { Ctx } from "@/lib/context";
import { aboutTotal, exactUpTo, type Total } from "@/lib/lists/pagination";

/** Entries that a search by name looks at: the index has the text too, so each costs a fifth of what a row does. */
const searchedUpTo = 100_000;

/**
 * About how many people a condition on `users.search` finds, where they surely are too many to be counted: of one in 512, whose texts stand in an
 * index of their own. Of 10,000 people 20 are expected there, and 40 once in 20,000 times. Null where they may be few.
 */
export async function surelyMany(ctx: Ctx, search: SQL): Promise<Total | null> {
  const drawn = sql`select id, search from users where ${isIndexed("<=")} and ${isSampled("id", sampledTexts)} offset 0`;
  const [row] = await kept(
    ctx.db.select({ drawn: sql<number>`count(*)::int` }).from(sql`(${drawn}) users`).where(search),
  );
  const many = (row?.drawn ?? 0) * sampledTexts;
  return many > 2 * exactUpTo ? aboutTotal(many, 2) : null;
}

/** What a stretch of the list by name is asked for: from where on, in which order, and how many. */
type Asked = { search: SQL; beyond: SQL; ordered: (key: SQL, id: SQL) => SQL; limit: SQL };

/**
 * The first by name whom a search finds, as `matched, id, k0`: walked to along the index with the texts, but for the few whose text is too
 * long for it, who have one of their own. `matched` is how many the walk found; where it gave up before there were enough, they say nothing.
 */
export function firstSearched({ search, beyond, ordered, limit }: Asked): SQL {
  const part = (comparison: "<=" | ">", bound: SQL, also: SQL) =>
    sql`select id, name_key as k0, search from users where ${isIndexed(comparison)} and ${beyond} and ${also} order by ${ordered(sql`users.name_key`, sql`users.id`)} limit ${bound}`;
  const short = sql`select id, k0 from (${part("<=", sql.raw(String(searchedUpTo)), sql`true`)}) users where ${search}
    order by ${ordered(sql`k0`, sql`id`)} limit ${limit}`;
  const long = sql`select id, k0 from (${part(">", limit, search)}) users`;
  return sql`(with walked as materialized (${short})
    select (select count(*)::int from walked) as matched, id, k0 from (select * from walked union all (${long})) found
     order by ${ordered(sql`k0`, sql`id`)} limit ${limit})`;
}

/** Whether somebody is in the indexes of short texts, or in the one of long ones, as these have it. */
const isIndexed = (comparison: "<=" | ">") =>
  sql`status <> 'archived' and octet_length(search) ${sql.raw(`${comparison} ${indexedSearch}`)}`;
