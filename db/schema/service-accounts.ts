import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { collatedText, createdAt, id, keyVersion, moment, searchColumn } from "../columns";
import { roles } from "./roles";
import { users } from "./users";

/** Accounts of programs (T6). What one may do is computed at each use, from its roles and from what its owner might grant. */
export const serviceAccounts = pgTable(
  "service_accounts",
  {
    id: id(),
    name: text("name").notNull(),
    nameKey: collatedText("name_key").notNull().unique("service_accounts_name"),
    search: searchColumn(),
    keyVersion: keyVersion(),
    /** Null once the owner has been purged: it has stopped. */
    ownerId: uuid("owner_id").references(() => users.id, { onDelete: "set null" }),
    /** Since when somebody keeps it from working; null: nobody does. */
    disabledAt: moment("disabled_at"),
    createdBy: uuid("created_by"),
    version: integer("version").notNull().default(1),
    versionEventId: uuid("version_event_id"),
    createdAt: createdAt(),
  },
  (t) => [index("service_accounts_by_owner").on(t.ownerId), index("service_accounts_by_created").on(t.createdAt, t.id)],
);

/** Additional roles alone. */
export const serviceAccountRoles = pgTable(
  "service_account_roles",
  {
    serviceAccountId: uuid("service_account_id")
      .notNull()
      .references(() => serviceAccounts.id, { onDelete: "cascade" }),
    roleId: uuid("role_id")
      .notNull()
      .references(() => roles.id),
  },
  (t) => [
    primaryKey({ columns: [t.serviceAccountId, t.roleId] }),
    index("service_account_roles_by_role").on(t.roleId, t.serviceAccountId),
  ],
);
