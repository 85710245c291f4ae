import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment, momentOfMaking } from "../columns";

export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: momentOfMaking("updated_at"),
  /** Who set it last; null for Gatehouse itself and for somebody who has been erased. */
  updatedBy: uuid("updated_by"),
});

/** The one-time code of /setup, while there is no user: one row, a hash, and its wrong tries. */
export const setupCodes = pgTable("setup_codes", {
  id: integer("id").primaryKey().default(1),
  hash: text("hash").notNull(),
  wrongTries: integer("wrong_tries").notNull().default(0),
  closedUntil: moment("closed_until"),
});
