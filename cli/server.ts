import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { alreadyRuns, findFolderHolder, StartError } from "@/db/embedded";
import { limits } from "@/lib/platform/db";
import { bundleProgram } from "./bundle-program";
import { openDatabase } from "./database";
import { requirePooler } from "./pooler";
import { ensureBuild } from "./production-build";
import { loadSettings, projectRoot, type Settings } from "./settings";

export interface ServeOptions {
  mode: "start" | "dev";
  /** The address to listen on when HOST is not set; null means all. */
  host: string | null;
  env?: Record<string, string>;
  /** Runs on the migrated database before the server starts; what it gives is printed when the server is ready. */
  prepare?: (url: string) => Promise<string>;
}

const patience = 15_000;

/** Whether what Next says of building and starting is shown. */
const verbose = process.argv.includes("--verbose");

/**
 * Runs Gatehouse until it is stopped, and returns the exit code: port, database, migrations, build, server.
 * SIGTERM, SIGINT and SIGHUP end the requests that run, then the server, then PostgreSQL.
 */
export async function serve({ mode, host, env: extra = {}, prepare }: ServeOptions): Promise<number> {
  const stop = new AbortController();
  const settings = loadSettings({ host });
  await requirePort(settings);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => stop.abort(signal));

  let failed = false;
  const log = (line: string) => console.log(line);
  const onLost = (error: Error) => {
    console.error(`PostgreSQL stopped and could not be restarted. ${error.message}`);
    failed = true;
    stop.abort();
  };
  const database = await openDatabase(settings, { log, onLost, signal: stop.signal });
  const mail = mode === "dev" && !settings.env.SMTP_URL ? await startDevelopmentMail(settings, log) : null;
  try {
    const pooler = settings.env.GATEHOUSE_POOLER_URL;
    if (pooler) await requirePooler({ direct: database.url, pooler }, { role: database.role || null, ...limits });
    const said = await prepare?.(database.url);
    const env = {
      ...settings.env,
      ...(mail && { SMTP_URL: mail.url }),
      ...extra,
      DATABASE_URL: database.url,
      GATEHOUSE_DATABASE_ROLE: database.role,
    };
    if (mode === "start") await ensureBuild({ env, log, verbose, signal: stop.signal });
    else bundleProgram();
    if (stop.signal.aborted) return failed ? 1 : 0;
    const code = await runServer(mode, settings, env, stop.signal, said);
    return failed ? 1 : code;
  } catch (error) {
    if (stop.signal.aborted && !failed) return 0;
    throw error;
  } finally {
    await mail?.stop();
    await database.stop();
  }
}

/** Loaded only here: a server of the product has no mail server in it. */
async function startDevelopmentMail({ dataDir }: Settings, log: (line: string) => void) {
  const { startMailFolder } = await import("./mail-sink");
  const folder = join(dataDir, "mail");
  log(`Mail is written to ${folder} and not sent`);
  return startMailFolder(folder, log);
}

async function runServer(
  mode: ServeOptions["mode"],
  settings: Settings,
  env: Record<string, string>,
  signal: AbortSignal,
  said = "",
) {
  const preload = (file: string) => ["--import", new URL(file, import.meta.url).href];
  const quiet = mode === "start" && !verbose ? ["./quiet-start.mjs"] : [];
  const preloads = ["./exit-with-parent.mjs", "./slow-heap.mjs", "./hold-connections.mjs", ...quiet].flatMap(preload);
  const flags = [...preloads, "--max-semi-space-size=16"];
  const address = ["-p", String(settings.port), ...(settings.host ? ["-H", settings.host] : [])];
  const child = spawn(process.execPath, [...flags, "node_modules/next/dist/bin/next", mode, ...address], {
    cwd: projectRoot,
    env: { ...env, NODE_ENV: mode === "dev" ? "development" : "production" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  const exited = once(child, "exit").then(([code]) => (code as number | null) ?? 1);
  const over = Promise.race([exited, whenAborted(signal)]);
  const early = await Promise.race([over, waitUntilReady(settings, mode === "dev" ? 180_000 : 60_000, over)]);
  if (early === "ready") console.log(`${said}Gatehouse is ready on http://localhost:${settings.port}`);
  const end = early === "ready" ? await over : early;
  if (typeof end === "number") {
    console.error(`The server exited (code ${end}).`);
    return end || 1;
  }
  if (end === "late") console.error("The server does not answer on /api/health/live. Stopping it.");
  const whole = await endChild(child, exited);
  return end === "stopped" && whole ? 0 : 1;
}

function whenAborted(signal: AbortSignal) {
  return new Promise<"stopped">((resolve) => {
    if (signal.aborted) resolve("stopped");
    signal.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
}

/** Asks the child to end and waits 15 seconds; gives whether it ended by itself. */
async function endChild(child: ChildProcess, exited: Promise<number>) {
  child.kill("SIGTERM");
  const late = new AbortController();
  const ended = await Promise.race([
    exited.then(() => true),
    pause(patience, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  if (!ended) child.kill("SIGKILL");
  await exited;
  return ended;
}

async function waitUntilReady({ host, port }: Settings, bound: number, over: Promise<unknown>) {
  let done = false;
  over.then(() => {
    done = true;
  });
  const name = !host || host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  for (const end = Date.now() + bound; Date.now() < end && !done; await pause(50)) {
    const answered = await fetch(`http://${name}:${port}/api/health/live`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return "ready" as const;
  }
  return "late" as const;
}

async function requirePort({ port, host, databaseUrl, dataDir }: Settings) {
  const server = createServer();
  const listening = once(server, "listening");
  server.listen({ port, host: host ?? undefined });
  try {
    await listening;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const holder = databaseUrl ? null : await findFolderHolder(dataDir);
    if (holder) throw new StartError(alreadyRuns(holder));
    if (code === "EADDRINUSE") throw new StartError(`Port ${port} is in use. Set PORT to another one.`);
    if (code === "EACCES")
      throw new StartError(`Port ${port} is not allowed for this user. Set PORT to one above 1023.`);
    throw new StartError(`Gatehouse cannot listen on ${host} (${code}). Set HOST to an address of this machine.`);
  }
  server.close();
  await once(server, "close");
}
