import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { newToken } from "@/lib/platform/token";
import { withDatabase } from "./sign-in-as";

const script = join(import.meta.dirname, "../examples/gatehouse-client.mjs");
const week = 7 * 86_400_000;

export type MadeClient = { id: string; name: string; token: string };

/** A client with its provision token, as "Generate" makes them. */
export async function makeClient(
  person: { id: string },
  name: string,
  database: typeof withDatabase = withDatabase,
): Promise<MadeClient> {
  const id = v7();
  const { text, hash, prefix, lastFour } = newToken("gh_cli");
  const endsAt = new Date(Date.now() + week);
  await database((sql) =>
    sql.begin(async (tx) => {
      await tx`insert into clients (id, user_id, name, name_key, search, status, token_prefix, token_last_four, token_expires_at, token_confirmed_at)
        values (${id}, ${person.id}, ${name}, ${foldName(name)}, ${searchText(name)}, 'provisioned', ${prefix}, ${lastFour}, ${endsAt}, now())`;
      await tx`insert into client_tokens (id, client_id, hash, expires_at) values (${v7()}, ${id}, ${hash}, ${endsAt})`;
    }),
  );
  return { id, name, token: text };
}

export const newHome = () => mkdtempSync(join(tmpdir(), "gatehouse-client-"));

/** A process of its own, with all that it starts: what it has said, and how it ended. */
export class Run {
  said = "";
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;

  constructor(program: string, given: string[]) {
    this.child = spawn(program, given, { stdio: ["ignore", "pipe", "pipe"], detached: true });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on("data", (piece) => {
        this.said += piece;
      });
    this.ended = once(this.child, "close").then(([code]) => code as number | null);
  }

  protected tell(signal: NodeJS.Signals) {
    if (this.child.pid && this.child.exitCode === null) process.kill(-this.child.pid, signal);
  }

  /** Its exit code, and all that it has said. */
  async end(): Promise<{ code: number | null; said: string }> {
    const code = await this.ended;
    return { code, said: this.said };
  }

  stop() {
    this.tell("SIGTERM");
    return this.end();
  }
}

/** A run of the reference client. */
export class ClientProcess extends Run {
  constructor(command: string, home: string, more: string[] = []) {
    super(process.execPath, [script, command, "--home", home, ...more]);
  }

  /** Makes it report at once. */
  wake() {
    this.tell("SIGHUP");
  }
}

/** What somebody pastes into a shell, in a folder that is also the home of that person. */
export class ShellProcess extends Run {
  constructor(command: string, folder: string) {
    super("/bin/sh", ["-c", `HOME='${folder}'; export HOME; cd "$HOME"; ${command}`]);
  }
}

/** Registers a client by its token, as a person does by the ready command. */
export async function registerClient(server: string, { token }: MadeClient, home = newHome()) {
  const file = join(home, "rig.token");
  writeFileSync(file, token, { mode: 0o600 });
  const made = await new ClientProcess("register", home, ["--server", server, "--token-file", file]).end();
  if (made.code !== 0) throw new Error(made.said);
  return home;
}
