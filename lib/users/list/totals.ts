import { type SQL, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { scopesOf } from "@/lib/authz/evaluate";
import { reachedBy, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { aboutTotal, boundedTotal, exactUpTo, type Total } from "@/lib/lists/pagination";
import { isScoped } from "@/lib/users/list/conditions";
import { fewPeople, sizesOf } from "@/lib/users/list/sets";

export type UserCounts = { active: Total; archived: Total };

/**
 * How many people each view holds, within what the actor may see. Beyond 20,000 by PostgreSQL's own estimate of the
 * view's index, which costs nothing.
 */
export async function countViews(ctx: Ctx): Promise<UserCounts> {
  if (isScoped(ctx)) return countScope(ctx);
  const estimates = await estimate(ctx);
  const [active, archived] = await Promise.all([
    estimates.active > 2 * exactUpTo ? aboutTotal(estimates.active) : count(ctx, "status <> 'archived'"),
    estimates.archived > 2 * exactUpTo ? aboutTotal(estimates.archived) : count(ctx, "status = 'archived'"),
  ]);
  return { active, archived };
}

async function estimate(ctx: Ctx): Promise<{ active: number; archived: number }> {
  const [row] = await ctx.db
    .select({
      active: sql<number>`coalesce((select reltuples::float8 from pg_class where oid = to_regclass('users_by_name')), 0)`,
      archived: sql<number>`coalesce((select reltuples::float8 from pg_class where oid = to_regclass('users_archived_by_name')), 0)`,
    })
    .from(sql`(select 1) one`);
  return row ?? { active: 0, archived: 0 };
}

async function count(ctx: Ctx, view: string): Promise<Total> {
  const [row] = await ctx.db
    .select({ counted: sql<number>`count(*)::int` })
    .from(sql.raw(`(select 1 from users where ${view} limit ${exactUpTo + 1}) x`));
  return boundedTotal(row?.counted ?? 0);
}

/** Who is in sight is found out once for both views. Those below somebody are counted by their places. */
async function countScope(ctx: Ctx): Promise<UserCounts> {
  if (!scopesOf(ctx.actor.access, "user.read").has("owned_groups")) {
    const views = [true, false].map((present) => reachedBy(ctx, "user.read", { present }) as SQL);
    const [active = 0, archived = 0] = await sizesOf(ctx, views, fewPeople);
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
