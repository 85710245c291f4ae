import postgres from "postgres";
import { advisoryLocks } from "../locks";
import { StartError } from "./programs";

export interface FolderLock {
  /** Gives the folder up; true when nobody else uses it, so that PostgreSQL may be stopped. */
  release(): Promise<boolean>;
  end(): Promise<void>;
}

/**
 * Takes the folder for this process with a session lock, which a kill gives back by itself. Null when the server is
 * just stopping: try again. Throws StartError (cause "held") when another process holds it and it is not shared.
 */
export async function lockFolder(url: string, share: boolean, onClosed: () => void): Promise<FolderLock | null> {
  await ensureDatabase(url);
  const { space, folder } = advisoryLocks;
  let held = false;
  const sql = postgres(url, {
    max: 1,
    // Asked for on every connection; where that fails, the driver ends the process.
    fetch_types: false,
    connect_timeout: 5,
    max_lifetime: null,
    idle_timeout: 0,
    onnotice: () => {},
    connection: { application_name: `gatehouse ${process.pid}` },
    onclose: () => held && onClosed(),
  });
  try {
    const [answer] = share
      ? await sql`select pg_try_advisory_lock_shared(${space}, ${folder}) as taken`
      : await sql`select pg_try_advisory_lock(${space}, ${folder}) as taken`;
    const taken = answer?.taken === true;
    if (!taken) {
      const holder = await findHolder(sql);
      if (holder === null || holder.endsWith("stopping")) return await giveUp(sql);
      if (!share) throw new StartError(alreadyRuns(holder), { cause: "held" });
    }
    held = taken;
    return {
      async release() {
        held = false;
        if (!taken) return false;
        if (!share) return true;
        await sql`select set_config('application_name', ${`gatehouse ${process.pid} stopping`}, false)`;
        await sql`select pg_advisory_unlock_shared(${space}, ${folder})`;
        const [last] = await sql`select pg_try_advisory_lock(${space}, ${folder}) as alone`;
        return last?.alone === true;
      },
      end: () => sql.end({ timeout: 1 }),
    };
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
}

/** The process that holds the folder, by the name of its connection. */
export async function findHolder(sql: postgres.Sql): Promise<string | null> {
  const { space, folder } = advisoryLocks;
  const [row] = await sql`
    select application_name as name from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and classid = ${space} and objid = ${folder} and granted
      and database = (select oid from pg_database where datname = current_database())
    order by backend_start limit 1`;
  return (row?.name as string | undefined) ?? null;
}

async function ensureDatabase(url: string) {
  const address = new URL(url);
  const name = address.pathname.slice(1);
  address.pathname = "/postgres";
  const sql = postgres(address.href, { max: 1, fetch_types: false, connect_timeout: 5, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function giveUp(sql: postgres.Sql) {
  await sql.end({ timeout: 1 });
  return null;
}

/** The sentence that refuses a second start; `holder` names the process. */
export function alreadyRuns(holder: string) {
  return `Gatehouse already runs on this folder (process ${holder.match(/\d+/)?.[0] ?? holder})`;
}
