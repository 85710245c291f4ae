import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Build, cpuOf, get, signIn, startBuild } from "./build";
import { firstPaint } from "./first-paint";
import { copyOfHouse } from "./kept-house";
import { emptyScript, measureListScripts, mostScript, scriptOf } from "./list-scripts";
import { printTable } from "./measure";
import { measureScreens } from "./screens";
import { measureMemory } from "./server-memory";

const rounds = 5;
const seconds = 6;
const connections = 4;
const here = join(import.meta.dirname, "..");
const list = "/admin/users";

const goals = { document: 120_000, compressed: 15_000, script: mostScript, times: 3.5, rest: 200e6, after: 280e6 };

/**
 * Measures what the list of users costs over HTTP, and the scripts of every list: by the production build of this checkout and, with
 * `beside`, by that of another one with the same migrations, on one database, in turn, so that both meet the same machine.
 */
export async function benchPages(serverUrl: string, size: number, beside: string | undefined): Promise<void> {
  const database = await copyOfHouse(serverUrl, "gatehouse_bench_pages", size);
  const builds: Build[] = [];
  try {
    const secret = randomBytes(32).toString("hex");
    const cookie = await signIn(database.url, secret);
    builds.push(await startBuild("this build", here, database.url, secret, cookie));
    if (beside) builds.push(await startBuild("the other", beside, database.url, secret, cookie));
    await measure(builds, size);
    await measureListScripts(builds, database.url);
    for (const build of builds)
      await measureScreens(
        { name: build.name, get: (path) => get(build, path), cpu: () => cpuOf(build.pid) },
        database.url,
        size,
      );
  } finally {
    for (const build of builds) await build.end();
    await database.drop();
  }
}

async function documentOf(build: Build, path: string) {
  const { status, bytes } = await get(build, path);
  if (status !== 200) throw new Error(`${build.name} answers ${path} with ${status}`);
  return { html: gunzipSync(bytes).toString(), compressed: bytes.length };
}

/** Asks for the list again and again. Returns pages per second, and milliseconds of processor per page. */
async function load(build: Build) {
  const [began, cpu] = [performance.now(), cpuOf(build.pid)];
  let pages = 0;
  const ask = async () => {
    while (performance.now() - began < seconds * 1_000) {
      const { status } = await get(build, list);
      if (status !== 200) throw new Error(`${build.name} answers ${list} with ${status}`);
      pages += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  return { rate: (pages * 1_000) / (performance.now() - began), cpu: (cpuOf(build.pid) - cpu) / pages };
}

async function measure(builds: Build[], size: number) {
  // First, while nothing else has asked them anything.
  const memories = [];
  for (const build of builds) memories.push(await measureMemory(build.pid, () => get(build, list)));
  const found = builds.map(() => [] as { rate: number; cpu: number }[]);
  for (const build of builds) await load(build);
  for (let round = 0; round < rounds; round++)
    for (const [at, build] of builds.entries()) found[at]?.push(await load(build));
  const best = (at: number) => ({
    rate: Math.max(...(found[at] ?? []).map(({ rate }) => rate)),
    cpu: Math.min(...(found[at] ?? []).map(({ cpu }) => cpu)),
  });
  const other = builds.length > 1 ? best(1) : null;
  const rows: string[][] = [];
  for (const [at, build] of builds.entries()) {
    const page = await documentOf(build, list);
    const script = await scriptOf(build, list);
    const floor = await emptyScript(build);
    const { rate, cpu } = best(at);
    const paint = await firstPaint(build.base, list, build.cookie);
    rows.push([
      build.name,
      kilo(page.html.length),
      kilo(page.compressed),
      kilo(script - floor),
      kilo(floor),
      paint === null ? "no browser" : paint.toFixed(0),
      mega(memories[at]?.rest ?? 0),
      mega(memories[at]?.after ?? 0),
      rate.toFixed(1),
      cpu.toFixed(1),
      at === 0 && other ? `${(rate / other.rate).toFixed(2)}, ${(other.cpu / cpu).toFixed(2)}` : "",
    ]);
  }
  const { document, compressed, script, rest, after, times } = goals;
  const bytes = [document, compressed, script].map(kilo);
  rows.push(["goal", ...bytes, "", "", mega(rest), mega(after), "", "", `${times}`]);
  printTable(
    `${list} at ${size.toLocaleString("en-US")} users, ${connections} connections, best of ${rounds} rounds in turn`,
    [
      "build",
      "document kB",
      "gzip kB",
      "script kB",
      "empty page kB",
      "paint ms",
      "rest MB",
      "used MB",
      "pages / s",
      "CPU ms",
      "times faster, less CPU",
    ],
    rows,
  );
}

const kilo = (bytes: number) => (bytes / 1_000).toFixed(1);
const mega = (bytes: number) => (bytes / 1e6).toFixed(0);
