import { customType, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { v7 } from "uuid";

/** UUID version 7 (RFC 9562), made here so that any PostgreSQL from 15 on will do. */
export const newId = () => v7();

export const id = () => uuid("id").primaryKey().$defaultFn(newId);

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const createdAt = () => moment("created_at").notNull().defaultNow();

/** Raised when names are folded in another way; older rows are folded anew after the start (lib/upgrades/fold-keys.ts). */
export const currentKeyVersion = 2;

/** By which folding the keys of a row were made; rows whose new keys belong to others keep the older number. */
export const keyVersion = () => integer("key_version").notNull().default(currentKeyVersion);

/** Texts folded by `searchText`, a blank before every beginning of a word. */
export const searchColumn = () => text("search").notNull().default("");

/** Text in the language's order (Unicode root collation), whatever the database was created with. */
export const collatedText = customType<{ data: string }>({ dataType: () => 'text collate "und-x-icu"' });

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
