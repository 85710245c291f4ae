import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { clients, events, eventValues, sessions, users } from "@/db/schema";
import { isSignedIn, limitsOf } from "@/lib/auth/session-limits";
import { statusCondition } from "@/lib/authz/account-status";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import { isConnected } from "@/lib/clients/connected";
import { onlineWithin } from "@/lib/clients/connection";
import type { Ctx, Person } from "@/lib/context";
import { exactUpTo, type Total } from "@/lib/lists/pagination";
import type { OperationKey } from "@/lib/operations";
import { readSettings } from "@/lib/platform/read-settings";
import { askingTogether, together } from "@/lib/platform/together";
import { countUsers } from "@/lib/users/list";

/** The numbers of Home. A part is null for somebody without its operation: it is left out, never an empty frame. */
export type HomeNumbers = {
  users: { all: Total; active: Total; invited: Total } | null;
  signedIn: { people: Total; sessions: Total } | null;
  clients: { online: Total; registered: Total } | null;
};

export const opens = (ctx: Ctx<Person>, operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);

export const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Everything is counted within what the actor may see (R11), and to 10,000 at most. */
export async function homeNumbers(asked: Ctx<Person>): Promise<HomeNumbers> {
  const ctx = { ...asked, db: askingTogether(asked.db) };
  const [people, signedIn, machines] = await Promise.all([
    opens(ctx, "user.read") ? countPeople(ctx) : null,
    opens(ctx, "session.read") ? countSignedIn(ctx) : null,
    opens(ctx, "client.read") ? countClients(ctx) : null,
  ]);
  return { users: people, signedIn, clients: machines };
}

async function countPeople(ctx: Ctx) {
  const seen = within(ctx, "user.read", users.id);
  const [counts, active, invited] = await Promise.all([
    countUsers(ctx),
    countUpTo(ctx, sql`users where users.status <> 'archived' and ${statusCondition("active", ctx.now())} and ${seen}`),
    countUpTo(
      ctx,
      sql`users where users.status <> 'archived' and ${statusCondition("invited", ctx.now())} and ${seen}`,
    ),
  ]);
  return { all: counts.active, active, invited };
}

/** People with a session that would open a page now. */
async function countSignedIn(ctx: Ctx) {
  const now = ctx.now();
  const live = ctx.db
    .select({ userId: sessions.userId })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        isSignedIn(limitsOf(await readSettings(ctx.db)), now),
        sql`(${statusCondition("active", now)} or ${statusCondition("locked", now)})`,
        within(ctx, "session.read", sessions.userId),
      ),
    )
    .limit(exactUpTo + 1)
    .as("live");
  const [row] = await kept(
    ctx.db
      .select({ people: sql<number>`count(distinct ${live.userId})::int`, sessions: sql<number>`count(*)::int` })
      .from(live),
  );
  const over = (row?.sessions ?? 0) > exactUpTo;
  return { people: bounded(row?.people ?? 0, over), sessions: bounded(row?.sessions ?? 0, over) };
}

async function countClients(ctx: Ctx) {
  const now = ctx.now();
  const seen = and(eq(clients.status, "registered"), within(ctx, "client.read", clients.userId));
  const beats = sql`${clients.lastHeartbeatAt} >= ${instant(new Date(now.getTime() - onlineWithin))} and not ${clients.awaiting} and ${isConnected}`;
  const inForce = sql`(${statusCondition("active", now)} or ${statusCondition("locked", now)} or ${statusCondition("invited", now)})`;
  const [online, registered] = await Promise.all([
    countUpTo(ctx, sql`clients join users on users.id = clients.user_id where ${seen} and ${beats} and ${inForce}`),
    countUpTo(ctx, sql`clients where ${seen}`),
  ]);
  return { online, registered };
}

/** Counts `from` without ever walking further than 10,001 rows; what is counted at the same moment is one question. */
export const countUpTo = async (ctx: Ctx, from: SQL): Promise<Total> =>
  bounded(await countTogether(ctx.db as Tx, from));

const countTogether = together(async (tx: Tx, all: SQL[]) => {
  const most = sql.raw(String(exactUpTo + 1));
  const counts = all.map((from) => sql`(select count(*)::int from (select 1 from ${from} limit ${most}) counted)`);
  const [row] = await kept(
    tx.select({ counts: sql<number[]>`array[${sql.join(counts, sql`, `)}]` }).from(sql`(select 1) one`),
  );
  return row?.counts ?? [];
});

const bounded = (count: number, over = count > exactUpTo): Total =>
  over ? { value: Math.min(count, exactUpTo), kind: "over" } : { value: count, kind: "exact" };

/** How many events a row counts: failures for unknown names are logged once a minute, with their number (L1). */
export const told = sql<number>`sum(case when jsonb_typeof(${eventValues.values} #> '{fact.count,value}') = 'number'
  then (${eventValues.values} #>> '{fact.count,value}')::int else 1 end)::int`;

/** Written as the partial indexes know it. */
export const unsuccessful = sql`${events.outcome} <> 'succeeded'`;

export const valuesOfEvent = and(eq(eventValues.eventId, events.id), eq(eventValues.at, events.at));

/** Failed sign-ins of the last 24 hours, within what the actor may read; null without the operation. */
export async function failedSignIns(ctx: Ctx<Person>): Promise<number | null> {
  if (!opens(ctx, "audit.read")) return null;
  const since = new Date(ctx.now().getTime() - 24 * 60 * 60 * 1000);
  const failed = and(
    sql`${events.operation} in ('session.start', 'session.refuse')`,
    unsuccessful,
    sql`${events.at} > ${instant(since)}`,
    within(ctx, "audit.read", events.personId),
  );
  const known = ctx.db
    .select({ count: sql`count(*)` })
    .from(events)
    .where(and(failed, isNotNull(events.personId)));
  const unknown = ctx.db
    .select({ count: told })
    .from(events)
    .leftJoin(eventValues, valuesOfEvent)
    .where(and(failed, isNull(events.personId)));
  const [row] = await kept(
    ctx.db.select({ count: sql<number>`((${known}) + coalesce((${unknown}), 0))::int` }).from(sql`(select 1) one`),
  );
  return row?.count ?? 0;
}
