import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "../columns";
import { users } from "./users";

/** What a program has been answered for its key, so that the same request again does nothing again (P4). Never a secret. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    /** SHA-256 of the method, the address and the body. */
    digest: text("digest").notNull(),
    answer: jsonb("answer").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.ownerId, t.key] }), index("idempotency_keys_by_time").on(t.at)],
);
