import { StartError } from "@/db/embedded";
import { type Database, openDatabase } from "../database";
import type { ApiDocument } from "../program/document";
import { keep, type Source } from "../program/source";
import { Stop } from "../program/stop";
import type { Terminal } from "../program/terminal";
import { loadSettings, projectRoot, type Settings } from "../settings";

/**
 * The database of this machine, as the server's owner. What is large is loaded when it is asked for: neither help of the command line
 * itself nor a completion waits for it.
 */
export function ownerSource({ env, tell }: Pick<Terminal, "env" | "tell">): Source & { close(): Promise<void> } {
  const name = `the owner of ${projectRoot}`;
  let opened: Database | undefined;
  return {
    name,
    keys: false,
    get owner() {
      const { databaseUrl, dataDir } = settingsHere();
      return `The server's owner, on the database ${databaseUrl ? `at ${placeOf(databaseUrl)}` : `in ${dataDir}`}.`;
    },
    async document() {
      const [{ openApi }, { ownersEndpoints }] = await Promise.all([
        import("@/lib/api/openapi"),
        import("./endpoints"),
      ]);
      const text = JSON.stringify(openApi(ownersEndpoints));
      keep(env, name, text);
      return JSON.parse(text) as ApiDocument;
    },
    async open() {
      opened = await open(tell);
      const [{ db }, { createContext }, { operator }, { ownerAsk }] = await Promise.all([
        import("@/lib/platform/db"),
        import("@/lib/context"),
        import("@/lib/authz/principal"),
        import("./ask"),
      ]);
      return ownerAsk(createContext(db(), operator));
    },
    async close() {
      if (!opened) return;
      const { db } = await import("@/lib/platform/db");
      await db().$client.end();
      await opened.stop();
    },
  };
}

async function open(log: (line: string) => void): Promise<Database> {
  const settings = settingsHere();
  try {
    const database = await openDatabase(settings, { share: true, log });
    Object.assign(process.env, settings.env, { DATABASE_URL: database.url, GATEHOUSE_DATABASE_ROLE: database.role });
    delete process.env.GATEHOUSE_POOLER_URL;
    return database;
  } catch (error) {
    throw stopped(error);
  }
}

function settingsHere(): Settings {
  try {
    return loadSettings({ host: null });
  } catch (error) {
    throw stopped(error);
  }
}

const stopped = (error: unknown) => (error instanceof StartError ? new Stop("unreachable", error.message) : error);

/** Host and name of a database, without what signs in there. */
function placeOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
