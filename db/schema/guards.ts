import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, momentOfMaking } from "../columns";
import { unknownProofs as proofs } from "../enums";
import { users } from "./users";

/** Sign-ins with unknown names and registrations with unknown tokens, counted until one event records them. */
export const unknownProofs = pgTable(
  "unknown_proofs",
  {
    operation: text("operation", { enum: proofs }).notNull(),
    address: text("address").notNull(),
    minute: moment("minute").notNull(),
    count: integer("count").notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.operation, t.address, t.minute] })],
);

/** Attempts per key (an address and what it tries) and window, so that two processes agree (S4). */
export const throttles = pgTable(
  "throttles",
  {
    key: text("key").notNull(),
    window: moment("window").notNull(),
    count: integer("count").notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.key, t.window] }), index("throttles_by_window").on(t.window)],
);

/** Devices from which a person has signed in, by the hash of their cookie, each with a counter of its own (S4). */
export const devices = pgTable(
  "devices",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    hash: text("hash").notNull(),
    failedSignIns: integer("failed_sign_ins").notNull().default(0),
    lockouts: integer("lockouts").notNull().default(0),
    lockedUntil: moment("locked_until"),
    lastSeenAt: momentOfMaking("last_seen_at"),
  },
  (t) => [primaryKey({ columns: [t.userId, t.hash] })],
);
