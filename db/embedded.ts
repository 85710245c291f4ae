import { existsSync, mkdirSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import {
  clusterUser,
  createCluster,
  findPostmaster,
  freePort,
  readKeys,
  startPostmaster,
  stopPostmaster,
  writeKeys,
} from "./clusters/cluster";
import { alreadyRuns, findHolder, lockFolder } from "./clusters/folder-lock";
import { findPrograms, type Programs, StartError } from "./clusters/programs";

export { alreadyRuns, freePort, StartError };

export interface Embedded {
  /** Address of the database `gatehouse`, with its password. */
  url: string;
  /** Whether a postmaster that ran already was taken over. */
  adopted: boolean;
  /** Stops PostgreSQL, unless others still use it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Take part in a folder that another process may hold; the last one out stops PostgreSQL. */
  share?: boolean;
  /** False only for tests: a power failure may lose everything. */
  durable?: boolean;
  log?: (line: string) => void;
  /** PostgreSQL died, and another process took its folder. Anything else, such as a full disk, is waited for. */
  onLost?: (error: Error) => void;
}

/** A quarter of the memory, as PostgreSQL advises, between what it takes anyway and what a million users need. */
const sharedMegabytes = Math.round(Math.min(1024, Math.max(128, totalmem() / 4 / 1024 ** 2)));

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: `${sharedMegabytes}MB`,
  random_page_cost: 1.1,
  work_mem: "32MB",
  max_parallel_workers_per_gather: 0,
  timezone: "UTC",
  log_timezone: "UTC",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
};
const hasty = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: 200 };

/**
 * Starts the included PostgreSQL on a data folder, or takes over one that a killed process left running.
 * A postmaster that dies is started again. Throws StartError when another process holds the folder.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const cluster = join(resolve(dataDir), "postgresql");
  mkdirSync(resolve(dataDir), { recursive: true, mode: 0o700 });
  const programs = await findPrograms(cluster, options.log ?? (() => {}));
  if (!existsSync(cluster)) await createCluster(cluster, programs, options.durable !== false);

  let stopping = false;
  const open = (patience: Patience) => openFolder(cluster, programs, options, () => void reopen(), patience);
  let { lock, adopted } = await open(patienceAtStart);
  let reopening: Promise<void> | null = null;

  function reopen() {
    if (stopping || reopening) return;
    options.log?.("PostgreSQL stopped. Starting it again.");
    reopening = open(() => (stopping ? 0 : Number.POSITIVE_INFINITY))
      .then(
        (again) => {
          lock = again.lock;
        },
        (error: Error) => {
          if (!stopping) options.onLost?.(error);
        },
      )
      .finally(() => {
        reopening = null;
      });
  }

  return {
    url: addressOf(cluster),
    adopted,
    async stop() {
      stopping = true;
      await reopening;
      if (await lock.release().catch(() => false)) await stopPostmaster(cluster, programs);
      await lock.end();
    },
  };
}

/** Address of the database in a data folder that was started before. */
export function embeddedUrl(dataDir: string): string {
  return addressOf(join(resolve(dataDir), "postgresql"));
}

/** The process that runs on a data folder at this moment, or null. Starts nothing. */
export async function findFolderHolder(dataDir: string): Promise<string | null> {
  const cluster = join(resolve(dataDir), "postgresql");
  if (!existsSync(cluster) || !findPostmaster(cluster)) return null;
  const sql = postgres(addressOf(cluster), { max: 1, fetch_types: false, connect_timeout: 3, onnotice: () => {} });
  try {
    return await findHolder(sql);
  } catch (error) {
    if (error instanceof postgres.PostgresError || (error as { code?: string }).code) return null;
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function openFolder(
  cluster: string,
  programs: Programs,
  options: EmbeddedOptions,
  onClosed: () => void,
  patience: Patience,
) {
  let adopted = true;
  let said = "";
  for (const begin = Date.now(); ; await pause(Date.now() - begin < 5_000 ? 50 : 500)) {
    try {
      const running = findPostmaster(cluster);
      if (!running) {
        await startOnFreePort(cluster, programs, options.durable !== false);
        adopted = false;
      } else if (running.port !== readKeys(cluster).port) {
        writeKeys(cluster, { ...readKeys(cluster), port: running.port }, programs.owner);
      }
      const lock = await lockFolder(addressOf(cluster), options.share === true, onClosed);
      if (lock) return { lock, adopted };
      throw new StartError("PostgreSQL does not finish stopping.", { cause: "stopping" });
    } catch (error) {
      const isHeld = error instanceof StartError && error.cause === "held";
      if (isHeld || Date.now() - begin >= patience(error)) throw explain(error, cluster);
      const { message } = error as Error;
      if (Date.now() - begin > 5_000 && message !== said) options.log?.(message);
      if (Date.now() - begin > 5_000) said = message;
    }
  }
}

/** Milliseconds after which an error is final. */
type Patience = (error: unknown) => number;

/** A server may be starting, stopping or recovering beside us. */
function patienceAtStart(error: unknown) {
  const { code = "", cause } = error as { code?: string; cause?: unknown };
  if (error instanceof StartError) return cause === "stopping" ? 60_000 : 10_000;
  return code === "ENOENT" || code === "ECONNREFUSED" || code === "ECONNRESET" || /^(CONNECT|57P0)/.test(code)
    ? 60_000
    : 0;
}

function explain(error: unknown, cluster: string) {
  const { code } = error as { code?: string };
  if (code !== "EACCES" && code !== "EPERM") return error;
  return new StartError(
    `The data folder ${dirname(cluster)} belongs to another user. Start as that user, or set GATEHOUSE_DATA_DIR.`,
  );
}

async function startOnFreePort(cluster: string, programs: Programs, durable: boolean) {
  const keys = readKeys(cluster);
  const port = await freePort(keys.port);
  if (port !== keys.port) writeKeys(cluster, { ...keys, port }, programs.owner);
  await startPostmaster(cluster, programs, { ...settings, ...(durable ? {} : hasty), port });
}

function addressOf(cluster: string) {
  const { password, port } = readKeys(cluster);
  return `postgres://${clusterUser}:${password}@127.0.0.1:${port}/gatehouse`;
}
