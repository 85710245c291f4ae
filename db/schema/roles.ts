import { boolean, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { collatedText, createdAt, id, keyVersion } from "../columns";
import { roleKinds, scopes } from "../enums";

export const roles = pgTable("roles", {
  id: id(),
  name: text("name").notNull(),
  nameKey: collatedText("name_key").notNull().unique("roles_name"),
  keyVersion: keyVersion(),
  description: text("description").notNull().default(""),
  kind: text("kind", { enum: roleKinds }).notNull(),
  /** Place on the ladder of primary roles; 1 is highest. Null for additional roles. */
  rank: integer("rank"),
  /** The built-in Admin: its operations are computed, never stored. */
  admin: boolean("admin").notNull().default(false),
  builtIn: boolean("built_in").notNull().default(false),
  version: integer("version").notNull().default(1),
  /** The event of the change that made this version; null before this was kept. */
  versionEventId: uuid("version_event_id"),
  createdAt: createdAt(),
});

export const roleOperations = pgTable(
  "role_operations",
  {
    roleId: uuid("role_id")
      .notNull()
      .references(() => roles.id, { onDelete: "cascade" }),
    operation: text("operation").notNull(),
    scope: text("scope", { enum: scopes }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.roleId, t.operation, t.scope] })],
);

/** Primary roles that an additional role may be combined with; none means any. */
export const roleCombinations = pgTable(
  "role_combinations",
  {
    roleId: uuid("role_id")
      .notNull()
      .references(() => roles.id, { onDelete: "cascade" }),
    primaryRoleId: uuid("primary_role_id")
      .notNull()
      .references(() => roles.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.roleId, t.primaryRoleId] }),
    index("role_combinations_by_primary").on(t.primaryRoleId),
  ],
);

/** Operations of the product that uses Gatehouse: stored, assigned, explained, not enforced here. */
export const appOperations = pgTable("app_operations", {
  key: text("key").primaryKey(),
  sentence: text("sentence").notNull(),
  createdAt: createdAt(),
});

/** One row. The version is another one after every change of the tables above, in the same transaction, by triggers. */
export const roleCatalogue = pgTable("role_catalogue", { version: uuid("version").primaryKey() });
