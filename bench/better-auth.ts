import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { createDb } from "@/db/client";
import { freePort } from "@/db/embedded";
import { createTestDatabase } from "@/lib/testing/databases";

const packages = ["better-auth@1.7.25", "pg@8.23.1"];
const folder = join(import.meta.dirname, "..", ".test", "better-auth");
const password = "correct horse battery staple";

/** Better Auth with its admin plugin, as its documentation sets it up, without its limit of requests. */
const program = `
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { admin } from "better-auth/plugins";
import pg from "pg";

const [connectionString, port] = process.argv.slice(2);
const options = {
  database: new pg.Pool({ connectionString, max: 10 }),
  baseURL: "http://127.0.0.1:" + port,
  secret: "of a bench, and used nowhere else",
  emailAndPassword: { enabled: true },
  plugins: [admin()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
};
await (await getMigrations(options)).runMigrations();
createServer(toNodeHandler(betterAuth(options))).listen(Number(port), "127.0.0.1", () => console.log("ready"));
process.on("disconnect", () => process.exit());
`;

export type Peer = { base: string; headers: Record<string, string>; end: () => Promise<void> };

/**
 * Better Auth on the same PostgreSQL with the same people, by name and email, and somebody signed in who may list them. Its packages are
 * installed in a folder of their own.
 */
export async function startBetterAuth(serverUrl: string, houseUrl: string): Promise<Peer> {
  if (!existsSync(join(folder, "node_modules"))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    execFileSync("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder, stdio: "inherit" });
  }
  writeFileSync(join(folder, "server.js"), program);
  const database = await createTestDatabase(serverUrl, "gatehouse_bench_better_auth");
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ["server.js", database.url, String(port)], {
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const end = async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    await database.drop();
  };
  try {
    if (!child.stdout) throw new Error("Better Auth has no output");
    await once(createInterface({ input: child.stdout }), "line");
    await copyPeople(houseUrl, database.url);
    return { base, headers: await signInAsAdmin(base, database.url), end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function copyPeople(from: string, to: string): Promise<void> {
  const [house, peer] = [postgres(from, { max: 1 }), createDb(to, { max: 1, statementTimeout: 600_000 })];
  try {
    const people = house`
      select id, concat_ws(' ', first_name, last_name) as name, email, created_at from users where email is not null`;
    await people.cursor(20_000, async (rows) => {
      await peer.execute(sql`
        insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", role)
        select id, name, email, true, created_at::timestamptz, created_at::timestamptz, 'user'
          from json_to_recordset(${JSON.stringify(rows)}::json) as people (id text, name text, email text, created_at text)
        on conflict do nothing`);
    });
    await peer.execute(sql`vacuum analyze "user"`);
  } finally {
    await Promise.all([house, peer.$client].map((client) => client.end({ timeout: 5 })));
  }
}

async function signInAsAdmin(base: string, url: string): Promise<Record<string, string>> {
  const body = { email: "bench@northwind.example", password };
  await post(base, "/api/auth/sign-up/email", { ...body, name: "The bench" });
  const db = createDb(url, { max: 1 });
  try {
    await db.execute(sql`update "user" set role = 'admin' where email = ${body.email}`);
  } finally {
    await db.$client.end({ timeout: 5 });
  }
  const answer = await post(base, "/api/auth/sign-in/email", body);
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return { cookie: cookies.join("; ") };
}

async function post(base: string, path: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", origin: base };
  const answer = await fetch(`${base}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`Better Auth answers ${path} with ${answer.status}: ${await answer.text()}`);
  return answer;
}
