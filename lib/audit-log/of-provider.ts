import { and, eq, type SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { atMost, kept } from "@/db/kept";
import { events } from "@/db/schema";
import type { LoggedEvent } from "@/lib/audit/event";
import { readEvents } from "@/lib/audit/read-events";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";

/** How far back what a provider itself did is looked through for what was refused. */
const mostLookedAt = 1_000;

/** A bound of the index, so that what succeeded before is not walked. */
const lately = (providerId: SQL | string) =>
  sql`${events.at} >= coalesce((select min(e.at) from (select at from events where actor_id = ${providerId}
    order by at desc, id desc limit ${sql.raw(String(mostLookedAt))}) e), '-infinity')`;

/**
 * Sign-ins through a provider that failed, newest first, as far as the actor may read them: those that were refused
 * on the way, and those among the last things that the provider did whose user could not be made or brought up to date.
 */
export async function providerFaults(ctx: Ctx, providerId: string, limit: number): Promise<LoggedEvent[]> {
  const { actorId, targetId, operation, outcome } = events;
  const conditions = {
    all: within(ctx, "audit.read", events.personId),
    arms: [
      sql`(${and(eq(targetId, providerId), eq(operation, "session.refuse"))})`,
      sql`(${and(eq(actorId, providerId), sql`${outcome} <> 'succeeded'`, lately(providerId))})`,
    ],
    whole: false,
  };
  const rows = await readEvents(ctx, conditions, { cursor: null, backwards: false }, limit);
  return rows.map(({ event }) => event);
}

/** When such a sign-in failed, and why as far as is known; newest first. */
export type Fault = { at: Date; reason: string | null };

/** The same of several providers, in one query, for actors who read the whole log: at most `limit` of each. */
export async function faultsOf(ctx: Ctx, providerIds: string[], limit: number): Promise<Map<string, Fault[]>> {
  if (providerIds.length === 0) return new Map();
  const last = (condition: SQL) =>
    sql`(select events.id, events.at from events where ${condition} order by events.at desc, events.id desc limit ${atMost(limit)})`;
  const rows = await kept(
    ctx.db
      .select({
        providerId: sql<string>`p.id`,
        at: sql<Date>`f.at`.mapWith(events.at),
        reason: sql<string | null>`v.values #>> '{fact.reason,value}'`,
      })
      .from(
        sql`unnest(${idArray(providerIds)}) p (id) cross join lateral (
          ${last(sql`events.target_id = p.id and events.operation = 'session.refuse'`)} union all
          ${last(sql`events.actor_id = p.id and events.outcome <> 'succeeded' and ${lately(sql`p.id`)}`)}
           order by at desc, id desc limit ${atMost(limit)}) f
        left join event_values v on v.event_id = f.id and v.at = f.at`,
      )
      .orderBy(sql`f.at desc, f.id desc`),
  );
  return new Map(providerIds.map((id) => [id, rows.filter(({ providerId }) => providerId === id)]));
}
