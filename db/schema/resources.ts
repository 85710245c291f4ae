import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  bytewiseText,
  collatedText,
  createdAt,
  currentKeyVersion,
  id,
  keyVersion,
  momentOfMaking,
  searchColumn,
} from "../columns";
import { users } from "./users";

/** Something of another system, such as an assistant or a project, whose owner is kept here (U11). */
export const resources = pgTable(
  "resources",
  {
    id: id(),
    /** What kind of thing that system says it is: "assistant". */
    type: bytewiseText("type").notNull(),
    /** By which that system knows it; one for each type. */
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    nameKey: collatedText("name_key").notNull(),
    search: searchColumn(),
    keyVersion: keyVersion(),
    /** Where it is seen in that system. */
    url: text("url"),
    /** Null once its owner was erased permanently (U14). */
    ownerId: uuid("owner_id").references(() => users.id, { onDelete: "set null" }),
    version: integer("version").notNull().default(1),
    versionEventId: uuid("version_event_id"),
    createdAt: createdAt(),
    updatedAt: momentOfMaking("updated_at"),
  },
  (t) => [
    unique("resources_external_id").on(t.type, t.externalId),
    index("resources_by_owner").on(t.ownerId, t.type),
    index("resources_by_name").on(t.nameKey, t.id),
    index("resources_by_updated").on(t.updatedAt, t.id),
    index("resources_search").using("gin", sql`${t.search} gin_trgm_ops`),
    index("resources_old_keys")
      .on(t.id)
      .where(sql.raw(`key_version < ${currentKeyVersion}`)),
  ],
);
