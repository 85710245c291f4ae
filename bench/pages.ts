import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { checkOut, copyOfItsHouse } from "./against";
import { startBetterAuth } from "./better-auth";
import { type Build, cpuOf, get, keptAlive, type Served, signIn, startBuild } from "./build";
import { firstPaints } from "./first-paint";
import { copyOfHouse } from "./kept-house";
import { emptyScript, measureListScripts, mostScript, scriptOf } from "./list-scripts";
import { printTable } from "./measure";
import { askedOf, connections, measureRates } from "./page-rate";
import { measureScreens } from "./screens";
import { measureMemory } from "./server-memory";

const here = join(import.meta.dirname, "..");
const list = "/admin/users";
const search = "/admin/users?q=stein";
/** The list of an API: 25 people, the first by name, or those that a search finds. */
const theirs = "/api/auth/admin/list-users?limit=25&sortBy=name&sortDirection=asc";
const theirSearch = `${theirs}&searchField=name&searchOperator=contains&searchValue=stein`;

const goals = {
  ...{ document: 120_000, compressed: 15_000, script: mostScript, rest: 200e6, after: 280e6 },
  ...{ paint: 0.6, against: 3.5, peer: 7, search: 1 },
};

export type Others = { beside?: string; against?: string };

/**
 * Measures what the list of users costs over HTTP, by the production build of this checkout, in turn with Better Auth's list as JSON on one
 * PostgreSQL, and the scripts of every list. `beside` is the folder of another checkout with the same migrations, which is measured on the
 * same database; `against` is a commit with other ones, which loads as many people into a database of its own.
 */
export async function benchPages(serverUrl: string, size: number, { beside, against }: Others): Promise<void> {
  const database = await copyOfHouse(serverUrl, "gatehouse_bench_pages", size);
  const builds: Build[] = [];
  const ends: (() => Promise<unknown>)[] = [database.drop];
  try {
    const secret = randomBytes(32).toString("hex");
    const cookie = await signIn(database.url, secret);
    const start = async (name: string, folder: string, url: string, as: string) => {
      const build = await startBuild(name, folder, url, secret, as);
      ends.unshift(build.end);
      builds.push(build);
    };
    await start("this build", here, database.url, cookie);
    if (beside) await start("beside", beside, database.url, cookie);
    if (against) {
      const commit = checkOut(against);
      const its = await copyOfItsHouse(serverUrl, commit, size);
      ends.unshift(its.drop);
      await start(commit.name, commit.folder, its.url, await signIn(its.url, secret));
    }
    await measureList(builds, size);
    const peer = await startBetterAuth(serverUrl, database.url);
    ends.unshift(peer.end);
    await measureRatesOf(builds, { base: peer.base, cookie: peer.headers.cookie ?? "", agent: keptAlive() }, size);
    const comparable = builds.slice(0, beside ? 2 : 1);
    await measureListScripts(comparable, database.url);
    for (const build of comparable)
      await measureScreens(
        { name: build.name, get: (path) => get(build, path), cpu: () => cpuOf(build.pid) },
        database.url,
        size,
      );
  } finally {
    for (const end of ends) await end();
  }
}

async function documentOf(build: Build, path: string) {
  const { status, bytes } = await get(build, path);
  if (status !== 200) throw new Error(`${build.name} answers ${path} with ${status}`);
  return { html: gunzipSync(bytes).toString(), compressed: bytes.length };
}

async function measureList(builds: Build[], size: number): Promise<void> {
  const rows: string[][] = [];
  // First of all, while nothing else has asked them anything.
  const memories = [];
  for (const build of builds) memories.push(await measureMemory(build.pid, () => get(build, list)));
  const paints = await firstPaints(builds, list);
  for (const [at, build] of builds.entries()) {
    const page = await documentOf(build, list);
    const floor = await emptyScript(build);
    const above = (await scriptOf(build, list)) - floor;
    const { rest = 0, after = 0 } = memories[at] ?? {};
    rows.push([
      build.name,
      ...[page.html.length, page.compressed, above, floor].map(kilo),
      paints?.[at]?.toFixed(0) ?? "no browser",
      ...[rest, after].map(mega),
    ]);
  }
  const before = builds.length > 1 ? paints?.at(-1) : undefined;
  const { document, compressed, script, rest, after, paint } = goals;
  rows.push([
    "goal",
    ...[document, compressed, script].map(kilo),
    "",
    before ? (before * paint).toFixed(0) : "",
    ...[rest, after].map(mega),
  ]);
  printTable(
    `${list} at ${size.toLocaleString("en-US")} users`,
    ["build", "document kB", "gzip kB", "script kB", "empty page kB", "paint ms", "rest MB", "used MB"],
    rows,
  );
}

/** The list and a search of it that finds most, by each build and by another program. */
async function measureRatesOf(builds: Build[], peer: Served, size: number): Promise<void> {
  for (const [what, path, their, goal] of [
    ["the first page", list, theirs, goals.peer],
    ['the search "stein"', search, theirSearch, goals.search],
  ] as const) {
    const all = [
      ...builds.map((build) => askedOf(build, path)),
      { name: "Better Auth, JSON", served: peer, path: their },
    ];
    const found = await measureRates(all);
    const [{ rate, cpu } = { rate: 0, cpu: 0 }] = found;
    const rows = all.map(({ name, pid }, at) => {
      const other = found[at] ?? { rate: 0, cpu: 0 };
      const shown = [name, other.rate.toFixed(1), pid ? other.cpu.toFixed(1) : ""];
      if (at === 0) return [...shown, "", "", ""];
      const [times, least] = [rate / other.rate, pid ? (path === list ? goals.against : 0) : goal];
      const missed = times < least ? "missed" : "";
      return [...shown, times.toFixed(2), pid ? (other.cpu / cpu).toFixed(2) : "", least ? `${least} ${missed}` : ""];
    });
    printTable(
      `${what} at ${size.toLocaleString("en-US")} users, ${connections} connections, best of some rounds in turn`,
      ["", "pages / s", "CPU ms", "times faster", "less CPU", "goal"],
      rows,
    );
  }
}

const kilo = (bytes: number) => (bytes / 1_000).toFixed(1);
const mega = (bytes: number) => (bytes / 1e6).toFixed(0);
