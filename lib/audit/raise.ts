import { type AnyColumn, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/**
 * Tells the rest of this transaction which event will tell of it, so that a row whose version is raised can say by which
 * event, whatever command raises it.
 */
export async function announceEvent(tx: Tx, eventId: string): Promise<void> {
  await tx.execute(sql`select set_config('gatehouse.event', ${eventId}, true)`);
}

/** Columns of a row that a change edits: the next version, which two editors compare (U9), and the event of the change. */
export const raised = (table: { version: AnyColumn }) => ({
  version: sql`${table.version} + 1`,
  versionEventId: sql`nullif(current_setting('gatehouse.event', true), '')::uuid`,
});
