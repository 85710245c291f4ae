import { and, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { events, eventValues } from "@/db/schema";

/**
 * Erases what events tell of somebody who is purged: the events themselves stay, with their commitments (L4). `names` are
 * all by which a sentence could call the person.
 */
export async function eraseFromEvents(tx: Tx, personId: string, names: string[]): Promise<void> {
  await eraseValues(tx, personId);
  await eraseReasons(tx, names);
}

/** Values of events about the person go; of what the person did to others, the address and the device go. */
async function eraseValues(tx: Tx, id: string) {
  const about = tx
    .select({ one: sql`1` })
    .from(events)
    .where(and(eq(events.id, eventValues.eventId), eq(events.at, eventValues.at), eq(events.personId, id)));
  await tx.delete(eventValues).where(sql`exists (${about})`);
  const by = tx
    .select({ one: sql`1` })
    .from(events)
    .where(and(eq(events.id, eventValues.eventId), eq(events.at, eventValues.at), eq(events.actorId, id)));
  await tx
    .update(eventValues)
    .set({ values: sql`${eventValues.values} - 'address' - 'agent'` })
    .where(sql`exists (${by})`);
}

/** Sentences of refusals in other people's events go where they name the person. */
async function eraseReasons(tx: Tx, names: string[]) {
  const named = names.map((name) => `%${name.replace(/[\\%_]/g, "\\$&")}%`);
  const refused = tx
    .select({ one: sql`1` })
    .from(events)
    .where(and(eq(events.id, eventValues.eventId), eq(events.at, eventValues.at), ne(events.outcome, "succeeded")));
  await tx
    .update(eventValues)
    .set({ values: sql`${eventValues.values} - 'fact.reason'` })
    .where(
      and(
        sql`${eventValues.values} #>> '{fact.reason,value}' ilike any(${sql.param(named)}::text[])`,
        sql`exists (${refused})`,
      ),
    );
}
