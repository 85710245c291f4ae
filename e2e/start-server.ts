import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FullConfig } from "@playwright/test";
import { startDemoServer } from "@/cli/demo-server";
import { startMailFolder } from "@/cli/mail-sink";
import { embeddedUrl } from "@/db/embedded";
import { createTestDatabase } from "@/lib/testing/databases";
import { logFile, type RunningServer, serverFile } from "./server";
import { withDatabase } from "./sign-in-as";

/** What playwright.config.ts asks for, since the environment is read there. */
export interface ServerWish {
  port: string;
  /** A PostgreSQL to use instead of the included one; empty when there is none. */
  externalUrl: string;
}

const folder = join(import.meta.dirname, "../.test");
const dataDir = join(folder, "e2e");

/** The journeys all come from one address, and together get more passwords wrong than one address may in a minute. */
const manyAttempts = () =>
  withDatabase((sql) => sql`insert into settings (key, value) values ('throttle.attempts', '1000')`);

/** Starts the demo on a data folder that is fresh for this run of the journeys, and gives the way to stop it. */
export default async function startServer({ metadata }: FullConfig) {
  const { port, externalUrl } = metadata as ServerWish;
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = externalUrl ? await createTestDatabase(externalUrl, `gatehouse_e2e_${process.pid}`) : null;
  const mailDir = join(dataDir, "mail");
  const mail = await startMailFolder(mailDir);
  const databaseUrl = database?.url ?? "";
  const stop = await startDemoServer({ dataDir, port, databaseUrl, logFile, mailUrl: mail.url });
  const { NEXTAUTH_SECRET: secret } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  const server: RunningServer = {
    baseUrl: `http://localhost:${port}`,
    databaseUrl: database?.url ?? embeddedUrl(dataDir),
    secret,
    dataDir,
    mailDir,
  };
  writeFileSync(serverFile, JSON.stringify(server), { mode: 0o600 });

  await manyAttempts();

  return async () => {
    await stop();
    await mail.stop();
    rmSync(serverFile, { force: true });
    await database?.drop();
  };
}
