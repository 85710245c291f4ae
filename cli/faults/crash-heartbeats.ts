import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/db/embedded";
import { heartbeatInterval } from "@/lib/clients/connection";
import { newKey, signAssertion, type TestKey, tokenForm } from "@/lib/testing/assertions";
import { storeToken, withSql } from "./fault-database";

const rounds = 3;
const beating = 12;
/** So many are registered, and so many disconnected, while the others beat. */
const changing = 10;

type Rig = { id: string; token: string; key: TestKey; bearer: string };
type Answer = { status: number; body: Record<string, string> };
/** `beats`: the last version that was answered, by client; the others: what was answered of each before the server was killed. */
type Acknowledged = { beats: Map<Rig, string>; registered: Rig[]; assertions: string[]; disconnected: Rig[] };

/**
 * The server is killed while clients beat, and others register, ask for tokens and are disconnected. A beat that was answered may be lost with the second
 * in which it waited; every client beats again by the token that it has and is online within an interval. Nothing else that was answered is lost.
 */
export async function crashUnderHeartbeats(
  baseUrl: string,
  dataDir: string,
  kill: () => Promise<() => Promise<void>>,
): Promise<void> {
  const operations = ["client.generate", "client.read", "client.disconnect"];
  const adas = await withSql(dataDir, (sql) => storeToken(sql, operations));
  const server = serverAt(baseUrl, adas);
  const [ada] = await withSql(dataDir, (sql) => sql<{ id: string }[]>`select id from users where username = 'ada'`);
  const counted = { "beats answered": 0, "last beats lost": 0, registered: 0, assertions: 0, disconnected: 0 };
  let slowest = 0;
  for (let round = 0; round < rounds; round++) {
    const make = async (name: string) => server.generate(ada?.id ?? "", `crash-${round}-${name}`);
    const [steady, cut, fresh] = await Promise.all([
      many(beating, make, "beats"),
      many(changing, make, "cut"),
      many(changing, make, "new"),
    ]);
    for (const rig of [...steady, ...cut]) {
      await server.register(rig);
      rig.bearer = (await server.ask(await server.assertion(rig))).body.access_token ?? "";
    }
    const done: Acknowledged = { beats: new Map(), registered: [], assertions: [], disconnected: [] };
    const restart = await stormUntilKilled({ server, steady, cut, fresh, done, kill });
    await restart();
    const begin = Date.now();
    counted["beats answered"] += [...done.beats.values()].reduce((sum, version) => sum + Number(version), 0);
    counted["last beats lost"] += await lostBeats(dataDir, done.beats);
    for (const rig of done.registered)
      requireStatus(await server.ask(await server.assertion(rig)), 200, "A registration was lost");
    for (const rig of done.disconnected) requireStatus(await server.beat(rig, "0"), 401, "A disconnect was lost");
    for (const used of done.assertions.slice(-5))
      requireStatus(await server.ask(used), 401, "A used assertion was taken again");
    for (const rig of steady) requireStatus(await server.beat(rig, "0"), 200, "A client could not beat again");
    for (const rig of steady) slowest = Math.max(slowest, await untilOnline(server, rig, begin));
    counted.registered += done.registered.length;
    counted.assertions += done.assertions.length;
    counted.disconnected += done.disconnected.length;
  }
  console.table(counted);
  console.log(`  every client was online again within ${slowest} ms of the server's return`);
  if (counted["last beats lost"] === 0)
    throw new StartError("No crash came between a heartbeat's answer and its writing.");
}

const many = (count: number, make: (name: string) => Promise<Rig>, name: string) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(`${name}-${index}`)));

function requireStatus(answer: Answer | null, status: number, otherwise: string) {
  if (answer?.status !== status)
    throw new StartError(
      `${otherwise}: answered ${answer?.status} ${JSON.stringify(answer?.body)}, and not ${status}.`,
    );
}

type Storm = {
  server: ReturnType<typeof serverAt>;
  steady: Rig[];
  cut: Rig[];
  fresh: Rig[];
  done: Acknowledged;
  kill: () => Promise<() => Promise<void>>;
};

/** Everything at once until the server is killed, which is as soon as half of what changes is answered. Returns the way to start it again. */
async function stormUntilKilled({ server, steady, cut, fresh, done, kill }: Storm) {
  let killed = false;
  const beats = steady.map(async (rig) => {
    for (let version = 1; !killed; version++) {
      const answer = await server.beat(rig, String(version)).catch(() => null);
      if (answer?.status === 200) done.beats.set(rig, String(version));
      await sleep(20);
    }
  });
  const asked = steady.map(async (rig) => {
    while (!killed) {
      const assertion = await server.assertion(rig);
      const answer = await server.ask(assertion).catch(() => null);
      if (answer?.status === 200) done.assertions.push(assertion);
      await sleep(50);
    }
  });
  const oneByOne = async (rigs: Rig[], change: (rig: Rig) => Promise<Answer>, status: number, kept: Rig[]) => {
    for (const rig of rigs) {
      const answer = await change(rig).catch(() => null);
      if (answer?.status === status) kept.push(rig);
      await sleep(100);
    }
  };
  const changes = [
    oneByOne(fresh, server.register, 201, done.registered),
    oneByOne(cut, server.disconnect, 200, done.disconnected),
  ];
  const begin = Date.now();
  while (Math.min(done.registered.length, done.disconnected.length) < changing / 2 || done.beats.size < beating) {
    if (Date.now() - begin > 30_000) throw new StartError("Too little was answered within 30 seconds.");
    await sleep(10);
  }
  const restart = await kill();
  killed = true;
  await Promise.all([...beats, ...asked, ...changes]);
  return restart;
}

/** How many clients have a last answered heartbeat that is not the stored one. */
const lostBeats = (dataDir: string, beats: Acknowledged["beats"]) =>
  withSql(dataDir, async (sql) => {
    const ids = [...beats.keys()].map(({ id }) => id);
    const rows = await sql<{ id: string; version: string }[]>`select id, version from clients where id in ${sql(ids)}`;
    const stored = new Map(rows.map(({ id, version }) => [id, version]));
    return [...beats].filter(([{ id }, version]) => Number(stored.get(id)) < Number(version)).length;
  });

/** How long it took since then, in milliseconds. */
async function untilOnline(server: ReturnType<typeof serverAt>, rig: Rig, begin: number): Promise<number> {
  for (;;) {
    const { connection, lastHeartbeatAt } = (await server.read(rig)).body;
    if (connection === "online" && Date.parse(lastHeartbeatAt ?? "") >= begin) return Date.now() - begin;
    if (Date.now() - begin > heartbeatInterval * 1_000)
      throw new StartError(`${rig.id} is ${connection} after an interval.`);
    await sleep(50);
  }
}

/** What a client and an administrator ask of it; a connection of its own for each, since a killed server leaves none. */
function serverAt(baseUrl: string, adas: string) {
  const send = async (
    method: string,
    path: string,
    bearer: string | null,
    body?: object | URLSearchParams,
  ): Promise<Answer> => {
    const isForm = body instanceof URLSearchParams;
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        connection: "close",
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body && !isForm && { "content-type": "application/json" }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const program = { platform: "Any 1" };
  return {
    async generate(userId: string, name: string): Promise<Rig> {
      const made = await send("POST", `/api/v1/users/${userId}/clients`, adas, { name });
      requireStatus(made, 201, "No client was generated");
      return { id: made.body.clientId ?? "", token: made.body.token ?? "", key: await newKey(), bearer: "" };
    },
    register: ({ token, key: { publicKey } }: Rig) =>
      send("POST", "/api/v1/clients/register", null, { token, publicKey, version: "0", ...program }),
    assertion: ({ id, key }: Rig) => {
      const exp = Math.floor(Date.now() / 1_000) + 240;
      return signAssertion(key, id, { claims: { aud: baseUrl, exp } });
    },
    ask: (assertion: string) => send("POST", "/oauth/token", null, new URLSearchParams(tokenForm(assertion))),
    beat: ({ bearer }: Rig, version: string) =>
      send("POST", "/api/v1/clients/heartbeat", bearer, { version, ...program }),
    disconnect: ({ id }: Rig) => send("POST", `/api/v1/clients/${id}/disconnect`, adas),
    read: ({ id }: Rig) => send("GET", `/api/v1/clients/${id}`, adas),
  };
}
