import { and, eq, gte, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { clientDays, clients, events, eventValues } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { instant, opens, told, unsuccessful, valuesOfEvent } from "@/lib/home/queries";
import { addDays, type Day, lastDays, startOfDay } from "@/lib/time/calendar";

/** Two counts for each of the last 30 days, oldest first; the last is today, as far as it has come. */
export type Series = { day: Day; values: [number, number] }[];

const span = 30;

/** Sign-ins that succeeded and that failed, by the days of the reader's zone. Null without `audit.read`. */
export async function signInDays(ctx: Ctx<Person>, zone: string): Promise<Series | null> {
  if (!opens(ctx, "audit.read")) return null;
  const days = lastDays(ctx.now(), zone, span);
  const starts = days.map((day) => startOfDay(day, zone));
  const seen = and(gte(events.at, starts[0] ?? ctx.now()), within(ctx, "audit.read", events.personId));
  const bucket = bucketOf(sql`${events.at}`, starts);
  const count = (condition: SQL | undefined) =>
    ctx.db
      .select({ bucket, count: sql<number>`count(*)::int` })
      .from(events)
      .where(and(condition, seen))
      .groupBy(sql`1`);
  const [tried, refused, failed, unknown] = await Promise.all([
    count(eq(events.operation, "session.start")),
    count(and(eq(events.operation, "session.start"), unsuccessful)),
    count(and(eq(events.operation, "session.refuse"), unsuccessful, isNotNull(events.personId))),
    ctx.db
      .select({ bucket, count: told })
      .from(events)
      .leftJoin(eventValues, valuesOfEvent)
      .where(and(eq(events.operation, "session.refuse"), unsuccessful, isNull(events.personId), seen))
      .groupBy(sql`1`),
  ]);
  return days.map((day, index) => {
    const [all, not] = [at(tried, index + 1), at(refused, index + 1)];
    return { day, values: [all - not, not + at(failed, index + 1) + at(unknown, index + 1)] };
  });
}

/**
 * Clients heard of and clients registered, by days of UTC, in which heartbeats are kept. Null without `client.read`.
 * The past of a client that has since been reprovisioned is not known, and not drawn.
 */
export async function clientSeries(ctx: Ctx<Person>): Promise<Series | null> {
  if (!opens(ctx, "client.read")) return null;
  const days = lastDays(ctx.now(), "UTC", span);
  const ends = days.map((day) => startOfDay(addDays(day, 1), "UTC"));
  const [first = "", last = ""] = [days[0], days.at(-1)];
  const seen = within(ctx, "client.read", clients.userId);
  const came = sql`coalesce(${clients.registeredAt}, ${clients.createdAt})`;
  const known = sql`${clients.status} in ('registered', 'deregistered') and ${seen}`;
  const [online, joined, left] = await Promise.all([
    ctx.db
      .select({ day: clientDays.day, count: sql<number>`count(*)::int` })
      .from(clientDays)
      .innerJoin(clients, eq(clients.id, clientDays.clientId))
      .where(and(sql`${clientDays.day} between ${first} and ${last}`, seen))
      .groupBy(clientDays.day),
    countBy(ctx, bucketOf(came, ends), and(known, registeredOnce)),
    countBy(ctx, bucketOf(sql`${clients.deregisteredAt}`, ends), and(known, registeredOnce, gone)),
  ]);
  const heard = new Map(online.map(({ day, count }) => [day, count]));
  let registered = 0;
  return days.map((day, index) => {
    registered += at(joined, index) - at(left, index);
    return { day, values: [heard.get(day) ?? 0, registered] };
  });
}

const registeredOnce = sql`(${clients.status} = 'registered' or ${isNotNull(clients.registeredAt)})`;
const gone = and(eq(clients.status, "deregistered"), isNotNull(clients.deregisteredAt));

const countBy = (ctx: Ctx, bucket: SQL<number>, condition: SQL | undefined) =>
  ctx.db.select({ bucket, count: sql<number>`count(*)::int` }).from(clients).where(condition).groupBy(sql`1`);

/** 0 before the first bound, then the number of bounds at or before the moment. */
const bucketOf = (moment: SQL, bounds: Date[]): SQL<number> =>
  sql<number>`width_bucket(${moment}, array[${sql.join(bounds.map(instant), sql`, `)}])`;

const at = (rows: { bucket: number; count: number }[], bucket: number) =>
  rows.find((row) => row.bucket === bucket)?.count ?? 0;

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
