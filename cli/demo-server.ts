import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { projectRoot } from "./settings";

export interface DemoServerOptions {
  dataDir: string;
  port: string;
  /** An external PostgreSQL; empty for the included one. */
  databaseUrl: string;
  /** Where everything that the server says is kept. */
  logFile: string;
  /** Where it hands in mail; without it, it sends none. */
  mailUrl?: string;
  /** The demonstration by default. */
  script?: "cli/demo.ts" | "cli/start.ts";
}

/** Starts the demo as a process of its own that ends with ours, waits until it is ready, gives the way to stop it. */
export async function startDemoServer(options: DemoServerOptions) {
  const { dataDir, port, databaseUrl, logFile, mailUrl = "", script = "cli/demo.ts" } = options;
  const child = spawn(process.execPath, ["--import", "tsx", "--import", "./cli/exit-with-parent.mjs", script], {
    cwd: projectRoot,
    env: {
      ...process.env,
      GATEHOUSE_DATA_DIR: dataDir,
      PORT: port,
      HOST: "127.0.0.1",
      NEXTAUTH_URL: `http://localhost:${port}`,
      DATABASE_URL: databaseUrl,
      SMTP_URL: mailUrl,
      // Where the identity providers of the journeys are.
      GATEHOUSE_PRIVATE_ADDRESSES: "127.0.0.1",
      // Journeys read what is said of a request; the demonstration itself logs warnings alone.
      GATEHOUSE_LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  await waitForLine(child, "Gatehouse is ready", logFile);
  return async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  };
}

async function waitForLine(child: ChildProcess, wished: string, logFile: string) {
  const said: string[] = [];
  const kept = createWriteStream(logFile);
  child.stdout!.pipe(kept, { end: false });
  child.stderr!.pipe(kept, { end: false });
  child.stderr!.pipe(process.stderr, { end: false });
  for await (const line of createInterface({ input: child.stdout! })) {
    said.push(line);
    if (line.includes(wished)) return;
  }
  throw new Error(`The server exited before it was ready.\n${said.join("\n")}`);
}
