import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { findPostmaster } from "@/db/clusters/cluster";
import { StartError } from "@/db/embedded";
import { runMain } from "../run-main";
import { checkStored, countByKind, firstGood, isUnavailable, type Load, longest, startLoad } from "./database-load";
import { type FaultServer, withFaultServer } from "./fault-server";

const kills = 5;
const stoppedFor = 15_000;

/** PostgreSQL is killed under load, several times, and hangs once. Prints what came in the meantime and how soon all was good again. */
runMain(() =>
  withFaultServer("postgres", async (server) => {
    const load = await startLoad(server.baseUrl);
    const missed: string[] = [];
    const times: Record<string, Record<string, number>> = {};
    for (let round = 1; round <= kills; round++) {
      await sleep(2_000);
      times[`kill ${round}`] = await recover(server, load, missed, async () => {
        process.kill(postmasterOf(server).pid, "SIGKILL");
      });
    }
    await sleep(2_000);
    times.hang = await recover(server, load, missed, () => hang(server));
    await sleep(2_000);
    await load.stop();
    console.table(countByKind(load.asked));
    console.table(times);
    const stored = await checkStored(server.baseUrl, server.databaseUrl, load);
    console.table({ "sign-ins": stored });
    return judge(load, missed, stored);
  }),
);

/** Milliseconds until PostgreSQL answers again, and from then on until each page does. */
async function recover({ databaseUrl }: FaultServer, load: Load, missed: string[], fault: () => Promise<void>) {
  const begin = Date.now();
  await fault();
  await sleep(20);
  while (!(await answers(databaseUrl))) await sleep(20);
  const back = Date.now();
  const until = async (kind: "sign-in page" | "own page" | "sign-in") => {
    while (firstGood(load.asked, kind, back) > longest && Date.now() - back < 2 * longest) await sleep(50);
    const time = firstGood(load.asked, kind, back);
    if (time > longest) missed.push(`the first good ${kind} came after ${time} ms`);
    return time;
  };
  return {
    "PostgreSQL back after": back - begin,
    "then /sign-in after": await until("sign-in page"),
    "then /account after": await until("own page"),
    "then a sign-in after": await until("sign-in"),
  };
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, fetch_types: false, connect_timeout: 1 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 0 });
  }
}

function postmasterOf({ dataDir }: FaultServer) {
  const found = findPostmaster(join(dataDir, "postgresql"));
  if (!found) throw new StartError("There is no postmaster");
  return found;
}

async function hang(server: FaultServer) {
  const { pid } = postmasterOf(server);
  const all = [pid, ...childrenOf(pid)];
  for (const one of all) process.kill(one, "SIGSTOP");
  try {
    await sleep(stoppedFor);
  } finally {
    for (const one of all) process.kill(one, "SIGCONT");
  }
}

/** From /proc, so on Linux alone. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ")[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function judge({ asked }: Load, missed: string[], stored: Awaited<ReturnType<typeof checkStored>>): number {
  const late = asked.filter(({ time }) => time > longest);
  const others = asked.filter((one) => !one.good && !isUnavailable(one));
  if (late.length > 0) missed.push(`${late.length} requests took longer than ${longest} ms`);
  for (const { kind, status, says } of others.slice(0, 5)) console.log(kind, status, textOf(says).slice(0, 500));
  if (others.length > 0) missed.push(`${others.length} answers were neither good nor 503 with Retry-After`);
  if (!asked.some(isUnavailable)) missed.push("nothing was unavailable");
  if (stored.lost > 0) missed.push(`${stored.lost} acknowledged sign-ins are lost`);
  if (stored.withoutOneEvent > 0) missed.push(`${stored.withoutOneEvent} sessions have not exactly one event`);
  if (missed.length > 0) throw new StartError(missed.join("; "));
  return 0;
}

/** What a page says, without its head and scripts. */
const textOf = (html: string) =>
  html
    .replace(/<head>.*?<\/head>|<(script|style)\b.*?<\/\1>|<[^>]*>/gs, " ")
    .replace(/\s+/g, " ")
    .trim();
