import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, momentOfMaking, newId } from "../columns";
import { actorKinds, outcomes, targetKinds } from "../enums";

/** One row per event, partitioned by month and append-only. Values are not here, only commitments to them. */
export const events = pgTable(
  "events",
  {
    id: uuid("id").notNull().$defaultFn(newId),
    at: momentOfMaking("at"),
    actorKind: text("actor_kind", { enum: actorKinds }).notNull(),
    actorId: uuid("actor_id"),
    sessionId: uuid("session_id"),
    /** The access token through which the actor, its owner, acted (T7). */
    tokenId: uuid("token_id"),
    operation: text("operation").notNull(),
    outcome: text("outcome", { enum: outcomes }).notNull(),
    targetKind: text("target_kind", { enum: targetKinds }).notNull(),
    targetId: uuid("target_id"),
    /** The person whom the event concerns; the owner, where the target is a thing of theirs. */
    personId: uuid("person_id"),
    requestId: text("request_id"),
    /** Whom sentences among the values name beside `personId`: what a purge goes by (U14). Null before this was kept. */
    namedIds: uuid("named_ids").array(),
    /** Salted SHA-256 of each value in `event_values`, by path. */
    commitments: jsonb("commitments").$type<Record<string, string>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.at] }),
    index("events_by_time").on(t.at, t.id),
    index("events_by_person").on(t.personId, t.at, t.id),
    index("events_by_actor").on(t.actorId, t.at, t.id),
    index("events_by_target").on(t.targetId, t.at, t.id),
    index("events_by_named").using("gin", t.namedIds).where(sql`named_ids <> '{}'`),
    index("events_by_operation").on(t.operation, t.at, t.id),
    index("events_by_outcome").on(t.outcome, t.at, t.id).where(sql`outcome <> 'succeeded'`),
    index("events_unsuccessful").on(t.operation, t.at, t.personId, t.outcome).where(sql`outcome <> 'succeeded'`),
  ],
);

export type EventValue = { salt: string; value: unknown };

/** The values that events commit to. Purge and retention may delete here, and only here. */
export const eventValues = pgTable(
  "event_values",
  {
    eventId: uuid("event_id").notNull(),
    at: moment("at").notNull(),
    values: jsonb("values").$type<Record<string, EventValue>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.at] }),
    index("event_values_told")
      .using("gin", sql`told_text("values") gin_trgm_ops`)
      .with({ gin_pending_list_limit: 512 }),
  ],
);
