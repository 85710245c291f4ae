import { type SQL, sql } from "drizzle-orm";
import { indexedSearch } from "@/db/columns";
import type { Ctx } from "@/lib/context";
import { aboutTotal, exactUpTo, type Total } from "@/lib/lists/pagination";

/** Entries that a search by name looks at: the index holds the text too, so each costs a fifth of what a row does. */
const searchedUpTo = 100_000;

/** Fewer tell nothing: a table that was never analysed has none. */
const fewestTexts = sql.raw("500");

/**
 * About how many people a condition on `users.search` finds, where they surely are too many to be counted: of the texts that
 * PostgreSQL keeps for its planner, spread over all of them. Null where they may be few, and in a house that is not large.
 */
export async function surelyMany(ctx: Ctx, search: SQL): Promise<Total | null> {
  const [row] = await ctx.db
    .select({
      many: sql<number>`case when kept.reltuples < ${sql.raw(String(20 * exactUpTo))} then 0 else kept.reltuples * (
        select case when count(*) < ${fewestTexts} then 0 else avg((${search})::int)::float8 end
          from (select null::uuid as id, unnest(histogram_bounds::text::text[]) as search from pg_stats
                 where schemaname = current_schema() and tablename = 'users' and attname = 'search') users) end`,
    })
    .from(sql`pg_class kept where kept.oid = 'users_by_name'::regclass`);
  const many = row?.many ?? 0;
  return many > 2 * exactUpTo ? aboutTotal(many, 2) : null;
}

/** What a stretch of the list by name is asked for: from where on, in which order, and how many. */
type Asked = { search: SQL; beyond: SQL; ordered: (key: SQL, id: SQL) => SQL; limit: SQL };

/**
 * The first by name whom a search finds, as `matched, id, k0`: walked to along the index that holds the texts, but for the few whose text is too
 * long for it, who have one of their own. `matched` is how many the walk found; where it gave up before there were enough, they tell nothing.
 */
export function firstSearched({ search, beyond, ordered, limit }: Asked): SQL {
  const part = (comparison: string, bound: SQL, also: SQL) =>
    sql`select id, name_key as k0, search from users where status <> 'archived' and octet_length(search) ${sql.raw(`${comparison} ${indexedSearch}`)}
      and ${beyond} and ${also} order by ${ordered(sql`users.name_key`, sql`users.id`)} limit ${bound}`;
  const short = sql`select id, k0 from (${part("<=", sql.raw(String(searchedUpTo)), sql`true`)}) users where ${search}
    order by ${ordered(sql`k0`, sql`id`)} limit ${limit}`;
  const long = sql`select id, k0 from (${part(">", limit, search)}) users`;
  return sql`(with walked as materialized (${short})
    select (select count(*)::int from walked) as matched, id, k0 from (select * from walked union all (${long})) found
     order by ${ordered(sql`k0`, sql`id`)} limit ${limit})`;
}
