import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, platform } from "node:os";
import { isAbsolute, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Stop, usageError } from "./stop";

type Env = Record<string, string | undefined>;

/** A server, and the token that it gave. */
export type Profile = { server: string; token: string };
type Profiles = Record<string, Profile>;

export const usualProfile = "default";

/** As the XDG Base Directory Specification has it. */
export const folderOf = (env: Env, variable: "XDG_CONFIG_HOME" | "XDG_CACHE_HOME", usual: string): string => {
  const given = env[variable];
  return join(given && isAbsolute(given) ? given : join(env.HOME || homedir(), usual), "gatehouse");
};

export const profilesFile = (env: Env) => join(folderOf(env, "XDG_CONFIG_HOME", ".config"), "profiles.json");

/** Throws `Stop` where others could read the tokens, since they may have. */
export function readProfiles(env: Env): Profiles {
  const file = profilesFile(env);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
    if (platform() !== "win32" && statSync(file).mode & 0o077)
      throw new Stop("notAllowed", `${file} can be read by other users. Run: chmod 600 ${file}`);
  } catch (error) {
    if (error instanceof Stop) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return Object.create(null);
    throw new Stop("notAllowed", `${file} cannot be read (${code}).`);
  }
  try {
    const read: unknown = JSON.parse(text);
    if (isProfiles(read)) return Object.assign(Object.create(null), read);
  } catch {}
  throw new Stop("notAllowed", `${file} is not a valid profiles file. Delete it and sign in again.`);
}

const isProfiles = (read: unknown): read is Profiles =>
  typeof read === "object" &&
  read !== null &&
  Object.values(read).every((one) => typeof one?.server === "string" && typeof one?.token === "string");

/** Milliseconds that a call waits for another one that changes profiles, which takes a few. */
const patience = 5_000;

/**
 * Changes the profiles as they are at that moment, alone among all calls: of two that sign in at the same time each keeps what the other has
 * kept. Written whole or not at all, and readable by its owner alone. Returns the file.
 */
export async function changeProfiles(env: Env, change: (profiles: Profiles) => Profiles): Promise<string> {
  const file = profilesFile(env);
  const [lock, fresh] = [`${file}.lock`, `${file}.${process.pid}`];
  writing(file, () => mkdirSync(folderOf(env, "XDG_CONFIG_HOME", ".config"), { recursive: true, mode: 0o700 }));
  for (const end = Date.now() + patience; !writing(file, () => taken(lock)); await pause(20))
    if (Date.now() > end)
      throw new Stop("refused", `Another command is changing ${file}. If none is running, run: rm ${lock}`);
  try {
    const profiles = change(readProfiles(env));
    writing(file, () => {
      writeFileSync(fresh, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
      chmodSync(fresh, 0o600);
      renameSync(fresh, file);
    });
  } finally {
    rmSync(lock, { force: true });
  }
  return file;
}

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function writing<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new Stop("refused", `${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Where a call goes; null: nothing says so. */
export type Remote = Profile | { server: string; token: null };

type Asked = { server?: string; profile?: string };

/** What options and environment name; the usual profile only where nothing else can be meant. */
export function chooseRemote(asked: Asked, env: Env, usual: boolean): Remote | null {
  const name = asked.profile ?? (asked.server ? undefined : env.GATEHOUSE_PROFILE || undefined);
  const server = asked.server ?? (name === undefined ? env.GATEHOUSE_SERVER || undefined : undefined);
  const token = env.GATEHOUSE_TOKEN || null;
  if (name !== undefined) {
    const profile = readProfiles(env)[name];
    if (!profile) throw new Stop("notAllowed", `There is no profile "${name}". See gatehouse login --help.`);
    if (server !== undefined && readServer(server) !== profile.server)
      throw usageError(`The profile "${name}" is for ${profile.server}.`);
    return { ...profile, ...(token && { token }) };
  }
  if (server !== undefined) {
    const address = readServer(server);
    if (token) return { server: address, token };
    const known = Object.values(readProfiles(env)).find((profile) => profile.server === address);
    return known ?? { server: address, token: null };
  }
  const profile = usual ? readProfiles(env)[usualProfile] : undefined;
  return profile ? { ...profile, ...(token && { token }) } : null;
}

/** The origin of a server. Tokens go through TLS, but on this machine. */
export function readServer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw usageError(`"${text}" is not a server address such as https://gatehouse.example.com.`);
  if (url.username || url.password || url.search || url.hash || url.pathname !== "/")
    throw usageError(`A server address ends after its host and port, and contains no password.`);
  if (url.protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname))
    throw usageError(`Tokens are sent over https only, except to this machine: use https://${url.host}.`);
  return url.origin;
}

export const notSignedIn = (server: string) =>
  new Stop("notAllowed", `You are not signed in at ${server}. Run: gatehouse login --server ${server}`);
