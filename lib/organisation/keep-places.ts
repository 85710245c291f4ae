import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { addJob } from "@/lib/jobs/add-job";
import { log } from "@/lib/platform/log";

/** Enqueues the comparison of places with managers, after a start. */
export const enqueuePlaceCheck = (db: Db): Promise<void> =>
  db.transaction((tx) => addJob(tx, "places.check", {}, { key: "places.check" }));

/**
 * Compares everybody's place with their manager's. Triggers keep them, so a difference was made past the triggers, as by a
 * restore without them: then all places are made again, and the log says so. Returns how many were wrong.
 */
export async function checkPlaces(db: Db | Tx): Promise<number> {
  const [found] = await db.execute<{ count: number }>(sql`select count(*)::int as count from misplaced()`);
  const count = found?.count ?? 0;
  if (count === 0) return 0;
  await db.execute(sql`select fill_places()`);
  log.warn({ people: count }, "places in the organisation were wrong and have been rebuilt");
  return count;
}
