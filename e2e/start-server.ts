import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { FullConfig } from "@playwright/test";
import { embeddedUrl } from "@/db/embedded";
import { createTestDatabase } from "@/lib/testing/databases";
import { type RunningServer, serverFile } from "./server";

const root = join(import.meta.dirname, "..");
const logFile = join(root, ".test", "e2e.log");

/** What playwright.config.ts asks for: the environment is read there. */
export interface ServerWish {
  baseURL: string;
  externalUrl: string;
  environment: Record<string, string | undefined>;
}

/** Starts `npm run demo` on a fresh data folder for this run of the journeys, and gives the way to stop it. */
export default async function startServer(config: FullConfig) {
  const { baseURL, externalUrl, environment } = config.metadata as ServerWish;
  const dataDir = join(root, ".test", "e2e");
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = externalUrl ? await createTestDatabase(externalUrl, `gatehouse_e2e_${process.pid}`) : null;

  const child = spawn(process.execPath, ["--import", "tsx", "--import", "./cli/exit-with-parent.mjs", "cli/demo.ts"], {
    cwd: root,
    env: {
      ...environment,
      GATEHOUSE_DATA_DIR: dataDir,
      PORT: new URL(baseURL).port,
      NEXTAUTH_URL: baseURL,
      DATABASE_URL: database?.url ?? "",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  await waitForLine(child, "Gatehouse is ready");
  const server: RunningServer = { baseUrl: baseURL, dataDir, ...readAccess(dataDir, database?.url) };
  writeFileSync(serverFile, JSON.stringify(server), { mode: 0o600 });

  return async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
    rmSync(serverFile, { force: true });
    await database?.drop();
  };
}

function readAccess(dataDir: string, externalUrl?: string) {
  const { NEXTAUTH_SECRET: secret } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8")) as {
    NEXTAUTH_SECRET: string;
  };
  return { secret, databaseUrl: externalUrl ?? embeddedUrl(dataDir) };
}

async function waitForLine(child: ChildProcess, wished: string) {
  const said: string[] = [];
  child.stdout!.pipe(createWriteStream(logFile));
  for await (const line of createInterface({ input: child.stdout! })) {
    said.push(line);
    if (line.includes(wished)) return;
  }
  throw new Error(`The server ended before it was ready.\n${said.join("\n")}`);
}
