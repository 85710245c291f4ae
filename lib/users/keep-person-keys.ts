import type { Db, Tx } from "@/db/client";
import { comparedPersonKeys, lockedForCopies, repairedPersonKeys } from "@/db/person-keys";
import { addJob } from "@/lib/jobs/add-job";
import { log } from "@/lib/platform/log";

/** How many people one job compares: a fraction of a second. */
const batch = 20_000;

const job = { key: "person_keys.check" };

/** Enqueues the comparison of the copies beside memberships and roles with the people, after a start. */
export const enqueuePersonKeyCheck = (db: Db): Promise<void> =>
  db.transaction((tx) => addJob(tx, "person_keys.check", { after: null }, job));

/**
 * Compares the copies of the next people, of the ids behind one, and enqueues the comparison after it. Triggers keep the copies, so a
 * difference was made past the triggers, as by a restore without them: then they are copied again, and the log says so. Returns how many rows
 * were wrong.
 */
export const checkPersonKeys = (db: Db | Tx, after: string | null, people = batch): Promise<number> =>
  db.transaction(async (tx) => {
    const [found] = await tx.execute<{ last: string | null; differing: string[] }>(comparedPersonKeys(after, people));
    const { last = null, differing = [] } = found ?? {};
    if (last !== null) await addJob(tx, "person_keys.check", { after: last }, job);
    if (differing.length === 0) return 0;
    await tx.execute(lockedForCopies(differing));
    const [repaired] = await tx.execute<{ rows: number }>(repairedPersonKeys(differing));
    const rows = repaired?.rows ?? 0;
    log.warn({ rows }, "copies beside memberships and roles were wrong and have been made anew");
    return rows;
  });
