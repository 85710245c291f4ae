import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { together } from "@/lib/platform/together";
import type { FoldedTable } from "@/lib/upgrades/schema";

/** What each task is given. A new one is written here and in lib/startup/tasks.ts. */
export type Jobs = {
  "mail.send": { mailId: string };
  "places.check": Record<never, never>;
  "person_keys.check": { after: string | null };
  "keys.fold": { table: FoldedTable; after: string | null };
};
export type TaskName = keyof Jobs;

type Options = {
  /** A later job of the same key takes the place of one that waits. */
  key?: string;
  /** How often it is tried, with waits of e, e², e³ … seconds, at most six hours. */
  maxAttempts?: number;
};

/** Enqueues a job in this transaction: it runs once that has committed, and never when it has not. */
export async function addJob<T extends TaskName>(tx: Tx, task: T, payload: Jobs[T], options: Options = {}) {
  const { key = null, maxAttempts = null } = options;
  await addTogether(tx, { task, payload, max_attempts: maxAttempts, job_key: key });
}

type Job = { task: TaskName; payload: object; max_attempts: number | null; job_key: string | null };

const addTogether = together<Job, void>(async (tx, jobs) => {
  await tx.execute(sql`
    select 1 from json_to_recordset(${JSON.stringify(jobs)}::text::json)
        as job(task text, payload json, max_attempts int, job_key text)
      cross join lateral graphile_worker.add_job(
        job.task, payload := job.payload, max_attempts := job.max_attempts, job_key := job.job_key) added`);
  return jobs.map(() => undefined);
});
