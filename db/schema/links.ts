import { sql } from "drizzle-orm";
import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "../columns";
import { linkPurposes } from "../enums";
import { users } from "./users";

/** One-time links (S6). Only the SHA-256 of the token in the address is stored. */
export const links = pgTable(
  "links",
  {
    id: id(),
    purpose: text("purpose", { enum: linkPurposes }).notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    hash: text("hash").notNull().unique("links_hash"),
    /** The new address that an email change waits for. */
    address: text("address"),
    /** Who made it; null for the server's owner and for people who requested it themselves. Checked again at its use (R15). */
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    /** Revoked, or invalid because a newer one was sent. */
    revokedAt: moment("revoked_at"),
    /** The identity by which its person signed in, where that ended it. */
    identityId: uuid("identity_id"),
  },
  (t) => [
    index("links_by_user").on(t.userId, t.purpose, t.createdAt),
    index("links_open").on(t.purpose, t.expiresAt).where(sql`used_at is null and revoked_at is null`),
    index("links_by_made").on(t.createdAt, t.id, t.expiresAt).where(sql`used_at is null and revoked_at is null`),
  ],
);
