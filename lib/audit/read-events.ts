import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias, makePgArray, unionAll } from "drizzle-orm/pg-core";
import { atMost, kept } from "@/db/kept";
import { events, eventValues, serviceAccounts, users } from "@/db/schema";
import type { LoggedEvent } from "@/lib/audit/event";
import { namedBy, withNames } from "@/lib/audit/named";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import type { Place } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { pictureInSight } from "@/lib/platform/picture-address";

/** Where events are read from on. */
export type EventPlace = Pick<Place, "cursor" | "backwards">;

/**
 * `arms`: ways to match of which an event fits one at most; each is a stream of its own, ordered by its own index, so
 * that none walks the whole log. `operations`: the same for each of these, planned once for all of them.
 * `whole`: nothing is left out, so the size of the table is the total. `span`: when all of them were, where that is known: the months
 * outside it are not planned for.
 */
export type EventConditions = {
  all: SQL | undefined;
  arms: SQL[];
  operations?: string[];
  whole: boolean;
  span?: (at: AnyPgColumn) => SQL;
  /** Totals are exact up to here, where counting costs more than usually. */
  countedTo?: number;
};

const actors = alias(users, "actors");
const concerned = alias(users, "people");

/** A person whom an event names, and whether the actor sees them. `as`: how the table of people is called, so that `visible` can ask it. */
const personOf = (as: string, id: string, visible: SQL) => sql<(Named & Seen) | null>`(
  select json_build_object('firstName', first_name, 'lastName', last_name, 'pictureTag', picture_tag, 'visible', ${visible})
    from users ${sql.raw(as)} where ${sql.raw(`${as}.id = ${id}`)})`;

const nameOf = (table: string, id: string) =>
  sql<string | null>`(select name from ${sql.raw(`${table} where ${table}.id = ${id}`)})`;

/**
 * Events from a place on, at most `limit`, with what they are about by name as far as the actor may see it. Names are looked up for each
 * event and not joined: all orders in which so many tables could be joined take longer to compare than the answer to find.
 */
export async function readEvents(ctx: Ctx, conditions: EventConditions, place: EventPlace, limit: number) {
  const page = windowOf(ctx, conditions, place, limit);
  const span = conditions.span?.(eventValues.at);
  const query = ctx.db
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
      values: sql<Row["values"]>`(select event_values."values" from event_values
        where event_values.event_id = page.id and event_values.at = page.at ${span ? sql`and ${span}` : sql``})`,
      actor: personOf("actors", "page.actor_id", within(ctx, "user.read", actors.id)),
      person: personOf("people", "page.person_id", within(ctx, "user.read", concerned.id)),
      client: nameOf("clients", "page.target_id"),
      actingClient: nameOf("clients", "page.actor_id"),
      actingProvider: nameOf("identity_providers", "page.actor_id"),
      actingAccount: sql<({ name: string } & Seen) | null>`(
        select json_build_object('name', name, 'visible', ${within(ctx, "service_account.read", serviceAccounts.ownerId)})
          from service_accounts where service_accounts.id = page.actor_id)`,
    })
    .from(page)
    .orderBy(...(place.backwards ? [page.at, page.id] : [desc(page.at), desc(page.id)]));
  const rows = await (conditions.whole ? kept(query) : query);
  return withNames(
    ctx,
    rows.map((row) => ({ at: row.atText, event: loggedEvent(row) })),
  );
}

function windowOf(
  ctx: Ctx,
  { all, arms, operations = [], span }: EventConditions,
  { cursor, backwards }: EventPlace,
  limit: number,
) {
  const [at, id] = [cursor?.keys[0], cursor?.id];
  const beyond = at
    ? sql`(${events.at}, ${events.id}) ${sql.raw(backwards ? ">" : "<")} (${at}::timestamptz, ${id}::uuid)`
    : undefined;
  const order = backwards ? [sql`at`, sql`id`] : [sql`at desc`, sql`id desc`];
  const by = sql.join(order, sql`, `);
  if (operations.length > 0) {
    const one = sql`select id, at from events where ${and(sql`events.operation = o.key`, all, beyond)} order by ${by} limit ${limit}`;
    const found = sql`select e.id, e.at from unnest(${makePgArray(operations)}::text[]) o (key) cross join lateral (${one}) e
      order by ${by} limit ${limit}`;
    const among = sql`(${events.id}, ${events.at}) in (${found})`;
    return ctx.db
      .select()
      .from(events)
      .where(and(among, span?.(events.at)))
      .as("page");
  }
  const stream = (arm?: SQL) =>
    ctx.db
      .select()
      .from(events)
      .where(and(all, beyond, arm))
      .orderBy(...order)
      .limit(atMost(limit));
  const [first, second, ...more] = arms.map(stream);
  if (!first || !second) return (first ?? stream()).as("page");
  return unionAll(first, second, ...more)
    .orderBy(...order)
    .limit(limit)
    .as("page");
}

/** Nobody is signed in yet when a sign-in is recorded; the person who signed in is the actor. A refused one proves nobody. */
const isSignIn = ({ actorKind, operation, outcome }: Row["event"]) =>
  actorKind === "nobody" && operation === "session.start" && outcome === "succeeded";

/** The same as a condition: who acted is the person whom the event is about. */
export const signedInThemselves = and(
  eq(events.actorKind, "nobody"),
  eq(events.operation, "session.start"),
  eq(events.outcome, "succeeded"),
);

type Named = { firstName: string; lastName: string; pictureTag: string | null };
type Seen = { visible: boolean | null };

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
  actor: (Named & Seen) | null;
  person: (Named & Seen) | null;
  client: string | null;
  actingClient: string | null;
  actingProvider: string | null;
  actingAccount: ({ name: string } & Seen) | null;
};

function loggedEvent({ event, values: stored, ...row }: Row): LoggedEvent {
  const { "fact.named": older, ...values } = stored ?? {};
  const person = event.personId
    ? {
        id: event.personId,
        name: row.person && fullName(row.person),
        visible: row.person?.visible === true,
        ...pictureOf(event.personId, row.person),
      }
    : null;
  return {
    id: event.id,
    at: event.at,
    operation: event.operation,
    outcome: event.outcome,
    actor:
      person && isSignIn(event)
        ? { kind: "person", ...person }
        : {
            kind: event.actorKind,
            id: event.actorId,
            name: row.actor
              ? fullName(row.actor)
              : (row.actingClient ?? row.actingProvider ?? row.actingAccount?.name ?? null),
            visible: (row.actor ?? row.actingAccount)?.visible === true,
            ...pictureOf(event.actorId, row.actor),
          },
    person,
    target: { kind: event.targetKind, id: event.targetId, name: event.targetKind === "client" ? row.client : null },
    requestId: event.requestId,
    named: namedBy(event.namedIds, older?.value),
    values: Object.fromEntries(Object.entries(values).map(([path, { value }]) => [path, value])),
    erased: event.committed && stored === null,
  };
}

function pictureOf(id: string | null, person: (Named & Seen) | null) {
  const picture = id && person && pictureInSight({ id, pictureTag: person.pictureTag }, person.visible === true);
  return picture ? { picture } : {};
}
