import { type SQL, sql } from "drizzle-orm";

/** Whether what has an end, or none, lasts beyond a moment. `of`: its table, or the name that the statement gives it. */
export const lasting = (of: string, at: Date): SQL =>
  sql`(${sql.raw(of)}.ends_at is null or ${sql.raw(of)}.ends_at > ${at.toISOString()}::timestamptz)`;
