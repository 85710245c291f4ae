import { sql } from "drizzle-orm";
import { boolean, customType, integer, text, uuid } from "drizzle-orm/pg-core";
import { v7 } from "uuid";
import { firstYear, lastYear } from "./enums";

/** UUID version 7 (RFC 9562), made here so that any PostgreSQL from 15 on will do. */
export const newId = () => v7();

export const id = () => uuid("id").primaryKey().$defaultFn(newId);

/**
 * Drizzle's own type reads "0026-11-19 09:24:00+00" as JavaScript guesses, which is another century or no date at all.
 * What PostgreSQL writes is RFC 3339 but for the blank and the minutes of the zone.
 */
export const moment = customType<{ data: Date; driverData: string }>({
  dataType: () => "timestamp with time zone",
  fromDriver: (written) => new Date(written.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")),
  toDriver: (at) => at.toISOString(),
});

export const momentOfMaking = (name: string) => moment(name).notNull().default(sql`now()`);

export const createdAt = () => momentOfMaking("created_at");

/** Whether a stored end lies outside these: from before they were looked at. As its partial index has it. */
export const isOddEnd = (column: string) =>
  sql.raw(`(${column} < '${firstYear}-01-01 00:00:00+00' or ${column} >= '${lastYear + 1}-01-01 00:00:00+00')`);

/** Raised when names are folded in another way; older rows are folded again after the start (lib/upgrades/fold-keys.ts). */
export const currentKeyVersion = 2;

/** By which folding the keys of a row were made; rows whose new keys belong to others keep the older number. */
export const keyVersion = () => integer("key_version").notNull().default(currentKeyVersion);

/** Texts folded by `searchText`, a blank before every beginning of a word. */
/** Up to this many bytes of a person's search text are in an index beside the name; an entry holds 2,704, and a name up to 1,604. */
export const indexedSearch = 500;

export const searchColumn = () => text("search").notNull().default("");

/** Text in the language's order (Unicode root collation), whatever the database was created with. */
export const collatedText = customType<{ data: string }>({ dataType: () => 'text collate "und-x-icu"' });

/** A moment that no date of JavaScript says, such as '-infinity': as PostgreSQL writes it. */
const writtenMoment = customType<{ data: string }>({ dataType: () => "timestamp with time zone" });

/**
 * What lists sort and choose people by, copied beside everything that names a person, so that one index answers a page.
 * Triggers keep the copies and fill them in, whatever is written (db/migrations/0019_person_keys.sql, 0039_frequent-statements.sql).
 */
export const personKeys = () => ({
  personNameKey: collatedText("person_name_key").notNull().default(""),
  personLastSignIn: writtenMoment("person_last_sign_in").notNull().default("-infinity"),
  personRoleId: uuid("person_role_id"),
  personPresent: boolean("person_present").notNull().default(false),
});

/** Text in the order of its bytes, so that whatever begins alike lies in one range of an index. */
export const bytewiseText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
