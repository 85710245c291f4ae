import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StartError } from "@/db/embedded";
import { parseEnv } from "@/lib/platform/env";

export const projectRoot = fileURLToPath(new URL("..", import.meta.url));

export interface Settings {
  dataDir: string;
  port: number;
  /** The address to listen on; null means all of this machine's. */
  host: string | null;
  /** An external PostgreSQL; null means the included one. */
  databaseUrl: string | null;
  /** What the server's process is given, apart from its database. */
  env: Record<string, string>;
}

interface Secrets {
  NEXTAUTH_SECRET: string;
  GATEHOUSE_ENCRYPTION_KEY: string;
}

/** Reads `.env` and the environment, and fills in what is not set. Throws StartError that lists every problem. */
export function loadSettings(defaults: { host: string | null }): Settings {
  const file = join(projectRoot, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value) given[name] = value;

  const dataDir = resolve(projectRoot, given.GATEHOUSE_DATA_DIR ?? ".gatehouse");
  const port = given.PORT ?? "3000";
  const env = {
    NEXTAUTH_URL: `http://localhost:${port}`,
    ...readSecrets(dataDir),
    ...given,
    PORT: port,
    GATEHOUSE_DATA_DIR: dataDir,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  validate({ DATABASE_URL: "postgres://127.0.0.1/gatehouse", ...env });
  return {
    dataDir,
    port: Number(port),
    host: given.HOST ?? defaults.host,
    databaseUrl: given.DATABASE_URL ?? null,
    env,
  };
}

function validate(env: Record<string, string>) {
  try {
    parseEnv(env);
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

/** The secrets of this data folder, made once. Without them every session ends, and what is encrypted stays unread. */
function readSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) makeSecrets(file);
    return JSON.parse(readFileSync(file, "utf8")) as Secrets;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code)
      throw new StartError(`${file} cannot be read: restore it from a backup, or delete it to generate new secrets.`);
    throw new StartError(`The data folder ${dataDir} cannot be used (${code}). Set GATEHOUSE_DATA_DIR to another one.`);
  }
}

/** A link refuses where a rename replaces: of two first starts at once, both end with the same secrets. */
function makeSecrets(file: string) {
  const secrets: Secrets = {
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    GATEHOUSE_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  };
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true });
  chmodSync(fresh, 0o600);
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(fresh);
  }
}
