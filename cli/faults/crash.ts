import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, StartError } from "@/db/embedded";
import { startDemoServer } from "../demo-server";
import { runMain } from "../run-main";
import { projectRoot } from "../settings";
import { crashUnderHeartbeats } from "./crash-heartbeats";
import { type Sql, storeToken, withSql } from "./fault-database";
import { serverProcess } from "./server-process";

const rounds = 5;
const atOnce = 30;
const parallel = 50;

type Posted = { status: number; id: string | null; replayed: boolean };

/**
 * The server is killed while programs create groups, as soon as some are stored. A retry with the same keys gets the
 * one that is there: none is lost, none is made twice, and some were stored without their answer being sent. Then it is killed while
 * clients beat.
 */
runMain(async () => {
  const dataDir = join(projectRoot, ".test", "crash");
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = String(await freePort());
  const start = () => startDemoServer({ dataDir, port, databaseUrl: "", logFile: `${dataDir}.log` });
  const counted = { asked: 0, stored: 0, answered: 0, "stored, not answered": 0, "made after the crash": 0 };
  let stop = await start();
  try {
    const post = postingTo(
      `http://localhost:${port}`,
      await withSql(dataDir, (sql) => storeToken(sql, ["group.create", "group.read"])),
    );
    for (let round = 0; round < rounds; round++) {
      const keys = Array.from({ length: atOnce }, (_, index) => `crash-${round}-${index}`);
      const first = await crashDuring(dataDir, keys, post);
      await stop();
      stop = await start();
      const stored = await withSql(dataDir, (sql) => storedAmong(sql, keys));
      const again = await Promise.all(keys.map((key) => post(key)));
      await withSql(dataDir, (sql) => requireOneEach(sql, keys));
      for (const [index, key] of keys.entries()) {
        const [before, after] = [first[index] as Posted | null, again[index] as Posted | null];
        if (after?.status !== 201) throw new StartError(`${key} was answered ${after?.status} after the crash`);
        if (stored.has(key) !== after.replayed)
          throw new StartError(`${key}: stored ${stored.has(key)}, replayed ${after.replayed}`);
        if (before?.status === 201 && before.id !== after.id) throw new StartError(`${key} was made twice`);
        counted.asked += 1;
        if (stored.has(key)) counted.stored += 1;
        if (before?.status === 201) counted.answered += 1;
        if (stored.has(key) && before?.status !== 201) counted["stored, not answered"] += 1;
        if (!stored.has(key)) counted["made after the crash"] += 1;
      }
    }
    console.table(counted);
    if (counted["stored, not answered"] === 0) throw new StartError("No crash came between a commit and its answer.");
    const same = await Promise.all(Array.from({ length: parallel }, () => post("crash-parallel")));
    const made = same.filter((one) => one?.status === 201);
    const ids = new Set(made.map((one) => one?.id));
    console.log(`  ${parallel} at once with one key: ${made.length} answered 201 with ${ids.size} id, the others 409`);
    if (ids.size !== 1 || same.some((one) => one?.status !== 201 && one?.status !== 409))
      throw new StartError("One key made more than one, or was refused in another way.");
    await withSql(dataDir, (sql) => requireOneEach(sql, ["crash-parallel"]));
    await crashUnderHeartbeats(`http://localhost:${port}`, dataDir, async () => {
      process.kill(serverProcess(), "SIGKILL");
      return async () => {
        await stop();
        stop = await start();
      };
    });
    return 0;
  } finally {
    await stop();
  }
});

/** Null where no answer came. */
const postingTo =
  (baseUrl: string, token: string) =>
  async (key: string): Promise<Posted | null> => {
    try {
      const answer = await fetch(`${baseUrl}/api/v1/groups`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
        body: JSON.stringify({ name: key }),
      });
      const { id = null } = (await answer.json()) as { id?: string };
      return { status: answer.status, id, replayed: answer.headers.get("idempotent-replayed") === "true" };
    } catch {
      return null;
    }
  };

const storedAmong = async (sql: Sql, keys: string[]): Promise<Set<string>> =>
  new Set(
    (await sql<{ key: string }[]>`select key from idempotency_keys where key in ${sql(keys)}`).map(({ key }) => key),
  );

/** All at once; the server's process is killed when a third of them is stored. */
async function crashDuring(dataDir: string, keys: string[], post: (key: string) => Promise<Posted | null>) {
  const pid = serverProcess();
  return withSql(dataDir, async (sql) => {
    await sql`select 1`;
    const asked = keys.map((key) => post(key));
    const begin = Date.now();
    while ((await storedAmong(sql, keys)).size < keys.length / 3)
      if (Date.now() - begin > 30_000) throw new StartError("Nothing was stored within 30 seconds.");
    process.kill(pid, "SIGKILL");
    const answers = await Promise.all(asked);
    await sleep(100);
    return answers;
  });
}

async function requireOneEach(sql: Sql, keys: string[]): Promise<void> {
  const [{ groups = 0, names = 0 } = {}] = await sql<{ groups: number; names: number }[]>`
    select count(*)::int as groups, count(distinct name)::int as names from groups where name in ${sql(keys)}`;
  const [{ told = 0 } = {}] = await sql<{ told: number }[]>`
    select count(*)::int as told from events e join groups g on g.id = e.target_id
      where e.operation = 'group.create' and e.outcome = 'succeeded' and g.name in ${sql(keys)}`;
  if (groups !== keys.length || names !== keys.length || told !== keys.length)
    throw new StartError(`${keys.length} keys, ${groups} groups with ${names} names, ${told} events`);
}
