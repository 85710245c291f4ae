import { type AnyColumn, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

const announced = new WeakMap<Tx, string>();

/** Notes which event will describe the change that runs in this transaction. */
export function announceEvent(tx: Tx, eventId: string): void {
  announced.set(tx, eventId);
}

/**
 * Columns of a row that a change edits: the next version, which two editors compare (U9), and the event that describes the
 * change. `tx`: the change's own, so that a row can say by which event it was raised, whatever command raises it.
 */
export const raised = (tx: Tx, table: { version: AnyColumn }) => ({
  version: sql`${table.version} + 1`,
  versionEventId: announced.get(tx) ?? null,
});
