import { fork } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { printTable } from "./measure";

/** What some question takes of the database's processor, in milliseconds, and what it may take. */
export type Figure = { name: string; goal: number | null; ms: number; note: string };

const here = join(import.meta.dirname, "..");
const files = ["figures-worker", "figures", "house", "places", "access", "people", "measure"];
const worker = "figures-worker.ts";

/**
 * Measures by this build and, with `beside`, by another checkout with the same migrations and its packages installed: twice each, in turn, so
 * that both meet the same machine, of which the smaller figure counts.
 */
export async function printFigures(
  title: string,
  what: "house" | "places",
  [url, size]: [url: string, size: number],
  beside: string | undefined,
): Promise<void> {
  const other = beside && join(beside, "bench/beside");
  const found: Record<string, Figure[][]> = { "this build": [] };
  try {
    if (other) {
      await mkdir(other, { recursive: true });
      for (const file of files) await cp(join(here, `bench/${file}.ts`), join(other, `${file}.ts`));
      found["the other"] = [];
    }
    for (let round = 0; round < (other ? 2 : 1); round += 1) {
      found["this build"]?.push(await figuresOf(here, join(here, "bench", worker), [what, url, String(size)]));
      if (other && beside)
        found["the other"]?.push(await figuresOf(beside, join(other, worker), [what, url, String(size)]));
    }
  } finally {
    if (other) await rm(other, { recursive: true, force: true });
  }
  const best = (build: string, name: string) =>
    Math.min(...(found[build] ?? []).flatMap((run) => run.filter((one) => one.name === name).map(({ ms }) => ms)));
  const [own = []] = found["this build"] ?? [];
  printTable(
    `${title}: milliseconds of the database's processor`,
    ["what", "goal", ...Object.keys(found), "", "shows"],
    own.map(({ name, goal, note }) => [
      name,
      goal === null ? "" : `<= ${goal}`,
      ...Object.keys(found).map((build) => best(build, name).toFixed(2)),
      goal === null || best("this build", name) <= goal ? "" : "missed",
      note,
    ]),
  );
}

async function figuresOf(folder: string, file: string, args: string[]): Promise<Figure[]> {
  const child = fork(file, args, { cwd: folder, execArgv: ["--import", "tsx"] });
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`${folder} ended with ${code}`);
  });
  gone.catch(() => undefined);
  const [figures] = await Promise.race([once(child, "message"), gone]);
  return figures as Figure[];
}
