import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { handoverKinds } from "../enums";
import { users } from "./users";

/** What was handed on when somebody was removed, and to whom: offered back when they are restored (U11, U13). */
export const handovers = pgTable(
  "handovers",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: handoverKinds }).notNull(),
    /** The group, the service account, or the direct report. */
    objectId: uuid("object_id").notNull(),
    /** Null: the report was left without a manager. */
    toId: uuid("to_id").references(() => users.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.userId, t.objectId] }), index("handovers_by_receiver").on(t.toId)],
);
