import { Agent, request } from "node:http";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { newKey, signAssertion, type TestKey, tokenForm } from "@/lib/testing/assertions";
import { type Build, cpuOf, get } from "./build";
import { printTable, time } from "./measure";

const rounds = 5;
const seconds = 4;
const connections = 16;
const urlencoded = "application/x-www-form-urlencoded";
const beat = JSON.stringify({ version: "1", platform: "bench", instance: "the-run-of-the-bench" });
/** So many clients beat once a minute. */
const beating = 10_000;

type Ask = {
  path: string;
  method?: "GET" | "POST";
  type?: string;
  bearer?: string;
  body?: () => Promise<string> | string;
};
type Kind = Ask & { name: string; goal?: { rate?: number; cpu?: number } };

/**
 * Measures what programs ask most often, in turn with a route that does nothing: who an access token is, introspection, heartbeats, and tokens by a
 * signed assertion; then how long a page of the console takes while 10,000 clients beat once a minute.
 */
export async function benchProtocol(build: Build, db: Db, accessToken: string): Promise<void> {
  // The address that a client is given, not the address that the bench uses.
  const issuer = build.base.replace("127.0.0.1", "localhost");
  const key = await newKey();
  const clients = await clientsWith(db, key);
  const form = async (id = clients[0] ?? "") =>
    new URLSearchParams(tokenForm(await signAssertion(key, id, { claims: { aud: issuer } }))).toString();
  const tokens = await tokensOf(build, clients, form);
  const [bearer = ""] = tokens;
  const kinds: Kind[] = [
    { name: "a route that does nothing", ...nothing },
    { name: "an access token, who it is", path: "/api/v1/me", method: "GET", bearer: accessToken, goal: { rate: 0.8 } },
    {
      name: "introspection",
      path: "/oauth/introspect",
      type: urlencoded,
      bearer,
      body: () => `token=${bearer}`,
      goal: { rate: 0.8 },
    },
    {
      name: "introspection, by a service",
      path: "/oauth/introspect",
      type: urlencoded,
      bearer: accessToken,
      body: () => `token=${bearer}`,
      goal: { rate: 0.8 },
    },
    { name: "heartbeat", ...heartbeat(bearer), goal: { cpu: 1.5 } },
    { name: "a token", path: "/oauth/token", type: urlencoded, body: () => form() },
  ];
  await measureKinds(build, kinds);
  await measureBesideBeats(build, tokens);
}

const heartbeat = (bearer: string): Ask => ({
  path: "/api/v1/clients/heartbeat",
  type: "application/json",
  bearer,
  body: () => beat,
});
const nothing: Ask = { path: "/api/health/live", method: "GET" };

/** Registered clients, each with this key. */
async function clientsWith(db: Db, key: TestKey): Promise<string[]> {
  const changed = await db.execute<{ id: string }>(sql`
    update clients set public_key = ${JSON.stringify(key.publicKey)}::jsonb, awaiting = false
     where id in (select clients.id from clients join users on users.id = user_id
                   where clients.status = 'registered' and users.status = 'active' and users.access_ends_at is null limit ${beating})
    returning id`);
  return changed.map(({ id }) => id);
}

async function tokensOf(build: Build, clients: string[], form: (id: string) => Promise<string>): Promise<string[]> {
  const waiting = [...clients];
  const tokens: string[] = [];
  const lane = async () => {
    for (let id = waiting.pop(); id; id = waiting.pop()) {
      const body = new URLSearchParams(await form(id));
      const answer = await fetch(`${build.base}/oauth/token`, { method: "POST", body });
      const said = (await answer.json()) as { access_token?: string };
      if (!said.access_token) throw new Error(`A client of the bench got no token: ${JSON.stringify(said)}`);
      tokens.push(said.access_token);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return tokens;
}

async function measureKinds(build: Build, kinds: Kind[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const found = kinds.map(() => [] as { rate: number; cpu: number }[]);
  for (let round = 0; round <= rounds; round++)
    for (const [at, kind] of kinds.entries()) {
      const one = await load(build, () => send(build.base, agent, kind));
      // The first round warms up.
      if (round > 0) found[at]?.push(one);
    }
  agent.destroy();
  const [empty, ...others] = found.map((all) => ({
    rate: middle(all.map(({ rate }) => rate)),
    cpu: middle(all.map(({ cpu }) => cpu)),
  }));
  if (!empty) return;
  const rows = [empty, ...others].map(({ rate, cpu }, at) => {
    const { name, goal } = kinds[at] as Kind;
    const [ofRate, ofCpu] = [rate / empty.rate, cpu / empty.cpu];
    const missed = ofRate < (goal?.rate ?? 0) || ofCpu > (goal?.cpu ?? Number.POSITIVE_INFINITY);
    const wanted = goal?.rate ? `rate >= ${goal.rate}` : goal?.cpu ? `processor <= ${goal.cpu}` : "";
    return [name, rate.toFixed(0), ofRate.toFixed(2), cpu.toFixed(2), ofCpu.toFixed(2), wanted, missed ? "missed" : ""];
  });
  printTable(
    `What programs ask, ${connections} connections, the middle of ${rounds} rounds of ${seconds} s`,
    ["what", "a second", "of nothing", "CPU ms", "of nothing", "goal", ""],
    rows,
  );
}

async function load(build: Build, ask: () => Promise<void>): Promise<{ rate: number; cpu: number }> {
  const [begin, cpu] = [performance.now(), cpuOf(build.pid)];
  let count = 0;
  const lane = async () => {
    while (performance.now() - begin < seconds * 1000) {
      await ask();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return { rate: (count * 1000) / (performance.now() - begin), cpu: (cpuOf(build.pid) - cpu) / count };
}

/**
 * A page of the console alone, beside clients that beat, and beside as many requests that do nothing, in turn: the last shows what of the
 * difference is the price of any request, whatever it does.
 */
async function measureBesideBeats(build: Build, tokens: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const page = async () => (await time(100, () => get(build, "/admin/users"))).p95;
  const [alone, beaten, asked] = [[] as number[], [] as number[], [] as number[]];
  let beats = 0;
  async function pageBeside(next: () => Ask): Promise<number> {
    const sent = new Set<Promise<void>>();
    let failure: unknown;
    const timer = setInterval(() => {
      const one = send(build.base, agent, next())
        .catch((error) => {
          failure ??= error;
        })
        .finally(() => sent.delete(one));
      sent.add(one);
    }, 60_000 / tokens.length);
    const p95 = await page().finally(() => clearInterval(timer));
    // Those that are still on their way would be cut off with the agent.
    await Promise.all(sent);
    if (failure) throw failure;
    return p95;
  }
  for (let round = 0; round < rounds; round++) {
    alone.push(await page());
    beaten.push(await pageBeside(() => heartbeat(tokens[beats++ % tokens.length] ?? "")));
    asked.push(await pageBeside(() => nothing));
  }
  agent.destroy();
  const base = middle(alone);
  const row = (name: string, found: number[], goal?: number) => {
    const times = middle(found) / base;
    return [name, middle(found).toFixed(1), times.toFixed(2), `${goal ?? ""}`, goal && times > goal ? "missed" : ""];
  };
  const number = tokens.length.toLocaleString("en-US");
  printTable(
    `The list of users, p95 in ms (${beats} beats)`,
    ["beside", "p95", "times", "goal", ""],
    [
      row("nothing", alone),
      row(`${number} clients that beat once a minute`, beaten, 1.3),
      row("as many requests that do nothing", asked),
    ],
  );
}

async function send(base: string, agent: Agent, { path, method = "POST", type, bearer, body }: Ask): Promise<void> {
  const text = await body?.();
  const headers = {
    ...(type && { "content-type": type, "content-length": Buffer.byteLength(text ?? "") }),
    ...(bearer && { authorization: `Bearer ${bearer}` }),
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

const middle = (found: number[]) => found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0;
