import { type SQL, sql } from "drizzle-orm";
import { isBelow, leads, leadsFrom } from "@/db/places";
import { scopesOf } from "@/lib/authz/evaluate";
import { reachedBy, reaches } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";

/** People below somebody are counted up to here; above it the chart says "more than". */
export const countUpTo = 1000;
const most = sql.raw(String(countUpTo));

/** How many rows a select has, up to one more than are shown. */
export const counted = (rows: SQL): SQL =>
  sql`(select count(*)::int from (${rows} limit ${sql.raw(String(countUpTo + 1))}) counted)`;

/** The chart shows all who are present, and of the archived those who have somebody present under them. `person`: an alias of `users`. */
export const charted = (person: string) =>
  sql`(${sql.raw(person)}.status <> 'archived' or ${leads(sql.raw(`${person}.id`))})`;

/** The same of an alias of `places`. */
const placed = (place: string) => sql`(${sql.raw(place)}.present or ${leadsFrom(sql.raw(`${place}.path`))})`;

/**
 * Whom the chart may show: people in reach of `user.read`, and above their own reports the actor (R11). Where somebody is not
 * in sight, the chart ends: people below them are shown apart, and count for nobody above.
 */
export type Sight = {
  everybody: boolean;
  /** Whether a column of ids names somebody in sight. */
  sees: (person: SQL) => SQL;
  /** Whether everybody below somebody in sight is in sight as well. */
  seesBelow: (person: SQL) => SQL;
  /** Of those about whom it does not say so: whose manager is not in sight, as `user_id`. */
  apart: SQL;
  /** And how many the chart has below them, as `user_id` and `below`. */
  counts: SQL;
};

export function sightOf(ctx: Ctx): Sight {
  const beside = reachedBy(ctx, "user.read", { reports: false });
  if (beside === "everyone") return everybody;
  const { access } = ctx.actor;
  const me = sql`${access.personId}::uuid`;
  if (!scopesOf(access, "user.read").has("reports"))
    return {
      everybody: false,
      sees: (person) => reaches(ctx, "user.read", person),
      seesBelow: () => sql`false`,
      ...among(
        sql`select p.user_id, p.path, 1 as weight from places p where p.user_id in (${beside}) and ${placed("p")}`,
      ),
    };
  const atMost = (person: SQL) => sql`(${person} = ${me} or ${isBelow(person, me)})`;
  // The actor represents all who are below the actor.
  const seen = sql`select p.user_id, p.path, case when p.user_id = ${me} then 1 + ${countBelow(me)} else 1 end as weight
    from places p where p.user_id in (${beside} union select ${me}) and ${placed("p")} and not ${isBelow(sql`p.user_id`, me)}`;
  return {
    everybody: false,
    sees: (person) => sql`(${person} = ${me} or ${reaches(ctx, "user.read", person)})`,
    seesBelow: atMost,
    ...among(seen),
  };
}

const everybody: Sight = {
  everybody: true,
  sees: () => sql`true`,
  seesBelow: () => sql`true`,
  apart: sql`select null::uuid as user_id where false`,
  counts: sql`select null::uuid as user_id, 0 as below where false`,
};

const countedUnder = (person: SQL, which: SQL): SQL =>
  counted(sql`select 1 from places own join places under on under.path > own.path and under.path < own.path || '~'
    where own.user_id = ${person} and ${which}`);

/**
 * How many the chart has below somebody, for whom everybody below is in sight. Whether an archived person leads somebody takes longer than
 * to count twenty who are present, so it is looked at only where the present alone are not too many to count.
 */
export const countBelow = (person: SQL): SQL => {
  const archived = countedUnder(person, sql`not under.present and ${leadsFrom(sql`under.path`)}`);
  return sql`(select case when present.n > ${most} then present.n else least(${most} + 1, present.n + ${archived}) end
    from (select ${countedUnder(person, sql`under.present`)} as n offset 0) present)`;
};

/** One is below another without a gap where as many are seen between them as there are steps. */
const among = (seen: SQL): Pick<Sight, "apart" | "counts"> => ({
  apart: sql`with seen as materialized (${seen}) select user_id from seen where left(path, -8) not in (select path from seen)`,
  counts: sql`with seen as materialized (${seen}) select linked.user_id, sum(linked.weight)::int as below from (
      select top.user_id, led.weight,
             row_number() over (partition by led.user_id order by n desc) = (length(led.path) - n) / 8 as without_gap
        from seen led cross join generate_series(8, length(led.path) - 8, 8) n join seen top on top.path = left(led.path, n)
    ) linked where linked.without_gap group by linked.user_id`,
});
