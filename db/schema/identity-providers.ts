import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, keyVersion, moment } from "../columns";
import { providerKinds, providerPresets, providerStates } from "../enums";
import { groups } from "./groups";
import { roles } from "./roles";
import { users } from "./users";

/** In which claims a provider sends what Gatehouse keeps; an empty name: nowhere. */
export type ClaimMapping = { username: string; email: string; firstName: string; lastName: string };

/** Why a sign-in sent no groups of somebody, which is not the same as being in none (I8). */
export type NoGroups = "missing" | "elsewhere" | "unreadable" | "too many";

/** What one sign-in sent, as far as it is mapped. */
export type MappedClaims = { [K in keyof ClaimMapping]: string | null } & {
  emailVerified: boolean;
  /** Absent where no claim for groups was mapped. */
  groups?: string[] | NoGroups;
  /** The other claims as they came, as far as they are short: a changed mapping is shown on them before it is saved. */
  told?: Record<string, unknown>;
};

export const identityProviders = pgTable(
  "identity_providers",
  {
    id: id(),
    /** Part of the address of the callback, and in `users.configuration` of the people whom it has created: never changed. */
    slug: text("slug").notNull().unique("identity_providers_slug"),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull().unique("identity_providers_name"),
    keyVersion: keyVersion(),
    kind: text("kind", { enum: providerKinds }).notNull(),
    preset: text("preset", { enum: providerPresets }).notNull(),
    ownerId: uuid("owner_id").references(() => users.id, { onDelete: "set null" }),
    state: text("state", { enum: providerStates }).notNull().default("draft"),
    discoveryUrl: text("discovery_url").notNull(),
    /** As the discovery document has it, to the character. */
    issuer: text("issuer").notNull(),
    clientId: text("client_id").notNull(),
    secretExpiresAt: moment("secret_expires_at"),
    scopes: text("scopes").array().notNull(),
    /** By which ID tokens are signed (RFC 7518, RFC 8037). */
    signingAlgorithm: text("signing_algorithm").notNull(),
    /** Another one after each change of what a sign-in depends on: a test counts for the version it was made with. */
    connectionId: uuid("connection_id").notNull(),
    testedAt: moment("tested_at"),
    testedBy: uuid("tested_by"),
    /** Every claim of the last test, for the preview of a mapping. */
    testClaims: jsonb("test_claims").$type<Record<string, unknown>>(),
    mapping: jsonb("mapping").$type<ClaimMapping>().notNull(),
    /** The claim that names somebody's groups; empty: none. */
    groupsClaim: text("groups_claim").notNull().default(""),
    domains: text("domains").array().notNull(),
    /** Its addresses count as verified even where it does not say so. */
    trustsEmail: boolean("trusts_email").notNull().default(false),
    createsUsers: boolean("creates_users").notNull().default(false),
    managesUsers: boolean("manages_users").notNull().default(false),
    /** Nobody but administrators signs in otherwise. */
    onlyWayIn: boolean("only_way_in").notNull().default(false),
    /** Roles that bound what comes through it (I3); none: each person's own account only. */
    ceilingRoleIds: uuid("ceiling_role_ids").array().notNull(),
    defaultRoleId: uuid("default_role_id").references(() => roles.id, { onDelete: "set null" }),
    defaultGroupIds: uuid("default_group_ids").array().notNull(),
    /** Whom people ask who are refused. */
    contact: text("contact").notNull().default(""),
    version: integer("version").notNull().default(1),
    versionEventId: uuid("version_event_id"),
    createdAt: createdAt(),
  },
  (t) => [
    index("identity_providers_by_owner").on(t.ownerId),
    index("identity_providers_by_role").on(t.defaultRoleId),
    uniqueIndex("identity_providers_only_way_in").on(t.onlyWayIn).where(sql`only_way_in`),
  ],
);

/** Into which groups a value of the groups claim puts somebody (I3). */
export const providerGroups = pgTable(
  "provider_groups",
  {
    providerId: uuid("provider_id")
      .notNull()
      .references(() => identityProviders.id, { onDelete: "cascade" }),
    value: text("value").notNull(),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.providerId, t.value, t.groupId] }), index("provider_groups_by_group").on(t.groupId)],
);

/** Encrypted, and apart: no ordinary select of a provider can carry one. */
export const providerSecrets = pgTable("provider_secrets", {
  providerId: uuid("provider_id")
    .primaryKey()
    .references(() => identityProviders.id, { onDelete: "cascade" }),
  sealed: text("sealed").notNull(),
});

/** Who somebody is at a provider: its issuer and subject (OpenID Connect Core 5.7), never an address. */
export const identities = pgTable(
  "identities",
  {
    id: id(),
    providerId: uuid("provider_id")
      .notNull()
      .references(() => identityProviders.id, { onDelete: "cascade" }),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** What the last sign-in sent. */
    claims: jsonb("claims").$type<MappedClaims>().notNull(),
    lastSignInAt: moment("last_sign_in_at"),
    /** Groups that it was sent and may not give, as far as they are logged already. */
    refusedGroupIds: uuid("refused_group_ids").array().notNull().default([]),
    createdAt: createdAt(),
  },
  (t) => [
    unique("identities_subject").on(t.providerId, t.issuer, t.subject),
    index("identities_by_user").on(t.userId, t.createdAt),
    index("identities_by_provider").on(t.providerId, t.lastSignInAt),
  ],
);

/** A link that an administrator has prepared: the next sign-in with this verified address is this user's (I5). */
export const awaitedIdentities = pgTable(
  "awaited_identities",
  {
    id: id(),
    providerId: uuid("provider_id")
      .notNull()
      .references(() => identityProviders.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    emailKey: text("email_key").notNull(),
    /** Checked again when the link is made (R15). */
    madeBy: uuid("made_by").references(() => users.id, { onDelete: "set null" }),
    endsAt: moment("ends_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("awaited_identities_email").on(t.providerId, t.emailKey),
    unique("awaited_identities_user").on(t.providerId, t.userId),
    index("awaited_identities_by_user").on(t.userId),
    index("awaited_identities_by_maker").on(t.madeBy),
  ],
);

/**
 * Logout tokens that have been used, until they end (OpenID Connect Back-Channel Logout 2.6) and no sign-in can be under way any more
 * that they name.
 */
export const usedLogoutTokens = pgTable(
  "used_logout_tokens",
  {
    providerId: uuid("provider_id")
      .notNull()
      .references(() => identityProviders.id, { onDelete: "cascade" }),
    jti: text("jti").notNull(),
    subject: text("subject"),
    sid: text("sid"),
    /** By the clock of the provider. */
    issuedAt: moment("issued_at"),
    endsAt: moment("ends_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.providerId, t.jti] }),
    index("used_logout_tokens_by_end").on(t.endsAt),
    index("used_logout_tokens_by_sid").on(t.providerId, t.sid),
    index("used_logout_tokens_by_subject").on(t.providerId, t.subject),
  ],
);
