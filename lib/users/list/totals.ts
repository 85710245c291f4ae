import { type SQL, sql } from "drizzle-orm";
import { keptBuilt } from "@/db/kept";
import { users } from "@/db/schema";
import { scopesOf } from "@/lib/authz/evaluate";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { aboutTotal, boundedTotal, exactUpTo, type Total } from "@/lib/lists/pagination";
import { isScoped } from "@/lib/users/list/conditions";
import { fewPeople, sizesInSight } from "@/lib/users/list/sets";

export type UserCounts = { active: Total; archived: Total };

/**
 * How many people each view contains, within what the actor may see. Beyond 20,000 by PostgreSQL's own estimate of the
 * view's index, which costs nothing.
 */
export async function countViews(ctx: Ctx): Promise<UserCounts> {
  if (isScoped(ctx)) return countScope(ctx);
  const [row] = await askAll(ctx.db, {});
  const total = (estimated = 0, counted: number | null = 0): Total =>
    counted === null ? aboutTotal(estimated) : boundedTotal(counted);
  return {
    active: total(row?.active, row?.countedActive),
    archived: total(row?.archived, row?.countedArchived),
  };
}

const estimateOf = (index: string) =>
  sql.raw(`coalesce((select reltuples::float8 from pg_class where oid = to_regclass('${index}')), 0)`);

/** A count is no part of the answer where the estimate suffices, and is not made there. */
const countedOf = (estimated: string, view: string) =>
  sql<number | null>`${sql.raw(
    `case when ${estimated} <= ${2 * exactUpTo}
       then (select count(*)::int from (select 1 from users where ${view} limit ${exactUpTo + 1}) x) end`,
  )}`;

/** For actors who see all: the same for everybody, and queried by every page of users. */
const askAll = keptBuilt((db: Ctx["db"]) =>
  db
    .select({
      active: sql<number>`active`,
      archived: sql<number>`archived`,
      countedActive: countedOf("active", "status <> 'archived'"),
      countedArchived: countedOf("archived", "status = 'archived'"),
    })
    .from(sql`(select ${estimateOf("users_by_name")} active, ${estimateOf("users_archived_by_name")} archived) e`),
);

/** Who is in sight is found out once for both views. Those below somebody are counted by their places. */
async function countScope(ctx: Ctx): Promise<UserCounts> {
  if (!scopesOf(ctx.actor.access, "user.read").has("owned_groups")) {
    const views = [true, false].map((present) => ({ rows: reachedBy(ctx, "user.read", { present }) as SQL, present }));
    const [active = 0, archived = 0] = await sizesInSight(ctx, views);
    return { active: boundedTotal(active, fewPeople), archived: boundedTotal(archived, fewPeople) };
  }
  const [row] = await ctx.db
    .select({
      active: sql<number>`(count(*) filter (where status <> 'archived'))::int`,
      archived: sql<number>`(count(*) filter (where status = 'archived'))::int`,
    })
    .from(
      sql`(select status from users where ${within(ctx, "user.read", users.id)} limit ${sql.raw(String(fewPeople))}) x`,
    );
  return { active: boundedTotal(row?.active ?? 0, fewPeople), archived: boundedTotal(row?.archived ?? 0, fewPeople) };
}
