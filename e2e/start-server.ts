import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FullConfig } from "@playwright/test";
import { startDemoServer } from "@/cli/demo-server";
import { embeddedUrl } from "@/db/embedded";
import { createTestDatabase } from "@/lib/testing/databases";
import { type RunningServer, serverFile } from "./server";

/** What playwright.config.ts asks for, since the environment is read there. */
export interface ServerWish {
  port: string;
  /** A PostgreSQL to use instead of the one that comes along; empty when there is none. */
  externalUrl: string;
}

const folder = join(import.meta.dirname, "../.test");
const dataDir = join(folder, "e2e");

/** Starts the demo on a data folder that is fresh for this run of the journeys, and gives the way to stop it. */
export default async function startServer({ metadata }: FullConfig) {
  const { port, externalUrl } = metadata as ServerWish;
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = externalUrl ? await createTestDatabase(externalUrl, `gatehouse_e2e_${process.pid}`) : null;
  const logFile = join(folder, "e2e.log");
  const stop = await startDemoServer({ dataDir, port, databaseUrl: database?.url ?? "", logFile });
  const { NEXTAUTH_SECRET: secret } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  const server: RunningServer = {
    baseUrl: `http://localhost:${port}`,
    databaseUrl: database?.url ?? embeddedUrl(dataDir),
    secret,
    dataDir,
  };
  writeFileSync(serverFile, JSON.stringify(server), { mode: 0o600 });

  return async () => {
    await stop();
    rmSync(serverFile, { force: true });
    await database?.drop();
  };
}
