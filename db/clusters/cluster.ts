import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { launch, type Owner, type Programs, run, StartError } from "./programs";

/** What a cluster remembers about itself: the password of its one user, and its port on 127.0.0.1. */
export interface Keys {
  password: string;
  port: number;
}

export const clusterUser = "gatehouse";

// The data folder may lie below folders that are closed to PostgreSQL's user. The working folder is set before the
// user is changed, and this name leads to it without passing the folders above.
const here = existsSync("/proc/self/cwd") ? "/proc/self/cwd" : ".";

/** Makes a cluster in a folder of its own and renames it when whole, so that a kill leaves all or nothing. */
export async function createCluster(cluster: string, programs: Programs, durable: boolean) {
  removeLeftovers(cluster);
  const fresh = `${cluster}.new-${process.pid}`;
  mkdirSync(fresh, { mode: 0o700 });
  own(fresh, programs.owner);
  const keys = { password: randomBytes(32).toString("base64url"), port: await freePort() };
  const secret = openSecret(`${fresh}.password`, keys.password, programs.owner);
  const settings = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--pwfile=/dev/fd/3"];
  const sync = durable ? [] : ["--no-sync"];
  const { code, output } = await run(
    programs.initdb,
    ["-D", here, `--username=${clusterUser}`, ...settings, ...sync, "--no-instructions"],
    { ...programs.owner, cwd: fresh, stdio: ["ignore", "pipe", "pipe", secret] },
  );
  closeSync(secret);
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    const hint = output.includes("effective user ID") ? "\nStart as a user with a name, or set DATABASE_URL." : "";
    throw new StartError(`PostgreSQL could not create its database in ${dirname(cluster)}.\n${output}${hint}`);
  }
  writeKeys(fresh, keys, programs.owner);
  try {
    renameSync(fresh, cluster);
  } catch (error) {
    if (!existsSync(join(cluster, "PG_VERSION"))) throw error;
    rmSync(fresh, { recursive: true });
  }
  syncFolder(dirname(cluster));
}

export function readKeys(cluster: string): Keys {
  return JSON.parse(readFileSync(keysFile(cluster), "utf8")) as Keys;
}

export function writeKeys(cluster: string, keys: Keys, owner: Owner) {
  const fresh = `${keysFile(cluster)}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(keys), { mode: 0o600, flush: true });
  own(fresh, owner);
  renameSync(fresh, keysFile(cluster));
}

/** The living postmaster of this cluster, or null; a leftover of a dead one is not mistaken for it. */
export function findPostmaster(cluster: string): { pid: number; port: number; ready: boolean } | null {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Math.abs(Number(lines[0]));
  if (!pid || !isPostmaster(pid, cluster)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** Starts the postmaster and waits until it takes connections. Throws with the end of its log. */
export async function startPostmaster(cluster: string, programs: Programs, settings: Record<string, string | number>) {
  rmSync(join(cluster, "postmaster.pid"), { force: true });
  const file = `${cluster}.log`;
  const output = openSync(file, existsSync(file) && statSync(file).size > 5_000_000 ? "w" : "a", 0o600);
  const begin = statSync(file).size;
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = launch(programs.postgres, ["-D", here, ...args], { ...programs.owner, cwd: cluster, output });
  closeSync(output);
  let gone: unknown = null;
  child.once("error", (error) => {
    gone = error;
  });
  child.once("exit", (code) => {
    gone ??= code ?? "killed";
  });
  child.unref();
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(20)) {
    if (gone !== null) throw new StartError(`PostgreSQL did not start. ${tail(file, begin)}`);
    const found = findPostmaster(cluster);
    if (found?.pid === child.pid && found?.ready) return;
  }
  throw new StartError(`PostgreSQL is not ready after two minutes. See ${file}`);
}

/** Stops the postmaster: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster(cluster: string, programs: Programs) {
  const { code, output } = await run(programs.pg_ctl, ["-D", here, "-m", "fast", "-w", "-t", "30", "stop"], {
    ...programs.owner,
    cwd: cluster,
  });
  if (code !== 0 && findPostmaster(cluster)) throw new StartError(`PostgreSQL did not stop. ${output}`);
}

/** A port on 127.0.0.1 that nobody listens on; the wished one when it is free. */
export async function freePort(wished = 0): Promise<number> {
  const port = await new Promise<number>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(0));
    server.listen({ host: "127.0.0.1", port: wished }, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
  if (port === 0 && wished === 0) throw new StartError("No free port on 127.0.0.1.");
  return port || freePort();
}

function isPostmaster(pid: number, cluster: string) {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() !== "postgres") return false;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EACCES" || code === "EPERM";
  }
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** An open file with no name left: initdb reads the password from it, and no kill leaves it behind. */
function openSecret(path: string, text: string, owner: Owner) {
  writeFileSync(path, text, { mode: 0o600 });
  own(path, owner);
  const file = openSync(path, "r");
  unlinkSync(path);
  return file;
}

/** An initdb whose starter was killed writes on for a moment: so it is retried. */
function removeLeftovers(cluster: string) {
  for (const name of readdirSync(dirname(cluster))) {
    const pid = name.match(/\.new-(\d+)(\.password)?$/)?.[1];
    if (!pid || !name.startsWith(basename(cluster))) continue;
    if (Number(pid) === process.pid || !isAlive(Number(pid))) {
      rmSync(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }
}

function keysFile(cluster: string) {
  return join(cluster, "gatehouse.json");
}

function own(path: string, { uid, gid }: Owner) {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function syncFolder(path: string) {
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}

function tail(file: string, begin: number) {
  const said = readFileSync(file).subarray(begin).toString().trim().split("\n").slice(-6);
  return `It said:\n${said.join("\n")}`;
}
