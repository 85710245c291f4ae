import { sql } from "drizzle-orm";
import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment, momentOfMaking } from "../columns";
import { sessionEndings, sessionStages } from "../enums";
import { identities } from "./identity-providers";
import { users } from "./users";

export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** What the session still asks for before it opens anything: a second factor, its enrolment, a new password, or nothing. */
    stage: text("stage", { enum: sessionStages }).notNull().default("open"),
    /** By which identity it began, and what the provider calls its own session, which a logout there names (I7). */
    identityId: uuid("identity_id").references(() => identities.id, { onDelete: "set null" }),
    providerSid: text("provider_sid"),
    address: text("address").notNull(),
    agent: text("agent").notNull(),
    startedAt: momentOfMaking("started_at"),
    lastSeenAt: momentOfMaking("last_seen_at"),
    /** When the person last proved who they are: what fresh authentication counts from (S8). */
    verifiedAt: momentOfMaking("verified_at"),
    endsAt: moment("ends_at").notNull(),
    endedAt: moment("ended_at"),
    endedReason: text("ended_reason", { enum: sessionEndings }),
    endedBy: uuid("ended_by"),
    /** As whom the person views the console at the moment, and until when at most. Null: as themselves. */
    viewingId: uuid("viewing_id").references(() => users.id, { onDelete: "set null" }),
    viewingUntil: moment("viewing_until"),
  },
  (t) => [
    index("sessions_by_user").on(t.userId, t.startedAt),
    index("sessions_by_identity").on(t.identityId).where(sql`identity_id is not null`),
    index("sessions_by_provider_sid").on(t.providerSid).where(sql`provider_sid is not null and ended_at is null`),
    index("sessions_by_viewing").on(t.viewingId).where(sql`viewing_id is not null`),
    index("sessions_live").on(t.lastSeenAt).where(sql`ended_at is null`),
    index("sessions_by_start").on(t.startedAt, t.id).where(sql`ended_at is null`),
  ],
);

/** The ID token of a session that began at a provider, encrypted and in a table of its own: the hint of a sign-out there (I7). */
export const sessionIdTokens = pgTable("session_id_tokens", {
  sessionId: uuid("session_id")
    .primaryKey()
    .references(() => sessions.id, { onDelete: "cascade" }),
  sealed: text("sealed").notNull(),
});
