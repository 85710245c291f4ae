import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres, { type Sql } from "postgres";
import { collationVersions, collationVersionsAtCreation, rebuildTextIndexes } from "./collations";
import { jobQueueAddress } from "./job-queue-address";
import { advisoryLocks } from "./locks";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Brings a database up to this version, one process at a time. Our own tables change in one transaction: a kill leaves all
 * or nothing. The job queue's schema follows, each of its steps in a transaction. Where the server's collations have changed,
 * indexes on text are rebuilt first.
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${advisoryLocks.space}, ${advisoryLocks.migrations})`;
    const collations = await collationVersions(sql);
    const wanted = `${versionsOf(folder)} collations ${collations}`;
    const recorded = await readVersions(sql);
    if (recorded === wanted) return;
    const builtWith = recorded?.match(/ collations (\S+)$/)?.[1] ?? (await collationVersionsAtCreation(sql));
    if (recorded !== null && builtWith !== collations) await rebuildTextIndexes(sql);
    await bringUp(sql, url, folder);
    await sql.unsafe(`comment on table drizzle.__drizzle_migrations is '${wanted}'`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Loaded only where there is something to do: to load them takes longer than all the rest of a start. */
async function bringUp(sql: Sql, url: string, folder: string) {
  const [{ drizzle }, { migrate: apply }, { Logger, runMigrations }] = await Promise.all([
    import("drizzle-orm/postgres-js"),
    import("drizzle-orm/postgres-js/migrator"),
    import("graphile-worker"),
  ]);
  await apply(drizzle(sql), { migrationsFolder: folder });
  await runMigrations({
    connectionString: jobQueueAddress(url),
    maxPoolSize: 2,
    logger: new Logger(() => () => undefined),
  });
}

/** The last of our migrations and the version of the job queue. */
function versionsOf(folder: string): string {
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: { tag: string }[];
  };
  const { version } = createRequire(import.meta.url)("graphile-worker/package.json") as { version: string };
  return `${journal.entries.at(-1)?.tag} graphile-worker ${version}`;
}

/** Stored in the database itself, and so part of every copy of it; null before the first migration. */
async function readVersions(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ versions: string | null }[]>`
    select obj_description(to_regclass('drizzle.__drizzle_migrations'), 'pg_class') as versions`;
  return row?.versions ?? null;
}
