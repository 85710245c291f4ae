import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { startDemoServer } from "@/cli/demo-server";
import { createDb, type Db } from "@/db/client";
import { freePort } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { clients, users } from "@/db/schema";
import { operator } from "@/lib/authz/principal";
import { generateClient } from "@/lib/clients/commands";
import { createContext } from "@/lib/context";
import { newKey, signAssertion, tokenForm } from "@/lib/testing/assertions";
import { createTestDatabase } from "@/lib/testing/databases";
import { printTable } from "./measure";
import { loadPeople } from "./people";

const rounds = 5;
const seconds = 4;
const connections = 16;
/** Of the rate of a route that does nothing. */
const goal = 0.8;

type Ask = { path: string; method?: "GET" | "POST"; type?: string; body?: () => Promise<string> | string };

/**
 * Measures what programs ask most often over HTTP, on the production build, in turn with a route that does nothing: introspection of an
 * access token and heartbeats, and tokens by a signed assertion.
 */
export async function benchTokens(serverUrl: string, size: number): Promise<void> {
  const database = await createTestDatabase(serverUrl, "gatehouse_bench_tokens");
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const port = String(await freePort());
  const base = `http://localhost:${port}`;
  const db = createDb(database.url, { max: 2 });
  try {
    await migrate(database.url);
    await loadPeople(database.url, size);
    const where = { dataDir, port, databaseUrl: database.url, logFile: join(dataDir, "server.log") };
    const stop = await startDemoServer({ ...where, script: "cli/start.ts" });
    try {
      await measure(base, await askAs(db, base));
    } finally {
      await stop();
    }
  } finally {
    await db.$client.end({ timeout: 5 });
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Registers a client of somebody, and gives what it asks. */
async function askAs(db: Db, base: string) {
  const [person] = await db.select({ id: users.id }).from(users).where(eq(users.status, "active")).limit(1);
  const ctx = createContext(db, operator);
  const { clientId, token } = await generateClient(ctx, { userId: person?.id ?? "", name: "bench-rig" });
  const key = await newKey();
  const body = JSON.stringify({ token, publicKey: key.publicKey, version: "1", platform: "bench" });
  const headers = { "content-type": "application/json" };
  await fetch(`${base}/api/v1/clients/register`, { method: "POST", body, headers });
  const [client] = await db.select({ status: clients.status }).from(clients).where(eq(clients.id, clientId));
  if (client?.status !== "registered") throw new Error("The client of the bench was not registered");
  const form = async () =>
    new URLSearchParams(tokenForm(await signAssertion(key, clientId, { claims: { aud: base } }))).toString();
  const granted = await fetch(`${base}/oauth/token`, { method: "POST", body: new URLSearchParams(await form()) });
  const { access_token: bearer } = (await granted.json()) as { access_token: string };
  const urlencoded = "application/x-www-form-urlencoded";
  const beat = JSON.stringify({ version: "1", platform: "bench", instance: "the-run-of-the-bench" });
  const kinds: Record<string, Ask> = {
    "a route that does nothing": { path: "/api/health/live", method: "GET" },
    introspection: { path: "/oauth/introspect", type: urlencoded, body: () => `token=${bearer}` },
    heartbeat: { path: "/api/v1/clients/heartbeat", type: "application/json", body: () => beat },
    "a token": { path: "/oauth/token", type: urlencoded, body: form },
  };
  return { bearer, kinds };
}

async function measure(base: string, { bearer, kinds }: Awaited<ReturnType<typeof askAs>>): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const rates = new Map(Object.keys(kinds).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, ask] of Object.entries(kinds)) {
      const rate = await ratePerSecond(() => send(base, agent, bearer, ask));
      // The first round warms up.
      if (round > 0) rates.get(name)?.push(rate);
    }
  agent.destroy();
  const middle = (name: string) => rates.get(name)?.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  const empty = middle("a route that does nothing");
  printTable(
    `${connections} connections, the middle of ${rounds} rounds of ${seconds} s; the goal of introspection is ${goal * 100} %`,
    ["what", "a second", "of nothing"],
    Object.keys(kinds).map((name) => [name, middle(name).toFixed(0), `${((middle(name) / empty) * 100).toFixed(0)} %`]),
  );
}

async function ratePerSecond(ask: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  let count = 0;
  const lane = async () => {
    while (performance.now() - begin < seconds * 1000) {
      await ask();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return count / ((performance.now() - begin) / 1000);
}

async function send(base: string, agent: Agent, bearer: string, { path, method = "POST", type, body }: Ask) {
  const text = await body?.();
  const headers = {
    ...(type && { "content-type": type, "content-length": Buffer.byteLength(text ?? "") }),
    ...(path !== "/oauth/token" && type && { authorization: `Bearer ${bearer}` }),
  };
  await new Promise<void>((resolve, reject) => {
    request(`${base}${path}`, { agent, method, headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${path} answered ${answer.statusCode}`)),
      );
    })
      .on("error", reject)
      .end(text);
  });
}
