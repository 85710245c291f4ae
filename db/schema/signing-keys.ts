import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../columns";
import { clients } from "./clients";

/** By which access tokens are signed. The private half is encrypted; the newest key whose time has come signs. */
export const signingKeys = pgTable("signing_keys", {
  /** The `kid`: its RFC 7638 SHA-256 thumbprint. */
  id: text("id").primaryKey(),
  publicKey: jsonb("public_key").$type<Record<string, string>>().notNull(),
  sealed: text("sealed").notNull(),
  signsFrom: moment("signs_from").notNull(),
  createdAt: createdAt(),
});

/** Assertions of clients that have been used, until they would be refused for their age (RFC 7523). */
export const usedAssertions = pgTable(
  "used_assertions",
  {
    clientId: uuid("client_id")
      .notNull()
      .references(() => clients.id, { onDelete: "cascade" }),
    jti: text("jti").notNull(),
    endsAt: moment("ends_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.clientId, t.jti] }), index("used_assertions_by_end").on(t.endsAt)],
);

/** Access tokens that were revoked one by one (RFC 7009), until they end. */
export const revokedTokens = pgTable(
  "revoked_tokens",
  {
    jti: uuid("jti").primaryKey(),
    endsAt: moment("ends_at").notNull(),
  },
  (t) => [index("revoked_tokens_by_end").on(t.endsAt)],
);
