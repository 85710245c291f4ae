import { pgTable, uuid } from "drizzle-orm/pg-core";
import { bytes, momentOfMaking } from "../columns";
import { users } from "./users";

/** One picture per person, as the server encoded it (WebP, square). */
export const pictures = pgTable("pictures", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  image: bytes("image").notNull(),
  updatedAt: momentOfMaking("updated_at"),
});
