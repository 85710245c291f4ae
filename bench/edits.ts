import { fork } from "node:child_process";
import { on, once } from "node:events";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { createTestDatabase } from "@/lib/testing/databases";
import type { Task } from "./edit-worker";
import { printTable } from "./measure";

const rounds = 5;
const here = join(import.meta.dirname, "..");

type Figures = Record<string, number>;
type Build = { name: string; ask: (task: Task) => Promise<Figures>; end: () => Promise<void> };

/**
 * Measures edits of last names on a server that keeps every commit, and what one "Why?" asks of the database and takes: by this build
 * and, with `beside`, by another checkout with its packages installed, in turn, so that both meet the same machine.
 */
export async function benchEdits(serverUrl: string, size: number, beside: string | undefined): Promise<void> {
  const worker = "bench/edit-worker.ts";
  if (beside) await copyFile(join(here, worker), join(beside, worker));
  const builds = [await start("this build", here, serverUrl, size)];
  try {
    if (beside) builds.push(await start("the other", beside, serverUrl, size));
    await measure(builds, size);
  } finally {
    for (const build of builds) await build.end();
  }
}

async function start(name: string, folder: string, serverUrl: string, size: number): Promise<Build> {
  const database = await createTestDatabase(serverUrl, `gatehouse_edits_${name.replace(" ", "_")}`);
  const child = fork(join(folder, "bench/edit-worker.ts"), [database.url, String(size)], {
    cwd: folder,
    execArgv: ["--expose-gc", "--import", "tsx"],
  });
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`${name} ended with ${code}`);
  });
  gone.catch(() => undefined);
  const said = on(child, "message");
  const answer = async () => (await Promise.race([said.next(), gone])).value[0] as Figures;
  await answer();
  return {
    name,
    ask: async (task) => {
      child.send(task);
      return answer();
    },
    end: async () => {
      if (child.connected) child.send("end");
      if (child.exitCode === null) await once(child, "exit");
      await database.drop();
    },
  };
}

async function measure(builds: Build[], size: number) {
  const found = builds.map(() => ({ singles: [] as Figures[], parallel: [] as Figures[], why: [] as Figures[] }));
  for (const { ask } of builds) await ask("singles");
  for (let round = 0; round < rounds; round++) await builds[0]?.ask("batch");
  for (let round = 0; round < rounds; round++)
    for (const [at, { ask }] of builds.entries()) {
      found[at]?.singles.push(await ask("singles"));
      found[at]?.parallel.push(await ask("parallel"));
      found[at]?.why.push(await ask("why"));
    }
  const batches = [];
  for (let round = 0; round < rounds; round++) batches.push(await builds[0]?.ask("batch"));
  const median = (figures: (Figures | undefined)[], key: string) =>
    figures.map((one) => one?.[key] ?? 0).sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
  const rows: string[][] = [];
  for (const [at, { name, ask }] of builds.entries()) {
    const { statements } = await ask("statements");
    const { singles, parallel, why } = found[at] as (typeof found)[number];
    const [one] = why as [Figures];
    rows.push([
      name,
      String(statements),
      median(singles, "p50").toFixed(1),
      median(singles, "rate").toFixed(0),
      median(parallel, "rate").toFixed(0),
      at === 0 ? median(batches, "rate").toFixed(0) : "",
      `${one.statements}, ${one.locks}, ${one.writes}, ${median(why, "ms").toFixed(1)}`,
    ]);
  }
  const heads = ["build", "statements", "p50 ms", "one by one / s", "20 at once / s", "1,000 in a batch / s"];
  const title = `Edits of a last name at ${size.toLocaleString("en-US")} users, medians of ${rounds} rounds`;
  printTable(title, [...heads, '"Why?": statements, locks, writes, ms'], rows);
}
