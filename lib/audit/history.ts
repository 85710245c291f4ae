import type { Tx } from "@/db/client";
import { events, eventValues } from "@/db/schema";
import { type EventDraft, eventRows, type Witness } from "@/lib/audit/record";

export type PastEvent = { witness: Witness; draft: EventDraft };

const batch = 1_000;

/** Writes events of the past in one go, with commitments like any other: the history of the demonstration. */
export async function recordHistory(tx: Tx, past: PastEvent[]): Promise<void> {
  const rows = past.map(({ witness, draft }) => eventRows(witness, draft));
  const kept = rows.flatMap((row) => (row.kept ? [row.kept] : []));
  for (let at = 0; at < rows.length; at += batch)
    await tx.insert(events).values(rows.slice(at, at + batch).map(({ event }) => event));
  for (let at = 0; at < kept.length; at += batch) await tx.insert(eventValues).values(kept.slice(at, at + batch));
}
