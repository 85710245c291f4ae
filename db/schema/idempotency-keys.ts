import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "../columns";
import { users } from "./users";

/** What a program has been answered for its key, so that the same request again does nothing again (P4). Never a secret. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    /** The person or the service account whose token sent it. */
    principalId: uuid("principal_id").notNull(),
    /** The person as whom it acted, with whom it goes. */
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    /** SHA-256 of the method, the address and the body. */
    digest: text("digest").notNull(),
    answer: jsonb("answer").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.principalId, t.key] }),
    index("idempotency_keys_by_time").on(t.at),
    index("idempotency_keys_by_owner").on(t.ownerId),
  ],
);
