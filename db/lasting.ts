import { type SQL, sql } from "drizzle-orm";

/**
 * Whether what has an end, or none, lasts beyond a moment, which may be a placeholder. `of`: its table, or the name that the statement
 * gives it.
 */
export const lasting = (of: string, at: Date | SQL): SQL =>
  sql`(${sql.raw(of)}.ends_at is null or ${sql.raw(of)}.ends_at > ${momentOf(at)})`;

/** A moment in a statement. */
export const momentOf = (at: Date | SQL): SQL => sql`${at instanceof Date ? at.toISOString() : at}::timestamptz`;
