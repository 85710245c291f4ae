import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias, makePgArray, unionAll } from "drizzle-orm/pg-core";
import { clients, events, eventValues, identityProviders, serviceAccounts, users } from "@/db/schema";
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
const actingClients = alias(clients, "acting_clients");

/** Events from a place on, at most `limit`, with what they are about by name as far as the actor may see it. */
export async function readEvents(ctx: Ctx, conditions: EventConditions, place: EventPlace, limit: number) {
  const page = windowOf(ctx, conditions, place, limit);
  const theirValues = and(
    eq(eventValues.eventId, page.id),
    eq(eventValues.at, page.at),
    conditions.span?.(eventValues.at),
  );
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
      actor: { firstName: actors.firstName, lastName: actors.lastName, pictureTag: actors.pictureTag },
      actorVisible: sql<boolean | null>`${within(ctx, "user.read", actors.id)}`,
      person: { firstName: concerned.firstName, lastName: concerned.lastName, pictureTag: concerned.pictureTag },
      personVisible: sql<boolean | null>`${within(ctx, "user.read", concerned.id)}`,
      client: clients.name,
      actingClient: actingClients.name,
      actingProvider: identityProviders.name,
      actingAccount: serviceAccounts.name,
      accountVisible: sql<boolean | null>`${within(ctx, "service_account.read", serviceAccounts.ownerId)}`,
    })
    .from(page)
    .leftJoin(eventValues, theirValues)
    .leftJoin(actors, eq(actors.id, page.actorId))
    .leftJoin(concerned, eq(concerned.id, page.personId))
    .leftJoin(clients, eq(clients.id, page.targetId))
    .leftJoin(actingClients, eq(actingClients.id, page.actorId))
    .leftJoin(identityProviders, eq(identityProviders.id, page.actorId))
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, page.actorId))
    .orderBy(...(place.backwards ? [page.at, page.id] : [desc(page.at), desc(page.id)]));
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
      .limit(limit);
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
  actor: Named | null;
  actorVisible: boolean | null;
  person: Named | null;
  personVisible: boolean | null;
  client: string | null;
  actingClient: string | null;
  actingProvider: string | null;
  actingAccount: string | null;
  accountVisible: boolean | null;
};

function loggedEvent({ event, values: kept, ...row }: Row): LoggedEvent {
  const { "fact.named": older, ...values } = kept ?? {};
  const person = event.personId
    ? {
        id: event.personId,
        name: row.person && fullName(row.person),
        visible: row.person !== null && row.personVisible === true,
        ...pictureOf(event.personId, row.person, row.personVisible),
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
            name: row.actor ? fullName(row.actor) : (row.actingClient ?? row.actingProvider ?? row.actingAccount),
            visible: row.actor ? row.actorVisible === true : row.actingAccount !== null && row.accountVisible === true,
            ...pictureOf(event.actorId, row.actor, row.actorVisible),
          },
    person,
    target: { kind: event.targetKind, id: event.targetId, name: event.targetKind === "client" ? row.client : null },
    requestId: event.requestId,
    named: namedBy(event.namedIds, older?.value),
    values: Object.fromEntries(Object.entries(values).map(([path, { value }]) => [path, value])),
    erased: event.committed && kept === null,
  };
}

function pictureOf(id: string | null, person: Named | null, visible: boolean | null) {
  const picture = id && person && pictureInSight({ id, pictureTag: person.pictureTag }, visible === true);
  return picture ? { picture } : {};
}
