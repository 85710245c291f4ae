import { and, eq, inArray, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { kept } from "@/db/kept";
import { events } from "@/db/schema";
import type { LoggedEvent } from "@/lib/audit/event";
import { type EventConditions, type EventPlace, readEvents, signedInThemselves } from "@/lib/audit/read-events";
import { type AuditFilters, auditList, hasAuditFilters } from "@/lib/audit-log/filters";
import { findAuditedPeople } from "@/lib/audit-log/people";
import { armsOfText } from "@/lib/audit-log/search";
import { scopesOf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { type Conditions, conditionsOf } from "@/lib/lists/conditions";
import { aboutTotal, boundedTotal, exactUpTo, momentKey, type Page, pageOf, type Total } from "@/lib/lists/pagination";
import { type Asked, serveList } from "@/lib/lists/serve-list";
import { type OperationKey, operationKeys, operationOf } from "@/lib/operations";
import { addDays, startOfDay } from "@/lib/time/calendar";

/** `recent`: a search was asked for without a period, so that only the newest 30 days were searched. */
export type EventPage = Page<LoggedEvent> & { recent: boolean };

/** Which events are asked for: the filters of the address, on the clock of the reader. */
export type EventQuery = { filters: AuditFilters; zone: string };

/** In whose time zone days are; `own`: what happened to the asker's account, and nothing else. */
type Reading = { zone: string; own?: true };

/**
 * The events that the actor may read, newest first (L3, R11). Somebody who reads at a scope sees the events about the
 * people in it, and no others. What happened to one's own account everybody may read, without any operation.
 */
export const servedEvents = serveList(auditList, {
  keys: () => [momentKey],
  async page(ctx, { filters, place, of: { zone, own } }: Asked<typeof auditList, Reading>): Promise<EventPage> {
    const me = ctx.actor.access.personId;
    const conditions = await (own ? ownConditions(ctx, me, filters, zone) : readableBy(ctx, filters, zone));
    const [found, total] = await Promise.all([
      readEvents(ctx, conditions, place, place.limit + 1),
      countMatching(ctx, conditions),
    ]);
    const page = pageOf(place, found, ({ event, at }) => ({ keys: [at], id: event.id }));
    const shown = page.rows.map(({ event }) => event);
    const recent = filters.q !== "" && !hasPeriod(filters);
    return { ...page, total, recent, rows: own ? shown.map((event) => withoutTheirAddress(event, me)) : shown };
  },
  choices: { actor: findAuditedPeople, about: findAuditedPeople, person: findAuditedPeople },
});

export const listEvents = (ctx: Ctx, { filters, zone }: EventQuery) => servedEvents.page(ctx, filters, { zone });

export const listOwnEvents = (ctx: Ctx<Person>, { filters, zone }: EventQuery) =>
  servedEvents.page(ctx, filters, { zone, own: true });

/** Where somebody else sat when they changed my account is theirs. */
function withoutTheirAddress(event: LoggedEvent, me: string | null): LoggedEvent {
  if (!["person", "token", "service_account"].includes(event.actor.kind) || event.actor.id === me) return event;
  const { address, agent, ...values } = event.values;
  return { ...event, values };
}

const hour = 60 * 60 * 1000;

/** The last changes within 30 days that succeeded, without sign-ins and exports, as far as the actor may read them. */
export async function recentChanges(ctx: Ctx, limit: number): Promise<LoggedEvent[]> {
  const now = ctx.now().getTime();
  // Clocks differ between processes, by less than a day.
  const [from, to] = [new Date(now - 30 * 24 * hour), new Date(now + 24 * hour)];
  const span = (at: AnyPgColumn) => sql`${at} > ${moment(from)} and ${at} < ${moment(to)}`;
  const conditions: EventConditions = {
    all: and(within(ctx, "audit.read", events.personId), eq(events.outcome, "succeeded"), span(events.at)),
    arms: [],
    operations: operationKeys.filter(isChange),
    whole: false,
    span,
  };
  const rows = await readEvents(ctx, conditions, { cursor: null, backwards: false }, limit);
  return rows.map(({ event }) => event);
}

const isChange = (key: OperationKey) => !key.endsWith(".read") && !operationOf(key).changesNothing;

/** At most `limit` events beyond a cursor, newest first: what an export walks. */
export async function nextEvents(
  ctx: Ctx,
  { filters, zone }: EventQuery,
  beyond: { at: string; id: string } | null,
  limit: number,
): Promise<{ event: LoggedEvent; key: { at: string; id: string } }[]> {
  const place = beyondEvent(beyond);
  const rows = await readEvents(ctx, await readableBy(ctx, filters, zone), place, limit);
  return rows.map(({ event, at }) => ({ event, key: { at, id: event.id } }));
}

/** The same of what happened to one's own account. */
export async function nextOwnEvents(
  ctx: Ctx<Person>,
  beyond: { at: string; id: string } | null,
  limit: number,
): Promise<{ event: LoggedEvent; key: { at: string; id: string } }[]> {
  const me = ctx.actor.id;
  const place = beyondEvent(beyond);
  const rows = await readEvents(ctx, { all: eq(events.personId, me), arms: [], whole: false }, place, limit);
  return rows.map(({ event, at }) => ({ event: withoutTheirAddress(event, me), key: { at, id: event.id } }));
}

/** For an export, which walks on from its last event without an address. */
const beyondEvent = (last: { at: string; id: string } | null): EventPlace => ({
  cursor: last && { keys: [last.at], id: last.id, place: 0 },
  backwards: false,
});

/** Counted to 10,000; beyond that PostgreSQL's own estimate of the whole log, or "more than". */
export async function countEvents(ctx: Ctx, { filters, zone }: EventQuery): Promise<Total> {
  return countMatching(ctx, await readableBy(ctx, filters, zone));
}

async function readableBy(ctx: Ctx, filters: AuditFilters, zone: string): Promise<EventConditions> {
  const { span, searched, many } = await searchedIn(ctx, filters, zone, false);
  const [arms = [], ...rest] = [...searched, ...actorFilters(filters)];
  return {
    all: and(within(ctx, "audit.read", events.personId), ...rest.map(anyOf), ...matching(ctx, filters, zone, span)),
    arms,
    operations: arms.length === 0 ? filters.operation : [],
    whole: !hasAuditFilters(filters) && searched.length === 0 && readsEverything(ctx),
    ...(span && { span }),
    ...(many && { countedTo: countedOfMany }),
  };
}

/** What a search finds, and when the events were that it looks at. Nothing where nothing is searched. */
async function searchedIn(ctx: Ctx, filters: AuditFilters, zone: string, own: boolean) {
  if (!filters.q) return { searched: [], many: false };
  const span = spanOf(filters, { zone, now: ctx.now() });
  const { arms, many } = await armsOfText(ctx, filters.q, { span, own });
  return { span, searched: [arms], many };
}

/** Each filter that asks who acted, as ways to match of which an event fits one at most. */
const actorFilters = ({ person, actor, serviceAccount }: AuditFilters): SQL[][] => [
  ...(person.length > 0 ? [armsOfPeople(person)] : []),
  ...(actor.length > 0 ? [armsOfActors(actor)] : []),
  ...(serviceAccount ? [armsOfAccount(serviceAccount)] : []),
];

const anyOf = (arms: SQL[]) => sql`(${or(...arms)})`;

function armsOfPeople(ids: string[]): SQL[] {
  const others = sql`(${events.personId} is null or ${notInArray(events.personId, ids)})`;
  return [inArray(events.personId, ids), sql`(${inArray(events.actorId, ids)} and ${others})`];
}

const armsOfActors = (ids: string[]): SQL[] => [
  inArray(events.actorId, ids),
  sql`(${inArray(events.personId, ids)} and ${signedInThemselves})`,
];

const armsOfAccount = (id: string): SQL[] => [
  eq(events.targetId, id),
  sql`(${eq(events.actorId, id)} and ${events.targetId} is distinct from ${id})`,
];

const readsEverything = (ctx: Ctx) => scopesOf(ctx.actor.access, "audit.read").has("all");

async function ownConditions(
  ctx: Ctx,
  me: string | null,
  filters: AuditFilters,
  zone: string,
): Promise<EventConditions> {
  const { span, searched, many } = await searchedIn(ctx, filters, zone, true);
  return {
    all: and(me ? eq(events.personId, me) : sql`false`, ...matching(ctx, filters, zone, span)),
    arms: searched[0] ?? [],
    whole: false,
    ...(span && { span }),
    ...(many && { countedTo: countedOfMany }),
  };
}

const signInKeys: OperationKey[] = ["session.start", "session.refuse", "session.verify", "session.sign_out"];

const hours = { "24h": 24, "7d": 7 * 24, "30d": 30 * 24 };

type Clock = { zone: string; now: Date };

/** Each filter as a condition, but for those that ask who acted: the first of them is arms. */
const conditions: Conditions<typeof auditList, Clock, "person" | "actor" | "serviceAccount"> = {
  about: (ids) => inArray(events.personId, ids),
  operation: (operations) => inArray(events.operation, operations),
  outcome: (chosen) => inArray(events.outcome, chosen),
  target: (id) => eq(events.targetId, id),
  signIns: () => notInArray(events.operation, signInKeys),
  last: (period, { now }) => sql`${events.at} > ${moment(new Date(now.getTime() - hours[period] * hour))}`,
  from: (day, { zone }) => sql`${events.at} >= ${moment(startOfDay(day, zone))}`,
  to: (day, { zone }) => sql`${events.at} < ${moment(startOfDay(addDays(day, 1), zone))}`,
};

const matching = (ctx: Ctx, filters: AuditFilters, zone: string, span?: EventConditions["span"]): SQL[] => [
  ...conditionsOf(conditions, inOrder(filters), { zone, now: ctx.now() }),
  ...(span ? [span(events.at)] : []),
];

/** Where each event has to be checked for the text that is searched. */
const countedOfMany = 100;

const hasPeriod = ({ last, from }: AuditFilters) => last !== undefined || from !== undefined;

/** When the events were that a search looks at: in the period that was chosen, else in the last 30 days up to its end. */
function spanOf(filters: AuditFilters, { zone, now }: Clock) {
  const { last, from, to } = inOrder(filters);
  const until = to ? startOfDay(addDays(to, 1), zone) : undefined;
  const back = (length: number) => new Date((until ?? now).getTime() - length * hour);
  const since = from
    ? startOfDay(from, zone)
    : last
      ? new Date(now.getTime() - hours[last] * hour)
      : back(hours["30d"]);
  return (at: AnyPgColumn) => sql`${at} >= ${moment(since)}${until ? sql` and ${at} < ${moment(until)}` : sql``}`;
}

/** Two days given the wrong way round are those days all the same. */
const inOrder = (filters: AuditFilters): AuditFilters =>
  filters.from && filters.to && filters.from > filters.to
    ? { ...filters, from: filters.to, to: filters.from }
    : filters;

const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;

async function countMatching(
  ctx: Ctx,
  { all, arms, whole, countedTo: bound = exactUpTo }: EventConditions,
): Promise<Total> {
  const estimate = whole ? await estimatedEvents(ctx) : 0;
  if (estimate > 2 * exactUpTo) return aboutTotal(estimate);
  // Each way to match is counted by its own index; an event fits one of them.
  const ways = (arms.length > 0 ? arms : [undefined]).map((arm) => {
    const where = and(all, arm);
    return sql`(select 1 from ${events}${where ? sql` where ${where}` : sql``} limit ${sql.raw(String(bound + 1))})`;
  });
  const bounded = sql`(select 1 from (${sql.join(ways, sql` union all `)}) ways limit ${sql.raw(String(bound + 1))}) counted`;
  const [row] = await ctx.db.select({ count: sql<number>`count(*)::int` }).from(bounded);
  return boundedTotal(row?.count ?? 0, bound);
}

async function estimatedEvents(ctx: Ctx): Promise<number> {
  const [row] = await kept(
    ctx.db
      .select({ rows: sql<number>`coalesce(sum(greatest(reltuples, 0)), 0)::float8` })
      .from(sql`pg_class`)
      .where(sql`oid in (select inhrelid from pg_inherits where inhparent = to_regclass('events'))`),
  );
  return row?.rows ?? 0;
}
