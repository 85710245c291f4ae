import postgres from "postgres";
import { advisoryLocks } from "@/db/locks";
import { faultOf, log } from "@/lib/platform/log";

const everyMs = 30_000;
/** A pool takes its lock a moment after its first job. */
const youngest = "10 seconds";

type Watch = { stop(): Promise<void> };

/**
 * As long as this process lives, shows that its worker pool does, by a session advisory lock on the hash of the pool's id;
 * at once and every 30 seconds it gives the jobs of pools whose lock is free back to the queue: their process has died.
 */
export function watchWorkers(url: string, poolId: string): Watch {
  let sql = connect(url);
  const look = () =>
    hold(sql, poolId)
      .then(() => releaseStaleJobs(sql, poolId))
      .catch((error) => {
        log.error({ fault: faultOf(error) }, "stale workers were not looked for");
        // A client of postgres.js 3.4.9 that lost its connection may never get another.
        void sql.end({ timeout: 0 }).catch(() => undefined);
        sql = connect(url);
      });
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  const first = look();
  return {
    async stop() {
      clearInterval(timer);
      await first;
      await sql.end({ timeout: 5 });
    },
  };
}

const connect = (url: string) =>
  postgres(url, {
    max: 1,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
    connect_timeout: 5,
    connection: { application_name: "gatehouse-worker", statement_timeout: 10_000 },
  });

/** Taken again every time: a session that was lost has lost its locks. One session may hold a lock many times over. */
const hold = (sql: postgres.Sql, poolId: string) =>
  sql`select pg_try_advisory_lock(${advisoryLocks.workers}, hashtext(${poolId}))`;

/** Gives back the jobs of dead pools; returns their ids. */
export async function releaseStaleJobs(sql: postgres.Sql, own: string, age = youngest): Promise<string[]> {
  const holders = await sql<{ id: string }[]>`
    select distinct locked_by as id from graphile_worker._private_jobs
     where locked_by is not null and locked_by <> ${own} and locked_at < now() - ${age}::interval`;
  const dead: string[] = [];
  for (const { id } of holders) {
    const [lock] = await sql`select pg_try_advisory_lock(${advisoryLocks.workers}, hashtext(${id})) as free`;
    if (!lock?.free) continue;
    await sql`select graphile_worker.force_unlock_workers(array[${id}]::text[])`;
    await sql`select pg_advisory_unlock(${advisoryLocks.workers}, hashtext(${id}))`;
    dead.push(id);
  }
  if (dead.length > 0) log.warn({ pools: dead }, "jobs of stopped workers were released");
  return dead;
}
