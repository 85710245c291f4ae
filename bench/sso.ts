import { fork } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { on } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { register } from "node:module";
import { join } from "node:path";
import { inventSettings } from "@/cli/invented-settings";
import { createDb, type Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { identities } from "@/db/schema";
import { createTestDatabase } from "@/lib/testing/databases";
import { printTable } from "./measure";
import { type Asked, countStatements } from "./statements";

/** Bundlers give the default of a CommonJS module where Node gives the module: here as well, lib/ is given the function. */
const module = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
const nextAuth = module(`import { createRequire } from "node:module";
  export default createRequire(${JSON.stringify(import.meta.url)})("next-auth").default;`);
register(
  module(`export const resolve = (name, context, next) =>
    name === "next-auth" ? { url: ${JSON.stringify(nextAuth)}, shortCircuit: true } : next(name, context);`),
);

const signIns = 300;
const goal = 15;
const slug = "enabled";

type Peer = Awaited<ReturnType<typeof startPeer>>;
/** Milliseconds; `worked`: of this process's processor time, which other programs do not lengthen. */
type Taken = { total: number; waited: number; worked: number };

/** Milliseconds of a sign-in through a provider, its start and its callback, beside those spent on the provider's answers. */
export async function benchSso(serverUrl: string): Promise<void> {
  const database = await createTestDatabase(serverUrl, "gatehouse_bench_sso");
  inventSettings(database.url);
  await migrate(database.url);
  const db = createDb(database.url, { max: 4 });
  Object.assign(globalThis, { gatehouseDb: db });
  const peer = await startPeer();
  try {
    await prepare(db, peer);
    await signInOnce(db, peer);
    const counted = countStatements(db);
    await signInOnce(db, peer);
    const statements = counted();
    await peer.asked();
    const taken: Taken[] = [];
    for (let round = 0; round < signIns; round += 1) taken.push(await signInOnce(db, peer));
    const asked = await peer.asked();
    const provider = await connectionFor(db);
    const alone: Taken[] = [];
    for (let round = 0; round < signIns; round += 1) alone.push(await shakeHandsOnce(provider, peer));
    printTaken(`A sign-in through a provider, ${signIns} times, from its start to the session`, taken);
    printTaken("Its handshake alone, by next-auth and openid-client, without a database", alone);
    const paths = [...new Set(asked)].map((path) => `${path} ${asked.filter((one) => one === path).length}`);
    console.log(
      `\nRequests to the provider: ${paths.join(", ")}.\nOf the database, one sign-in: ${together(statements)}.`,
    );
    const reached = at(taken, ours, 0.5);
    console.log(`Goal: ours at p50 within ${goal} ms. ${reached <= goal ? "Met." : "Missed."}`);
  } finally {
    peer.stop();
    await db.$client.end({ timeout: 5 });
    await database.drop();
  }
}

async function startPeer() {
  const child = fork(join(import.meta.dirname, "sso-peer.ts"), { execArgv: ["--import", "tsx"] });
  const said = on(child, "message");
  const next = async () => (await said.next()).value[0] as Record<string, unknown>;
  const { discoveryUrl, issuer } = (await next()) as { discoveryUrl: string; issuer: string };
  return {
    discoveryUrl,
    issuer,
    async authorize(address: string): Promise<URLSearchParams> {
      child.send({ authorize: address });
      return new URLSearchParams(String((await next()).query));
    },
    /** Paths that were asked for since the last call. */
    async asked(): Promise<string[]> {
      child.send({});
      return (await next()).asked as string[];
    },
    stop: () => child.kill(),
  };
}

/** A company with a provider, and one who is known by it. */
async function prepare(db: Db, peer: Peer): Promise<void> {
  const { company } = await import("@/lib/testing/company");
  const { as } = await import("@/lib/testing/database");
  const { makeProviders } = await import("@/lib/testing/identity-providers");
  const { ada, eve } = await company(db);
  const { enabled } = await makeProviders(await as(db, ada), db as never, peer);
  const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
  await db
    .insert(identities)
    .values({ providerId: enabled.id, issuer: peer.issuer, subject: "somebody", userId: eve.id, claims });
}

async function connectionFor(db: Db) {
  const { connectionOf, providerBySlug } = await import("@/lib/identity-providers/find");
  const row = await providerBySlug(db as never, slug);
  if (!row) throw new Error("The provider is gone");
  return connectionOf(db as never, row);
}

async function shakeHandsOnce(provider: Awaited<ReturnType<typeof connectionFor>>, peer: Peer): Promise<Taken> {
  const { beginHandshake, finishHandshake } = await import("@/lib/sign-in/providers/handshake");
  return measure(
    () => beginHandshake(provider, "/"),
    async ({ url, cookies }) => {
      const query = Object.fromEntries(await peer.authorize(url));
      return { query, cookies: Object.fromEntries(cookies.map(({ name, value }) => [name, value])) };
    },
    async (brought) => {
      if ("code" in (await finishHandshake(provider, brought))) throw new Error("The handshake proved nobody");
    },
  );
}

async function signInOnce(db: Db, peer: Peer): Promise<Taken> {
  const { SignInBrowser } = await import("@/lib/testing/browser");
  const { beginSignIn } = await import("@/lib/sign-in/providers/flow");
  const { asNobody } = await import("@/lib/testing/database");
  const browser = new SignInBrowser();
  return measure(
    () => beginSignIn(asNobody(db), { slug, next: "/" }),
    async (begun) => {
      browser.keep(begun);
      return peer.authorize(begun.url);
    },
    async (query) => {
      const landed = await browser.callback(slug, query);
      if (landed.pathname !== "/") throw new Error(`The sign-in ended at ${landed.pathname}${landed.search}`);
    },
  );
}

/** Both halves of a sign-in; what lies between is done by others. */
async function measure<B, Q>(
  begin: () => Promise<B>,
  between: (begun: B) => Promise<Q>,
  finish: (back: Q) => Promise<void>,
) {
  const stopWaiting = watchAnswers();
  const used = process.cpuUsage();
  const began = performance.now();
  const begun = await begin();
  const start = performance.now() - began;
  const query = await between(begun);
  const back = performance.now();
  await finish(query);
  const total = start + performance.now() - back;
  const { user, system } = process.cpuUsage(used);
  return { total, waited: stopWaiting(), worked: (user + system) / 1_000 };
}

/** Milliseconds from each request to the end of its answer, until it is called. */
function watchAnswers(): () => number {
  const began = new WeakMap<ClientRequest, number>();
  let waited = 0;
  const start = (message: unknown) => {
    began.set((message as { request: ClientRequest }).request, performance.now());
  };
  const finish = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    response.once("end", () => {
      waited += performance.now() - (began.get(request) ?? performance.now());
    });
  };
  subscribe("http.client.request.start", start);
  subscribe("http.client.response.finish", finish);
  return () => {
    unsubscribe("http.client.request.start", start);
    unsubscribe("http.client.response.finish", finish);
    return waited;
  };
}

const at = (taken: Taken[], of: (one: Taken) => number, share: number) => {
  const sorted = taken.map(of).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
};

const ours = ({ total, waited }: Taken) => total - waited;

function printTaken(title: string, taken: Taken[]): void {
  const row = (name: string, of: (one: Taken) => number) => [
    name,
    ...[0.5, 0.95].map((share) => at(taken, of, share).toFixed(1)),
  ];
  printTable(
    title,
    ["what", "p50 ms", "p95 ms"],
    [
      row("in all", ({ total }) => total),
      row("the provider's answers", ({ waited }) => waited),
      row("ours", ours),
      row("processor time of it", ({ worked }) => worked),
    ],
  );
}

const together = ({ statements, unprepared, transactions }: Asked) =>
  `${statements} statements, ${unprepared} of them not kept prepared, ${transactions} transaction`;
