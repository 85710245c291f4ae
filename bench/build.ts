import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { v7 } from "uuid";
import { createDb } from "@/db/client";
import { freePort } from "@/db/embedded";

/** A server, and the cookie of somebody who may do everything there. */
export type Served = { base: string; cookie: string; agent: Agent };
/** A production build that runs on a database of the bench. */
export type Build = Served & { name: string; pid: number; end: () => Promise<void> };

/** Somebody who may do everything, by a role made for this, in a session that began just now. */
export async function signIn(url: string, secret: string): Promise<string> {
  const db = createDb(url, { max: 1 });
  const sid = v7();
  try {
    const [person] = await db.execute<{ id: string }>(sql`
      update users set access_ends_at = null, configuration = 'default'
       where id = (select id from users where status = 'active' and locked_at is null order by id limit 1) returning id`);
    await db.execute(sql`
      with made as (
        insert into roles (id, name, name_key, kind, admin)
        values (gen_random_uuid(), 'Everything', 'everything', 'additional', true)
        on conflict (name_key) do update set admin = true returning id)
      insert into user_roles (user_id, role_id) select ${person?.id}, id from made on conflict do nothing`);
    await db.execute(sql`
      insert into sessions (id, user_id, address, agent, verified_at, ends_at)
      values (${sid}, ${person?.id}, '127.0.0.1', 'Gatehouse bench', now(), now() + interval '1 day')`);
  } finally {
    await db.$client.end({ timeout: 5 });
  }
  return `gatehouse=${await encode({ token: { sid }, secret, maxAge: 86_400 })}; tz=UTC`;
}

export async function startBuild(
  name: string,
  folder: string,
  url: string,
  secret: string,
  cookie: string,
): Promise<Build> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const child = spawn(process.execPath, ["--import", "tsx", "--import", "./cli/exit-with-parent.mjs", "cli/start.ts"], {
    cwd: folder,
    env: {
      // Nothing of this shell's settings, so that both builds have the same.
      ...{ PATH: "/usr/bin:/bin", NODE_ENV: "production" as const },
      ...{ GATEHOUSE_DATA_DIR: data, DATABASE_URL: url, NEXTAUTH_SECRET: secret, GATEHOUSE_LOG_LEVEL: "error" },
      ...{ HOST: "127.0.0.1", PORT: String(port), NEXTAUTH_URL: `http://localhost:${port}` },
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const end = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await untilReady(child);
  } catch (error) {
    await end();
    throw error;
  }
  return { name, base: `http://127.0.0.1:${port}`, pid: serverOf(child.pid ?? 0), cookie, agent: keptAlive(), end };
}

export const keptAlive = () => new Agent({ keepAlive: true, maxSockets: 8 });

async function untilReady(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (!child.stdout) throw new Error("The server has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (line.includes("Gatehouse is ready")) return;
  }
  throw new Error(`The server exited before it was ready.\n${said.join("\n")}`);
}

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

/** The process of Next among those that a start command has started. */
const serverOf = (pid: number): number =>
  childrenOf(pid).find((child) => readFileSync(`/proc/${child}/cmdline`, "utf8").includes("next")) ?? 0;

/** Milliseconds of processor that a process has used: its own and the system's for it. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export type Answer = { status: number; bytes: Buffer };

/** What travels, compressed as the server does it. */
export const get = ({ base, cookie, agent }: Served, path: string) =>
  new Promise<Answer>((resolve, reject) => {
    const headers = { cookie, accept: "text/html", "accept-encoding": "gzip" };
    request(`${base}${path}`, { agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(parts) }));
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
