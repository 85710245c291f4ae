import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/databases";
import { keptDatabase } from "./kept-house";

const root = join(import.meta.dirname, "..");

/** A commit of this repository, in a folder with the packages of its lock, which is kept; `name` is the short form of its hash. */
export function checkOut(commit: string): { name: string; folder: string } {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const name = git("rev-parse", "--short=8", "--verify", `${commit}^{commit}`);
  const folder = join(root, ".test", "against", name);
  if (existsSync(folder)) return { name, folder };
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const archive = `${folder}.tar`;
  git("archive", "--format=tar", `--output=${archive}`, name);
  execFileSync("tar", ["-xf", archive, "-C", unfinished]);
  rmSync(archive);
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: unfinished, stdio: "inherit" });
  renameSync(unfinished, folder);
  return { name, folder };
}

/** What a checkout runs to fill a database of its own, with its own migrations and its own invented people. */
const loader = `
import { migrate } from "./db/migrate.ts";
import { loadPeople } from "./bench/people.ts";
const [url, size] = process.argv.slice(1);
await migrate(url);
await loadPeople(url, Number(size));
`;

/** A copy of the people that another commit loads for itself, since its tables are others. They are kept. */
export async function copyOfItsHouse(
  serverUrl: string,
  { name, folder }: { name: string; folder: string },
  size: number,
): Promise<TestDatabase> {
  const kept = `gatehouse_against_${name}_${size}`;
  await keptDatabase(serverUrl, kept, async (url) => {
    const args = ["--import", "tsx", "--input-type=module", "--eval", loader, url, `${size}`];
    execFileSync(process.execPath, args, { cwd: folder, stdio: "inherit" });
  });
  return createTestDatabase(serverUrl, "gatehouse_bench_against", kept);
}
