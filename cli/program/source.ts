import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ask, serverAsk } from "./ask-server";
import { type ApiDocument, verbsOf } from "./document";
import { folderOf, notSignedIn, type Remote } from "./profiles";
import { Stop } from "./stop";
import type { Terminal } from "./terminal";

/** Where the verbs come from and where they are done: a server, or the database of this machine. */
export interface Source {
  /** Its own among all, for what is kept of it. */
  name: string;
  document(): Promise<ApiDocument>;
  open(): Promise<Ask>;
  /** Whether a POST can be made the only one of its key. */
  keys: boolean;
  /** Who acts there, where that is no token. */
  owner: string | null;
}

type Env = Terminal["env"];

/** As long as the server says itself that its description may be kept. */
const fresh = 5 * 60_000;

export function remoteSource({ server, token }: Remote, { env, tell }: Pick<Terminal, "env" | "tell">): Source {
  return {
    name: server,
    keys: true,
    owner: null,
    async document() {
      const kept = readKept(env, server, fresh);
      if (kept) return kept;
      const { status, text } = await serverAsk(
        server,
        null,
        tell,
      )({
        ...{ method: "GET", path: "/openapi.json", query: [], headers: {}, body: null },
      });
      const read = status === 200 ? parse(text) : null;
      if (!read) throw new Stop("unreachable", `${server} does not answer like a Gatehouse server (${status}).`);
      // What cannot be read must not be kept, or it would be refused as long as it is there.
      verbsOf(read);
      keep(env, server, text);
      return read;
    },
    async open() {
      if (token === null) throw notSignedIn(server);
      return serverAsk(server, token, tell);
    },
  };
}

function parse(text: string): ApiDocument | null {
  try {
    const read = JSON.parse(text);
    return typeof read?.paths === "object" && read.paths !== null ? read : null;
  } catch {
    return null;
  }
}

const fileOf = (env: Env, name: string) =>
  join(
    folderOf(env, "XDG_CACHE_HOME", ".cache"),
    `${createHash("sha256").update(name).digest("hex").slice(0, 32)}.json`,
  );

/** The description of a source as it was kept; null: none, or an older one than that. */
export function readKept(env: Env, name: string, age = Number.POSITIVE_INFINITY): ApiDocument | null {
  const file = fileOf(env, name);
  try {
    return Date.now() - statSync(file).mtimeMs < age ? parse(readFileSync(file, "utf8")) : null;
  } catch {
    return null;
  }
}

/** Without a place for it everything works, a little slower. */
export function keep(env: Env, name: string, text: string): void {
  const file = fileOf(env, name);
  try {
    mkdirSync(folderOf(env, "XDG_CACHE_HOME", ".cache"), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, text, { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
  } catch {}
}
