import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { collatedText, createdAt, id } from "../columns";
import { users } from "./users";

/** Filters and a sort of a list under a name (B5). */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    /** The name of the list's declaration. */
    list: text("list").notNull(),
    /** Null: shared with everybody who opens the list. */
    ownerId: uuid("owner_id").references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    nameKey: collatedText("name_key").notNull(),
    /** As an address has it, without a place in the list. */
    query: text("query").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("saved_views_name").on(t.list, t.ownerId, t.nameKey).nullsNotDistinct(),
    index("saved_views_by_owner").on(t.ownerId),
  ],
);
