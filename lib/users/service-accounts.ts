import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Handed, handedRows } from "@/db/handed";
import { serviceAccounts } from "@/db/schema";

/** Hands service accounts from their owners to others (U11). Gives those that were still theirs. */
export async function giveAccounts(tx: Tx, handed: Handed[]): Promise<string[]> {
  if (handed.length === 0) return [];
  const given = await tx
    .update(serviceAccounts)
    .set({ ownerId: sql`given.to_id` })
    .from(handedRows(handed))
    .where(sql`${serviceAccounts.id} = given.id and ${serviceAccounts.ownerId} = given.from_id`)
    .returning({ id: serviceAccounts.id });
  return given.map(({ id }) => id);
}
