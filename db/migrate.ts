import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as apply } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations } from "graphile-worker";
import postgres from "postgres";
import { advisoryLocks } from "./locks";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Brings a database up to this version, one process at a time. Our own tables change in one transaction: a kill leaves all
 * or nothing. The job queue's schema follows, each of its steps in a transaction.
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${advisoryLocks.space}, ${advisoryLocks.migrations})`;
    await apply(drizzle(sql), { migrationsFolder: folder });
    await runMigrations({ connectionString: url, maxPoolSize: 2, logger: new Logger(() => () => undefined) });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
