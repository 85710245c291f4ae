import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The server under test, as e2e/start-server.ts left it for the journeys. */
export interface RunningServer {
  baseUrl: string;
  databaseUrl: string;
  /** NEXTAUTH_SECRET of the server, to sign a session cookie with. */
  secret: string;
  dataDir: string;
  /** Where the mails that it sent have arrived, a file each. */
  mailDir: string;
}

export const serverFile = join(import.meta.dirname, "../.test/e2e-server.json");

/** Where everything that it says is kept. */
export const logFile = join(import.meta.dirname, "../.test/e2e.log");

export function runningServer(): RunningServer {
  return JSON.parse(readFileSync(serverFile, "utf8")) as RunningServer;
}
