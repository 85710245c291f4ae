import { and, desc, eq, inArray, notInArray, or, type SQL, sql } from "drizzle-orm";
import { alias, unionAll } from "drizzle-orm/pg-core";
import { clients, events, eventValues, identityProviders, users } from "@/db/schema";
import type { LoggedEvent } from "@/lib/audit/event";
import { type AuditFilters, hasAuditFilters } from "@/lib/audit/filters";
import { namedBy, withNames } from "@/lib/audit/named";
import { placeIn } from "@/lib/audit/place";
import { scopesOf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import { addDays, startOfDay } from "@/lib/calendar";
import type { Ctx, Person } from "@/lib/context";
import { exactUpTo, foreignCursor, type Page, type Place, pageOf, pageSize, type Total } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { type OperationKey, operationKeys, operationOf } from "@/lib/operations";

export type EventPage = Page<LoggedEvent>;

/** Which events are asked for: the filters of the address, on the clock of the reader. */
export type EventQuery = { filters: AuditFilters; zone: string };

/**
 * One page of the events that the actor may read and that match, newest first (L3, R11). Throws `invalid` for a cursor
 * that does not fit its filters. Somebody who reads at a scope sees the events about the people in it, and no others.
 */
export function listEvents(ctx: Ctx, { filters, zone }: EventQuery): Promise<EventPage> {
  return listPage(ctx, filters, conditionsOf(ctx, filters, zone));
}

/** What happened to one's own account: everybody may read that, without any operation. */
export async function listOwnEvents(ctx: Ctx<Person>, { filters, zone }: EventQuery): Promise<EventPage> {
  const me = ctx.actor.id;
  const own = { all: and(eq(events.personId, me), ...matching(filters, zone)), arms: [], whole: false };
  const page = await listPage(ctx, filters, own);
  return { ...page, rows: page.rows.map((event) => withoutTheirAddress(event, me)) };
}

/** Where somebody else sat when they changed my account is theirs. */
function withoutTheirAddress(event: LoggedEvent, me: string): LoggedEvent {
  if (event.actor.kind !== "person" || event.actor.id === me) return event;
  const { address, agent, ...values } = event.values;
  return { ...event, values };
}

const days = 24 * 60 * 60 * 1000;

/** The last changes within 30 days that succeeded, without sign-ins and exports, as far as the actor may read them. */
export async function recentChanges(ctx: Ctx, limit: number): Promise<LoggedEvent[]> {
  const since = sql`${events.at} > ${moment(new Date(ctx.now().getTime() - 30 * days))}`;
  const conditions: Conditions = {
    all: and(within(ctx, "audit.read", events.personId), eq(events.outcome, "succeeded"), since),
    arms: operationKeys.filter(isChange).map((key) => eq(events.operation, key)),
    whole: false,
  };
  const rows = await readEvents(ctx, conditions, { sign: "", cursor: null, backwards: false }, limit);
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
  const rows = await readEvents(ctx, conditionsOf(ctx, filters, zone), place, limit);
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
const beyondEvent = (last: { at: string; id: string } | null): Place => ({
  sign: "",
  cursor: last && { keys: [last.at], id: last.id, place: 0 },
  backwards: false,
});

/** Counted to 10,000; beyond that PostgreSQL's own estimate of the whole log, or "more than". */
export async function countEvents(ctx: Ctx, { filters, zone }: EventQuery): Promise<Total> {
  return countMatching(ctx, conditionsOf(ctx, filters, zone));
}

/**
 * `arms`: ways to match of which an event fits one at most; each is a stream of its own, ordered by its own index, so
 * that none walks the whole log. `whole`: nothing is left out, so the size of the table is the total.
 */
export type Conditions = { all: SQL | undefined; arms: SQL[]; whole: boolean };

function conditionsOf(ctx: Ctx, filters: AuditFilters, zone: string): Conditions {
  return {
    all: and(within(ctx, "audit.read", events.personId), ...matching(filters, zone)),
    arms: armsOf(filters),
    whole: !hasAuditFilters(filters) && readsEverything(ctx),
  };
}

function armsOf({ person, operation }: AuditFilters): SQL[] {
  if (person.length === 0) return operation.map((key) => eq(events.operation, key));
  const others = sql`(${events.personId} is null or ${notInArray(events.personId, person)})`;
  return [inArray(events.personId, person), sql`(${inArray(events.actorId, person)} and ${others})`];
}

const readsEverything = (ctx: Ctx) => scopesOf(ctx.actor.access, "audit.read").has("all");

function matching(filters: AuditFilters, zone: string): (SQL | undefined)[] {
  const { operation, outcome, target, from, to } = filters;
  return [
    operation.length > 0 ? inArray(events.operation, operation) : undefined,
    outcome.length > 0 ? inArray(events.outcome, outcome) : undefined,
    target ? eq(events.targetId, target) : undefined,
    from ? sql`${events.at} >= ${moment(startOfDay(from, zone))}` : undefined,
    to ? sql`${events.at} < ${moment(startOfDay(addDays(to, 1), zone))}` : undefined,
  ];
}

const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;

async function listPage(ctx: Ctx, filters: AuditFilters, conditions: Conditions): Promise<EventPage> {
  const place = placeIn(filters);
  if (!place) throw foreignCursor();
  const [found, total] = await Promise.all([
    readEvents(ctx, conditions, place, pageSize + 1),
    countMatching(ctx, conditions),
  ]);
  const page = pageOf(place, found, ({ event, at }) => ({ keys: [at], id: event.id }));
  return { ...page, total, rows: page.rows.map(({ event }) => event) };
}

function windowOf(ctx: Ctx, { all, arms }: Conditions, { cursor, backwards }: Place, limit: number) {
  const [at, id] = [cursor?.keys[0], cursor?.id];
  const beyond = at
    ? sql`(${events.at}, ${events.id}) ${sql.raw(backwards ? ">" : "<")} (${at}::timestamptz, ${id}::uuid)`
    : undefined;
  const order = backwards ? [sql`at`, sql`id`] : [sql`at desc`, sql`id desc`];
  const stream = (arm?: SQL) =>
    ctx.db
      .select()
      .from(events)
      .where(and(all, beyond, arm))
      .orderBy(...order)
      .limit(limit);
  const [first, second, ...more] = arms.map(stream);
  if (!first || !second) return (first ?? stream()).as("page");
  return unionAll(first, second, ...more)
    .orderBy(...order)
    .limit(limit)
    .as("page");
}

const actors = alias(users, "actors");
const concerned = alias(users, "people");
const actingClients = alias(clients, "acting_clients");

export async function readEvents(ctx: Ctx, conditions: Conditions, place: Place, limit: number) {
  const page = windowOf(ctx, conditions, place, limit);
  const rows = await ctx.db
    .select({
      event: {
        id: page.id,
        at: page.at,
        actorKind: page.actorKind,
        actorId: page.actorId,
        operation: page.operation,
        outcome: page.outcome,
        targetKind: page.targetKind,
        targetId: page.targetId,
        personId: page.personId,
        requestId: page.requestId,
        namedIds: page.namedIds,
        committed: sql<boolean>`${page.commitments} <> '{}'::jsonb`,
      },
      atText: sql<string>`${page.at}::text`,
      values: eventValues.values,
      actor: { firstName: actors.firstName, lastName: actors.lastName },
      actorVisible: sql<boolean | null>`${within(ctx, "user.read", actors.id)}`,
      person: { firstName: concerned.firstName, lastName: concerned.lastName },
      personVisible: sql<boolean | null>`${within(ctx, "user.read", concerned.id)}`,
      client: clients.name,
      actingClient: actingClients.name,
      actingProvider: identityProviders.name,
    })
    .from(page)
    .leftJoin(eventValues, and(eq(eventValues.eventId, page.id), eq(eventValues.at, page.at)))
    .leftJoin(actors, eq(actors.id, page.actorId))
    .leftJoin(concerned, eq(concerned.id, page.personId))
    .leftJoin(clients, eq(clients.id, page.targetId))
    .leftJoin(actingClients, eq(actingClients.id, page.actorId))
    .leftJoin(identityProviders, eq(identityProviders.id, page.actorId))
    .orderBy(...(place.backwards ? [page.at, page.id] : [desc(page.at), desc(page.id)]));
  return withNames(
    ctx,
    rows.map((row) => ({ at: row.atText, event: loggedEvent(row) })),
  );
}

type Row = {
  event: Pick<
    typeof events.$inferSelect,
    | "id"
    | "at"
    | "actorKind"
    | "actorId"
    | "operation"
    | "outcome"
    | "targetKind"
    | "targetId"
    | "personId"
    | "requestId"
    | "namedIds"
  > & { committed: boolean };
  values: Record<string, { value: unknown }> | null;
  actor: { firstName: string; lastName: string } | null;
  actorVisible: boolean | null;
  person: { firstName: string; lastName: string } | null;
  personVisible: boolean | null;
  client: string | null;
  actingClient: string | null;
  actingProvider: string | null;
};

function loggedEvent({ event, values: kept, ...row }: Row): LoggedEvent {
  const { "fact.named": older, ...values } = kept ?? {};
  return {
    id: event.id,
    at: event.at,
    operation: event.operation,
    outcome: event.outcome,
    actor: {
      kind: event.actorKind,
      id: event.actorId,
      name: row.actor ? fullName(row.actor) : (row.actingClient ?? row.actingProvider),
      visible: row.actor !== null && row.actorVisible === true,
    },
    person: event.personId
      ? {
          id: event.personId,
          name: row.person && fullName(row.person),
          visible: row.person !== null && row.personVisible === true,
        }
      : null,
    target: { kind: event.targetKind, id: event.targetId, name: event.targetKind === "client" ? row.client : null },
    requestId: event.requestId,
    named: namedBy(event.namedIds, older?.value),
    values: Object.fromEntries(Object.entries(values).map(([path, { value }]) => [path, value])),
    erased: event.committed && kept === null,
  };
}

async function countMatching(ctx: Ctx, { all, arms, whole }: Conditions): Promise<Total> {
  const estimate = whole ? await estimatedEvents(ctx) : 0;
  if (estimate > 2 * exactUpTo) return { value: estimate, kind: "about" };
  const bounded = ctx.db
    .select({ one: sql`1`.as("one") })
    .from(events)
    .where(and(all, or(...arms)))
    .limit(exactUpTo + 1)
    .as("bounded");
  const [row] = await ctx.db.select({ count: sql<number>`count(*)::int` }).from(bounded);
  const count = row?.count ?? 0;
  return count > exactUpTo ? { value: exactUpTo, kind: "over" } : { value: count, kind: "exact" };
}

async function estimatedEvents(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db
    .select({ rows: sql<number>`coalesce(sum(greatest(reltuples, 0)), 0)::float8` })
    .from(sql`pg_class`)
    .where(sql`oid in (select inhrelid from pg_inherits where inhparent = to_regclass('events'))`);
  const rows = row?.rows ?? 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(rows, 1))) - 2);
  return Math.round(rows / step) * step;
}
