import { and, eq, gte, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { clientDays, clients, events, eventValues } from "@/db/schema";
import { scopesOf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { instant, opens, told, unsuccessful, valuesOfEvent } from "@/lib/home/queries";
import { exactUpTo } from "@/lib/lists/pagination";
import { addDays, type Day, lastDays, startOfDay } from "@/lib/time/calendar";

/** Two counts for each of the last 30 days, oldest first; the last is today, as far as it has come. */
export type Series = { day: Day; values: [number, number] }[];

const span = 30;

/** Sign-ins that succeeded and that failed, by the days of the reader's zone. Null without `audit.read`. */
export async function signInDays(ctx: Ctx<Person>, zone: string): Promise<Series | null> {
  if (!opens(ctx, "audit.read")) return null;
  const days = lastDays(ctx.now(), zone, span);
  const starts = days.map((day) => startOfDay(day, zone));
  const seen = within(ctx, "audit.read", events.personId);
  const count = (condition: SQL | undefined) =>
    countDays(
      ctx,
      starts,
      (inDay) => sql`select count(*)::int from events where ${and(condition, inDay(events.at), seen)}`,
    );
  const [tried, refused, failed, unknown] = await Promise.all([
    count(eq(events.operation, "session.start")),
    count(and(eq(events.operation, "session.start"), unsuccessful)),
    count(and(eq(events.operation, "session.refuse"), unsuccessful, isNotNull(events.personId))),
    ctx.db
      .select({ bucket: bucketOf(sql`${events.at}`, starts), count: told })
      .from(events)
      .leftJoin(eventValues, valuesOfEvent)
      .where(
        and(
          eq(events.operation, "session.refuse"),
          unsuccessful,
          isNull(events.personId),
          gte(events.at, starts[0] ?? ctx.now()),
          seen,
        ),
      )
      .groupBy(sql`1`),
  ]);
  const toldOn = (index: number) => unknown.find(({ bucket }) => bucket === index + 1)?.count ?? 0;
  return days.map((day, index) => {
    const [all, not] = [tried[index] ?? 0, refused[index] ?? 0];
    return { day, values: [all - not, not + (failed[index] ?? 0) + toldOn(index)] };
  });
}

/** `about`: how many are registered in all is PostgreSQL's own estimate; how many came and went is not. */
export type ClientSeries = { series: Series; about: boolean };

/**
 * Clients heard of and clients registered, by days of UTC, in which heartbeats are kept. Null without `client.read`.
 * The past of a client that has since been reprovisioned is not known, and not drawn.
 */
export async function clientSeries(ctx: Ctx<Person>): Promise<ClientSeries | null> {
  if (!opens(ctx, "client.read")) return null;
  const days = lastDays(ctx.now(), "UTC", span);
  const starts = days.map((day) => startOfDay(day, "UTC"));
  const end = startOfDay(addDays(days.at(-1) ?? "", 1), "UTC");
  const seen = within(ctx, "client.read", clients.userId);
  const count = (which: ClientsOnce) =>
    countDays(
      ctx,
      starts,
      (inDay) => sql`select count(*)::int from clients where ${and(which.condition, inDay(which.moment), seen)}`,
      end,
    );
  const [online, joined, left, estimate] = await Promise.all([
    ctx.db
      .select({ day: clientDays.day, count: sql<number>`count(*)::int` })
      .from(clientDays)
      .innerJoin(clients, eq(clients.id, clientDays.clientId))
      .where(and(sql`${clientDays.day} between ${days[0]} and ${days.at(-1)}`, seen))
      .groupBy(clientDays.day),
    count(registeredOnce),
    count(gone),
    scopesOf(ctx.actor.access, "client.read").has("all") ? estimatedClients(ctx) : 0,
  ]);
  const about = estimate > 2 * exactUpTo;
  const within30 = sum(joined) - sum(left);
  let registered = about ? Math.max(0, estimate - within30) : await registeredBefore(ctx, starts[0] ?? ctx.now(), seen);
  const heard = new Map(online.map(({ day, count }) => [day, count]));
  const series = days.map((day, index): Series[number] => {
    registered += (joined[index] ?? 0) - (left[index] ?? 0);
    return { day, values: [heard.get(day) ?? 0, registered] };
  });
  return { series, about };
}

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);

type ClientsOnce = { condition: SQL; moment: SQL };

/** As their indexes know them. */
const registeredOnce: ClientsOnce = {
  condition: sql`(clients.status = 'registered' or (clients.status = 'deregistered' and clients.registered_at is not null))`,
  moment: sql`coalesce(clients.registered_at, clients.created_at)`,
};
const gone: ClientsOnce = {
  condition: sql`(clients.status = 'deregistered' and clients.registered_at is not null and clients.deregistered_at is not null)`,
  moment: sql`clients.deregistered_at`,
};

async function registeredBefore(ctx: Ctx, start: Date, seen: SQL): Promise<number> {
  const before = ({ condition, moment }: ClientsOnce) =>
    sql<number>`(select count(*)::int from clients where ${condition} and ${moment} < ${instant(start)} and ${seen})`;
  const [row] = await ctx.db.select({ joined: before(registeredOnce), left: before(gone) }).from(sql`(select 1) one`);
  return (row?.joined ?? 0) - (row?.left ?? 0);
}

/** How many are registered, by the size of the two indexes. */
async function estimatedClients(ctx: Ctx): Promise<number> {
  const size = (index: string) =>
    sql`coalesce((select greatest(reltuples, 0) from pg_class where oid = to_regclass(${index})), 0)`;
  const [row] = await ctx.db
    .select({ count: sql<number>`(${size("clients_registered")} - ${size("clients_deregistered")})::float8` })
    .from(sql`(select 1) one`);
  return row?.count ?? 0;
}

/**
 * What a select counts in each of these days, of which the last goes on to `end`; each is a range of an index of its own, which costs
 * less than telling the day of every row.
 */
async function countDays(
  ctx: Ctx,
  starts: Date[],
  count: (inDay: (moment: SQL | AnyPgColumn) => SQL) => SQL,
  end: Date | null = null,
): Promise<number[]> {
  const ends = [...starts.slice(1).map(instant), end ? instant(end) : sql`'infinity'`];
  const days = starts.map((start, at) => sql`(${at}::int, ${instant(start)}, ${ends[at]}::timestamptz)`);
  const rows = await ctx.db
    .select({ count: sql<number>`(${count((moment) => sql`${moment} >= day.starts and ${moment} < day.ends`)})` })
    .from(sql`(values ${sql.join(days, sql`, `)}) day (at, starts, ends)`)
    .orderBy(sql`day.at`);
  return rows.map((row) => row.count);
}

/** 0 before the first bound, then the number of bounds at or before the moment. */
const bucketOf = (moment: SQL, bounds: Date[]): SQL<number> =>
  sql<number>`width_bucket(${moment}, array[${sql.join(bounds.map(instant), sql`, `)}])`;

export type Usual = { low: number; high: number };

/**
 * What a day usually brings: from the tenth to the ninetieth of a hundred of the complete days, from the first on which
 * anything happened. Null while fewer than seven are known.
 */
export function usualFailures(series: Series): Usual | null {
  const begun = series.findIndex(({ values }) => values[0] + values[1] > 0);
  const complete = begun === -1 ? [] : series.slice(begun, -1).map(({ values }) => values[1]);
  if (complete.length < 7) return null;
  const sorted = complete.toSorted((a, b) => a - b);
  const ranked = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: ranked(0.1), high: ranked(0.9) };
}
