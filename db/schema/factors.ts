import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "../columns";
import { users } from "./users";

const owner = () =>
  uuid("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** An authenticator app (RFC 6238). The secret is encrypted, since it must be read. */
export const authenticators = pgTable("authenticators", {
  userId: owner().primaryKey(),
  secret: text("secret").notNull(),
  /** Null until the first code proved that the app has it. */
  confirmedAt: moment("confirmed_at"),
  /** The last time step that was used: a code works once. */
  lastStep: bigint("last_step", { mode: "number" }),
  createdAt: createdAt(),
});

/** Passkeys (WebAuthn Level 2). */
export const passkeys = pgTable(
  "passkeys",
  {
    id: id(),
    userId: owner(),
    credentialId: text("credential_id").notNull().unique("passkeys_credential"),
    /** COSE key, base64url. */
    publicKey: text("public_key").notNull(),
    counter: bigint("counter", { mode: "number" }).notNull().default(0),
    transports: jsonb("transports").$type<string[]>().notNull().default([]),
    name: text("name").notNull(),
    createdAt: createdAt(),
    lastUsedAt: moment("last_used_at"),
  },
  (t) => [index("passkeys_by_user").on(t.userId)],
);

export const recoveryCodes = pgTable(
  "recovery_codes",
  { userId: owner(), hash: text("hash").notNull(), usedAt: moment("used_at") },
  (t) => [primaryKey({ columns: [t.userId, t.hash] })],
);

/** What a passkey must sign, once; for a person who is already known, or for an anonymous sign-in. */
export const challenges = pgTable(
  "challenges",
  {
    id: id(),
    purpose: text("purpose", { enum: ["register", "sign_in", "verify"] }).notNull(),
    challenge: text("challenge").notNull(),
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [index("challenges_by_end").on(t.expiresAt)],
);
