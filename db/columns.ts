import { customType, timestamp, uuid } from "drizzle-orm/pg-core";
import { v7 } from "uuid";

/** UUID version 7 (RFC 9562), made here so that any PostgreSQL from 15 on will do. */
export const newId = () => v7();

export const id = () => uuid("id").primaryKey().$defaultFn(newId);

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const createdAt = () => moment("created_at").notNull().defaultNow();

/** Text in the language's order (Unicode root collation), whatever the database was created with. */
export const collatedText = customType<{ data: string }>({ dataType: () => 'text collate "und-x-icu"' });

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
