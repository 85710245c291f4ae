import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import {
  collatedText,
  createdAt,
  currentKeyVersion,
  id,
  indexedSearch,
  isOddEnd,
  keyVersion,
  moment,
  momentOfMaking,
  personKeys,
} from "../columns";
import { userStatuses } from "../enums";
import { isSampled, sampledPeople, sampledTexts } from "../sampled";
import { roles } from "./roles";

const present = sql`status <> 'archived'`;
const archived = sql`status = 'archived'`;
const short = sql.raw(`status <> 'archived' and octet_length(search) <= ${indexedSearch}`);
const long = sql.raw(`status <> 'archived' and octet_length(search) > ${indexedSearch}`);

export const users = pgTable(
  "users",
  {
    id: id(),
    username: text("username").notNull(),
    usernameKey: text("username_key").notNull(),
    email: text("email").notNull(),
    emailKey: text("email_key").notNull(),
    firstName: text("first_name").notNull(),
    lastName: text("last_name").notNull().default(""),
    /** The name as it is shown, in the order of the language. */
    nameKey: collatedText("name_key").notNull(),
    /** Folded name, username and email, for the trigram index. */
    search: text("search").notNull(),
    keyVersion: keyVersion(),
    configuration: text("configuration").notNull().default("default"),
    primaryRoleId: uuid("primary_role_id")
      .notNull()
      .references(() => roles.id),
    managerId: uuid("manager_id").references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    status: text("status", { enum: userStatuses }).notNull(),
    statusBeforeArchive: text("status_before_archive", { enum: userStatuses }),
    statusBeforeDisable: text("status_before_disable", { enum: userStatuses }),
    disabledReason: text("disabled_reason"),
    disabledUntil: moment("disabled_until"),
    archivedAt: moment("archived_at"),
    mustChangePassword: boolean("must_change_password").notNull().default(false),
    accessEndsAt: moment("access_ends_at"),
    failedSignIns: integer("failed_sign_ins").notNull().default(0),
    lockouts: integer("lockouts").notNull().default(0),
    lockedAt: moment("locked_at"),
    /** Null while `lockedAt` is set means: until an administrator unlocks. */
    lockedUntil: moment("locked_until"),
    lastSignInAt: moment("last_sign_in_at"),
    /** How the person reads times and numbers; null: as their browser does. */
    timeZone: text("time_zone"),
    locale: text("locale"),
    /** Which columns they have chosen for a list, by its name; null: for none. */
    listColumns: jsonb("list_columns").$type<Record<string, string[]>>(),
    /** Whether single keys are shortcuts for the person (WCAG 2.1.4). */
    shortcuts: boolean("shortcuts").notNull().default(true),
    /** Names the picture's bytes, so that its address changes with it; null: none. */
    pictureTag: text("picture_tag"),
    version: integer("version").notNull().default(1),
    /** The event of the change that made this version; null before this was kept. */
    versionEventId: uuid("version_event_id"),
    createdAt: createdAt(),
  },
  (t) => [
    /** Every search reads what was written since the index was last put in order, so that is soon: after 512 kB. */
    index("users_search").using("gin", sql`${t.search} gin_trgm_ops`).with({ gin_pending_list_limit: 512 }),
    index("users_by_name").on(t.nameKey, t.id).where(present),
    index("users_by_name_short_search").on(t.nameKey, t.id, t.search).where(short),
    index("users_by_name_long_search").on(t.nameKey, t.id).where(long),
    index("users_sampled_search")
      .on(t.search, t.id)
      .where(sql`${short} and ${isSampled("id", sampledTexts)}`),
    index("users_by_username").on(t.usernameKey, t.id).where(present),
    index("users_by_email").on(t.emailKey, t.id).where(present),
    /** Covers all columns that decide whether somebody is active at a moment, so that Home counts without reading rows. */
    index("users_by_status")
      .on(t.status, t.accessEndsAt, t.lockedAt, t.lockedUntil, t.disabledUntil, t.statusBeforeDisable)
      .where(present),
    /** Covers all columns that decide whether somebody is invited at a moment, so that Home counts without reading rows. */
    index("users_invited")
      .on(t.createdAt, t.id, t.lastSignInAt, t.accessEndsAt, t.disabledUntil, t.status, t.statusBeforeDisable)
      .where(sql`status = 'invited' or (status = 'disabled' and status_before_disable = 'invited')`),
    index("users_by_configuration_name").on(t.configuration, t.nameKey, t.id).where(present),
    index("users_by_created").on(t.createdAt, t.id).where(present),
    index("users_by_last_sign_in").on(sql`(coalesce(last_sign_in_at, '-infinity'::timestamptz))`, t.id).where(present),
    index("users_by_primary_role").on(t.primaryRoleId),
    index("users_by_primary_role_name").on(t.primaryRoleId, t.nameKey, t.id).where(present),
    index("users_by_primary_role_last_sign_in")
      .on(t.primaryRoleId, sql`(coalesce(last_sign_in_at, '-infinity'::timestamptz))`, t.id)
      .where(present),
    index("users_sampled")
      .on(t.primaryRoleId, t.id)
      .where(sql`${present} and ${isSampled("id", sampledPeople)}`),
    index("users_archived_by_name").on(t.nameKey, t.id).where(archived),
    index("users_by_manager").on(t.managerId, t.nameKey, t.id),
    index("users_ending").on(t.accessEndsAt).where(sql`access_ends_at is not null`),
    index("users_old_keys")
      .on(t.id)
      .where(sql.raw(`key_version < ${currentKeyVersion}`)),
    index("users_odd_ends")
      .on(t.id)
      .where(sql`${isOddEnd("access_ends_at")} or ${isOddEnd("disabled_until")}`),
    index("users_locked").on(t.lockedAt).where(sql`locked_at is not null`),
  ],
);

/** One table for every name that signs in: no username equals anybody's email. */
export const signInNames = pgTable(
  "sign_in_names",
  {
    key: text("key").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (t) => [index("sign_in_names_by_user").on(t.userId)],
);

/** Secrets are separate: no ordinary select of a user can carry one. */
export const passwords = pgTable(
  "passwords",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    hash: text("hash").notNull(),
    /** Shorter than a password may be where no second factor is required (S2). */
    short: boolean("short").notNull().default(false),
    /** Who set it for the person; null for the person and for the server's owner. Checked again at its use (R15). */
    setBy: uuid("set_by"),
    changedAt: momentOfMaking("changed_at"),
  },
  (t) => [index("passwords_by_maker").on(t.setBy, t.userId).where(sql`set_by is not null`)],
);

/**
 * People of `default` configuration with neither a password nor a passkey. Triggers keep it, so that Home finds the few
 * among a million.
 */
export const withoutCredential = pgTable("without_credential", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
});

export const userRoles = pgTable(
  "user_roles",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    roleId: uuid("role_id")
      .notNull()
      .references(() => roles.id),
    endsAt: moment("ends_at"),
    ...personKeys(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.roleId] }),
    index("user_roles_by_name").on(t.roleId, t.personPresent, t.personNameKey, t.userId, t.endsAt, t.personRoleId),
    index("user_roles_by_last_sign_in")
      .on(t.roleId, t.personLastSignIn, t.userId, t.endsAt, t.personRoleId)
      .where(sql`person_present`),
    index("user_roles_sampled")
      .on(t.roleId, t.userId, t.endsAt, t.personRoleId)
      .where(sql`person_present and ${isSampled("user_id", sampledPeople)}`),
    index("user_roles_odd_ends").on(t.userId).where(isOddEnd("ends_at")),
  ],
);
