import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "../columns";
import { tokenEnd, tokenLastUse } from "../token-keys";
import { serviceAccounts } from "./service-accounts";
import { users } from "./users";

/** Access tokens of a person or of a service account (T1 to T6): SHA-256 hashes only. One that ended keeps its row, so that its use is refused with the reason. */
export const accessTokens = pgTable(
  "access_tokens",
  {
    id: id(),
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    serviceAccountId: uuid("service_account_id").references(() => serviceAccounts.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    hash: text("hash").notNull().unique("access_tokens_hash"),
    prefix: text("prefix").notNull(),
    lastFour: text("last_four").notNull(),
    /** What it may be used for, of what its owner may do at that moment. */
    operations: text("operations").array().notNull(),
    /** Null: none. */
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    /** A newer token took its name; it works until it expires, where an overlap was chosen (T3). */
    replacedAt: moment("replaced_at"),
    /** Who made it; null for the server's owner. */
    createdBy: uuid("created_by"),
    /** Created by its owner at that time. One that somebody else made is checked again at its use (R15). */
    byOwner: boolean("by_owner").notNull().default(false),
    createdAt: createdAt(),
    lastUsedAt: moment("last_used_at"),
    lastUsedAddress: text("last_used_address"),
    lastUsedAgent: text("last_used_agent"),
    revision: integer("revision").notNull().default(1),
  },
  (t) => [
    check("access_tokens_one_holder", sql`num_nonnulls(user_id, service_account_id) = 1`),
    uniqueIndex("access_tokens_name").on(t.userId, t.nameKey).where(sql`revoked_at is null and replaced_at is null`),
    index("access_tokens_by_user").on(t.userId, t.nameKey, t.id),
    uniqueIndex("access_tokens_account_name")
      .on(t.serviceAccountId, t.nameKey)
      .where(sql`revoked_at is null and replaced_at is null`),
    index("access_tokens_by_account").on(t.serviceAccountId, t.nameKey, t.id),
    index("access_tokens_by_made").on(t.createdAt, t.id, sql.raw(tokenEnd)).where(sql`revoked_at is null`),
    index("access_tokens_by_use").on(sql.raw(tokenLastUse), t.id, sql.raw(tokenEnd)).where(sql`revoked_at is null`),
  ],
);
