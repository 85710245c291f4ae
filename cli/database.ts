import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { grantApplicationRole } from "@/db/application-role";
import { type EmbeddedOptions, StartError, startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import type { Settings } from "./settings";

export interface Database {
  url: string;
  /** The role that the application takes, or an empty string where it cannot be made. */
  role: string;
  stop(): Promise<void>;
}

interface OpenOptions extends EmbeddedOptions {
  /** Ends the wait for an external database. */
  signal?: AbortSignal;
}

/** Opens the database of these settings, migrated: an external one, or the one in the data folder. */
export async function openDatabase(settings: Settings, options: OpenOptions = {}): Promise<Database> {
  const server = settings.databaseUrl
    ? await waitForExternal(settings.databaseUrl, options)
    : await startEmbedded(settings.dataDir, options);
  try {
    await migrate(server.url);
    return { ...server, role: (await grantApplicationRole(server.url)) ?? "" };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Waits up to 30 seconds for a database that may be starting beside us. */
async function waitForExternal(url: string, { log, signal }: OpenOptions) {
  const where = new URL(url).host;
  let said = false;
  for (const end = Date.now() + 30_000; ; await pause(500)) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await sql`select 1`;
      return { url, stop: async () => {} };
    } catch (error) {
      const reason = (error as { code?: string }).code ?? (error as Error).message;
      const waits = ["ECONNREFUSED", "CONNECT_TIMEOUT", "57P03", "ENOTFOUND", "ECONNRESET"].includes(reason);
      if (!waits || signal?.aborted || Date.now() > end) {
        throw new StartError(`The database at ${where} does not answer (${reason}). Check DATABASE_URL.`);
      }
      if (!said) log?.(`Waiting for the database at ${where}`);
      said = true;
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}
