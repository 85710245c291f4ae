import { and, eq, sql } from "drizzle-orm";
import { events } from "@/db/schema";
import type { LoggedEvent } from "@/lib/audit/event";
import { readEvents } from "@/lib/audit/read-events";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";

/** How far back what a provider itself did is looked through for what was refused. */
const mostLookedAt = 1_000;

/**
 * Sign-ins through a provider that did not come about, newest first, as far as the actor may read them: those that were refused
 * on the way, and those among the last things that the provider did whose user could not be made or brought up to date.
 */
export async function providerFaults(ctx: Ctx, providerId: string, limit: number): Promise<LoggedEvent[]> {
  const { actorId, targetId, operation, outcome } = events;
  // A bound of the index, so that what succeeded before is not walked.
  const lately = sql`${events.at} >= coalesce((select min(e.at) from (select at from events where actor_id = ${providerId}
    order by at desc, id desc limit ${sql.raw(String(mostLookedAt))}) e), '-infinity')`;
  const conditions = {
    all: within(ctx, "audit.read", events.personId),
    arms: [
      sql`(${and(eq(targetId, providerId), eq(operation, "session.refuse"))})`,
      sql`(${and(eq(actorId, providerId), sql`${outcome} <> 'succeeded'`, lately)})`,
    ],
    whole: false,
  };
  const rows = await readEvents(ctx, conditions, { sign: "", cursor: null, backwards: false }, limit);
  return rows.map(({ event }) => event);
}
