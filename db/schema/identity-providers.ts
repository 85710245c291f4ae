import { boolean, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, keyVersion, moment } from "../columns";
import { providerKinds, providerPresets, providerStates } from "../enums";
import { roles } from "./roles";
import { users } from "./users";

/** In which claims a provider tells what Gatehouse keeps; an empty name: nowhere. */
export type ClaimMapping = { username: string; email: string; firstName: string; lastName: string };

/** What one sign-in told, as far as it is mapped. */
export type MappedClaims = { [K in keyof ClaimMapping]: string | null } & { emailVerified: boolean };

export const identityProviders = pgTable(
  "identity_providers",
  {
    id: id(),
    /** Stands in the address of the callback, and in `users.configuration` of the people whom it has created: never changed. */
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
    /** Another one after each change of what a sign-in depends on: a test counts for the one that it was made with. */
    connectionId: uuid("connection_id").notNull(),
    testedAt: moment("tested_at"),
    testedBy: uuid("tested_by"),
    /** Every claim of the last test, for the preview of a mapping. */
    testClaims: jsonb("test_claims").$type<Record<string, unknown>>(),
    mapping: jsonb("mapping").$type<ClaimMapping>().notNull(),
    domains: text("domains").array().notNull(),
    /** Its addresses count as verified even where it does not say so. */
    trustsEmail: boolean("trusts_email").notNull().default(false),
    createsUsers: boolean("creates_users").notNull().default(false),
    managesUsers: boolean("manages_users").notNull().default(false),
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
  (t) => [index("identity_providers_by_owner").on(t.ownerId), index("identity_providers_by_role").on(t.defaultRoleId)],
);

/** Sealed, and apart: no ordinary select of a provider can carry one. */
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
    /** What the last sign-in told. */
    claims: jsonb("claims").$type<MappedClaims>().notNull(),
    lastSignInAt: moment("last_sign_in_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("identities_subject").on(t.providerId, t.issuer, t.subject),
    index("identities_by_user").on(t.userId, t.createdAt),
  ],
);
