import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/db/embedded";
import { demoPassword } from "@/db/seed/cast";
import { runMain } from "../run-main";
import { hiddenFields, post, timed } from "../sign-in-form";
import { anotherAddress, type Held, hold, type Way } from "./crowd";
import { type FaultServer, withFaultServer } from "./fault-server";
import { descriptorsOf, serverProcess } from "./server-process";

/**
 * A demonstration of our own is filled with connections that ask nothing, or never to the end, while somebody reads pages.
 * Prints what it counted; the goals are that reading is not slowed down, and that no descriptor is left behind.
 */
const seconds = 20;
/** Until the pool and idle connections have the size that they have at rest, in milliseconds. */
const rest = 8_000;

runMain(() => withFaultServer("connections", measure, { env: { GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS: "1300" } }));

async function measure({ baseUrl }: FaultServer): Promise<number> {
  const { host, port } = new URL(baseUrl);
  const [crowd, pid] = [await anotherAddress(), serverProcess()];
  const cookie = await signIn(baseUrl);
  // As many at once as fill the pool of the database, whose connections stay.
  await Promise.all(Array.from({ length: 40 }, () => read(baseUrl, cookie, Date.now() + 2_000)));
  const before = await read(baseUrl, cookie, Date.now() + 8_000);
  await sleep(rest);
  const atRest = descriptorsOf(pid);

  const end = Date.now() + seconds * 1_000;
  const during = read(baseUrl, cookie, end);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, descriptorsOf(pid));
  }, 500);
  const ways = waysTo(host, baseUrl);
  const held = Promise.all([
    ...Object.values(ways).map(({ way }) => hold(Number(port), way, crowd, 200, end)),
    hold(Number(port), { first: "" }, crowd, 500, end),
  ]);
  const pages = await during;
  const kinds = await held;
  clearInterval(watch);
  await sleep(rest);
  const after = await settled(pid, atRest, Date.now() + 20_000);

  const names = [...Object.keys(ways), `500 at once from ${crowd}`];
  const bounds = [...Object.values(ways).map(({ bound }) => bound), 12_000];
  console.table(
    Object.fromEntries(
      kinds.map(({ answers, ...rest }, at) => [names[at], { ...rest, bound: bounds[at], answers: told(answers) }]),
    ),
  );
  console.table({ "pages before": before, "pages during": pages });
  console.table({ descriptors: { "at rest": atRest, most, after } });
  return judge({ before, pages, atRest, after, late: names.filter((_, at) => isLate(kinds[at], bounds[at])) });
}

/** What is sent, and after how many milliseconds such a connection must be over, with two seconds for the machine's load. */
function waysTo(host: string, origin: string): Record<string, { way: Way; bound: number }> {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`;
  const body = `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: multipart/form-data; boundary=a\r\nContent-Length: 1000\r\n`;
  return {
    "no byte": { way: { first: "" }, bound: 12_000 },
    "headers that trickle": { way: { first: get("/sign-in"), again: "X-A: b\r\n" }, bound: 12_000 },
    "bodies that stop": { way: { first: `${body}Origin: ${origin}\r\n\r\n--a` }, bound: 32_000 },
    "bodies of refused requests": { way: { first: `${body}\r\n--a` }, bound: 32_000 },
    upgrades: {
      way: { first: `${get("/api/health/live")}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n` },
      bound: 12_000,
    },
    CONNECT: { way: { first: `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n` }, bound: 12_000 },
  };
}

const told = (answers: Held["answers"]) =>
  Object.entries(answers)
    .map(([status, count]) => `${status}: ${count}`)
    .join(", ");

const isLate = (held: Held | undefined, bound = 0) => !held || held.longest > bound;

type Pages = { asked: number; failed: number; p50: number; p95: number };

/** Reads a page again and again; times in milliseconds. */
async function read(baseUrl: string, cookie: string, end: number): Promise<Pages> {
  const times: number[] = [];
  let failed = 0;
  for (; Date.now() < end; await sleep(50)) {
    const { answer, time } = await timed(() =>
      fetch(`${baseUrl}/account`, { redirect: "manual", headers: { cookie } }),
    );
    times.push(Math.round(time));
    if (answer.status !== 200) failed += 1;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { asked: times.length, failed, p50: at(0.5), p95: at(0.95) };
}

async function signIn(baseUrl: string): Promise<string> {
  const fields = { ...(await hiddenFields(baseUrl)), name: "ada", password: demoPassword, next: "/account" };
  const answer = await post(baseUrl, fields, "192.0.2.11");
  return answer.headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");
}

/** Jobs and housekeeping open a connection to the database now and then: not what a crowd of thousands would leave. */
const spare = 2;

/** The number of descriptors as soon as it is back, or at the end. */
async function settled(pid: number, goal: number, end: number): Promise<number> {
  while (descriptorsOf(pid) > goal && Date.now() < end) await sleep(500);
  return descriptorsOf(pid);
}

type Outcome = { before: Pages; pages: Pages; atRest: number; after: number; late: string[] };

function judge({ before, pages, atRest, after, late }: Outcome): number {
  const missed = [
    ...(pages.p95 > 2 * before.p95 ? [`pages' p95 is ${pages.p95} ms, above twice ${before.p95}`] : []),
    ...(pages.failed > 0 ? [`${pages.failed} of ${pages.asked} pages failed`] : []),
    ...(after > atRest + spare ? [`${after - atRest} descriptors are left behind`] : []),
    ...late.map((name) => `${name}: held for too long`),
  ];
  if (missed.length > 0) throw new StartError(missed.join("; "));
  return 0;
}
