import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import {
  collatedText,
  createdAt,
  currentKeyVersion,
  id,
  isOddEnd,
  keyVersion,
  moment,
  personKeys,
  searchColumn,
} from "../columns";
import { isSampled, sampledPeople } from "../sampled";
import { roles } from "./roles";
import { users } from "./users";

export const groups = pgTable(
  "groups",
  {
    id: id(),
    name: text("name").notNull(),
    nameKey: collatedText("name_key").notNull().unique("groups_name"),
    description: text("description").notNull().default(""),
    search: searchColumn(),
    keyVersion: keyVersion(),
    ownerId: uuid("owner_id").references(() => users.id, { onDelete: "set null" }),
    version: integer("version").notNull().default(1),
    /** The event of the change that made this version; null before this was kept. */
    versionEventId: uuid("version_event_id"),
    createdAt: createdAt(),
  },
  (t) => [
    index("groups_by_owner").on(t.ownerId),
    index("groups_by_created").on(t.createdAt, t.id),
    index("groups_old_keys")
      .on(t.id)
      .where(sql.raw(`key_version < ${currentKeyVersion}`)),
  ],
);

export const groupMembers = pgTable(
  "group_members",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    endsAt: moment("ends_at"),
    /** The provider that gave it and may take it back (I3); null: somebody here. */
    providerId: uuid("provider_id"),
    createdAt: createdAt(),
    ...personKeys(),
  },
  (t) => [
    /** Includes the end (db/migrations/0039_frequent-statements.sql). */
    primaryKey({ columns: [t.userId, t.groupId] }),
    index("group_members_by_name").on(t.groupId, t.personPresent, t.personNameKey, t.userId, t.endsAt, t.personRoleId),
    index("group_members_by_last_sign_in")
      .on(t.groupId, t.personLastSignIn, t.userId, t.endsAt, t.personRoleId)
      .where(sql`person_present`),
    index("group_members_sampled")
      .on(t.groupId, t.userId, t.endsAt, t.personRoleId)
      .where(sql`person_present and ${isSampled("user_id", sampledPeople)}`),
    index("group_members_by_provider").on(t.providerId).where(sql`provider_id is not null`),
    index("group_members_odd_ends").on(t.userId).where(isOddEnd("ends_at")),
  ],
);

export const groupRoles = pgTable(
  "group_roles",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    roleId: uuid("role_id")
      .notNull()
      .references(() => roles.id),
    endsAt: moment("ends_at"),
  },
  (t) => [
    primaryKey({ columns: [t.groupId, t.roleId] }),
    index("group_roles_by_role").on(t.roleId, t.groupId),
    index("group_roles_odd_ends").on(t.groupId).where(isOddEnd("ends_at")),
  ],
);
