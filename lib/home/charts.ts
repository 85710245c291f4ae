import { and, eq, gte, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { kept } from "@/db/kept";
import { clientDays, clients, events, eventValues } from "@/db/schema";
import { scopesOf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { countDays, countLastingDays, spansOf } from "@/lib/home/days";
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
  const counts = [
    eq(events.operation, "session.start"),
    and(eq(events.operation, "session.start"), unsuccessful),
    and(eq(events.operation, "session.refuse"), unsuccessful, isNotNull(events.personId)),
  ].map(
    (condition) => (inDay: (at: AnyPgColumn) => SQL) =>
      sql`select count(*) from events where ${and(condition, inDay(events.at), seen)}`,
  );
  const whole = scopesOf(ctx.actor.access, "audit.read").has("all");
  const [known, unknown] = await Promise.all([
    whole ? countLastingDays(ctx, "sign-ins", spansOf(starts), counts) : countDays(ctx, spansOf(starts), counts),
    kept(
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
    ),
  ]);
  const toldOn = (index: number) => unknown.find(({ bucket }) => bucket === index + 1)?.count ?? 0;
  return days.map((day, index) => {
    const [tried = 0, refused = 0, failed = 0] = known[index] ?? [];
    return { day, values: [tried - refused, refused + failed + toldOn(index)] };
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
  const counts = [registeredOnce, gone].map(
    ({ condition, moment }) =>
      (inDay: (moment: SQL) => SQL) =>
        sql`select count(*) from clients where ${and(condition, inDay(moment), seen)}`,
  );
  const [online, changes, estimate] = await Promise.all([
    kept(
      ctx.db
        .select({ day: clientDays.day, count: sql<number>`count(*)::int` })
        .from(clientDays)
        .innerJoin(clients, eq(clients.id, clientDays.clientId))
        .where(and(sql`${clientDays.day} between ${days[0]} and ${days.at(-1)}`, seen))
        .groupBy(clientDays.day),
    ),
    countDays(ctx, spansOf(starts, end), counts),
    scopesOf(ctx.actor.access, "client.read").has("all") ? estimatedClients(ctx) : 0,
  ]);
  const about = estimate > 2 * exactUpTo;
  const grown = changes.map(([joined = 0, left = 0]) => joined - left);
  const before = estimate - grown.reduce((sum, more) => sum + more, 0);
  let registered = about ? Math.max(0, before) : await registeredBefore(ctx, starts[0] ?? ctx.now(), seen);
  const heard = new Map(online.map(({ day, count }) => [day, count]));
  const series = days.map((day, index): Series[number] => {
    registered += grown[index] ?? 0;
    return { day, values: [heard.get(day) ?? 0, registered] };
  });
  return { series, about };
}

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
  const [row] = await kept(
    ctx.db.select({ joined: before(registeredOnce), left: before(gone) }).from(sql`(select 1) one`),
  );
  return (row?.joined ?? 0) - (row?.left ?? 0);
}

/** How many are registered, by the size of the two indexes. */
async function estimatedClients(ctx: Ctx): Promise<number> {
  const size = (index: string) =>
    sql`coalesce((select greatest(reltuples, 0) from pg_class where oid = to_regclass(${index})), 0)`;
  const [row] = await kept(
    ctx.db
      .select({ count: sql<number>`(${size("clients_registered")} - ${size("clients_deregistered")})::float8` })
      .from(sql`(select 1) one`),
  );
  return row?.count ?? 0;
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
