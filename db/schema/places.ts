import { sql } from "drizzle-orm";
import { boolean, index, pgTable, uuid } from "drizzle-orm/pg-core";
import { bytewiseText } from "../columns";
import { users } from "./users";

/**
 * A person's place in the organisation: eight hexadecimal digits for each person from the top down to themselves. Kept by
 * triggers on `users`, whose `manager_id` and `status` stay the truth (db/migrations/0017_places.sql), and read through `db/places.ts`.
 */
export const places = pgTable(
  "places",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    path: bytewiseText("path").notNull(),
    /** Not archived. */
    present: boolean("present").notNull(),
  },
  (t) => [
    index("places_by_path").on(t.path, t.userId, t.present),
    index("places_archived_by_path").on(t.path, t.userId).where(sql`not present`),
  ],
);
