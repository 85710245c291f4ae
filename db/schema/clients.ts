import { sql } from "drizzle-orm";
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { lastContact, versionKey } from "../client-keys";
import { createdAt, currentKeyVersion, id, keyVersion, moment, searchColumn } from "../columns";
import { clientStatuses } from "../enums";
import { users } from "./users";

export const clients = pgTable(
  "clients",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    search: searchColumn(),
    keyVersion: keyVersion(),
    status: text("status", { enum: clientStatuses }).notNull(),
    /** A token has been issued and not yet used: the connection is "awaiting client". */
    awaiting: boolean("awaiting").notNull().default(true),
    tokenPrefix: text("token_prefix").notNull(),
    tokenLastFour: text("token_last_four").notNull(),
    tokenExpiresAt: moment("token_expires_at").notNull(),
    /** Null until somebody ticked "I have stored it". */
    tokenConfirmedAt: moment("token_confirmed_at"),
    /** A token that had been used was presented again. */
    tokenReusedAt: moment("token_reused_at"),
    publicKey: jsonb("public_key").$type<Record<string, string>>(),
    /** RFC 7638 SHA-256 thumbprint of the public key. */
    keyThumbprint: text("key_thumbprint"),
    version: text("version"),
    platform: text("platform"),
    registeredAt: moment("registered_at"),
    deregisteredAt: moment("deregistered_at"),
    lastHeartbeatAt: moment("last_heartbeat_at"),
    lastAddress: text("last_address"),
    /** Access tokens carry it: those of an earlier number have ended. */
    tokenEpoch: integer("token_epoch").notNull().default(0),
    disconnectedAt: moment("disconnected_at"),
    /** By which two runs of the client are distinguished: that of the last heartbeat, and the one before it. */
    instance: text("instance"),
    previousInstance: text("previous_instance"),
    /** An earlier run was heard of after a later one: its folder is used in two places. */
    copiedAt: moment("copied_at"),
    revision: integer("revision").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    unique("clients_name").on(t.userId, t.nameKey),
    index("clients_old_keys")
      .on(t.id)
      .where(sql.raw(`key_version < ${currentKeyVersion}`)),
    index("clients_by_heartbeat").on(t.lastHeartbeatAt),
    index("clients_by_status").on(t.status),
    index("clients_registered")
      .on(sql`(coalesce(registered_at, created_at))`, t.registeredAt, t.createdAt)
      .where(sql`status = 'registered' or (status = 'deregistered' and registered_at is not null)`),
    index("clients_deregistered")
      .on(t.deregisteredAt)
      .where(sql`status = 'deregistered' and registered_at is not null and deregistered_at is not null`),
    index("clients_awaiting").on(t.tokenExpiresAt).where(sql`awaiting and status <> 'deregistered'`),
    index("clients_reused").on(t.tokenReusedAt).where(sql`token_reused_at is not null`),
    index("clients_by_name").on(sql`name_key collate "und-x-icu"`, t.id),
    index("clients_by_contact").on(sql.raw(lastContact), t.id),
    index("clients_by_version").on(sql.raw(versionKey)),
    index("clients_search").using("gin", sql`${t.search} gin_trgm_ops`),
    index("clients_copied").on(t.copiedAt).where(sql`copied_at is not null`),
  ],
);

/** One-time provision tokens: SHA-256 hashes only. */
export const clientTokens = pgTable(
  "client_tokens",
  {
    id: id(),
    clientId: uuid("client_id")
      .notNull()
      .references(() => clients.id, { onDelete: "cascade" }),
    hash: text("hash").notNull().unique("client_tokens_hash"),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    usedAddress: text("used_address"),
    revokedAt: moment("revoked_at"),
    /** Who made it; null for the server's owner. What they may do is checked again when it is used (R15). */
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
  },
  (t) => [
    index("client_tokens_by_client").on(t.clientId),
    index("client_tokens_open")
      .on(t.createdAt, t.clientId, t.expiresAt)
      .where(sql`used_at is null and revoked_at is null`),
  ],
);

/** Days on which a client was heard of, for the chart of the last 30 days. */
export const clientDays = pgTable(
  "client_days",
  {
    day: date("day", { mode: "string" }).notNull(),
    clientId: uuid("client_id")
      .notNull()
      .references(() => clients.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.day, t.clientId] })],
);
