import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "@/db/embedded";
import { projectRoot } from "../settings";

const journal = "db/migrations/meta/_journal.json";

const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: projectRoot, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();

/**
 * The newest commit before this code that had fewer migrations: what an upgrade comes from. Throws StartError where the
 * history does not reach so far.
 */
export function previousRelease(): string {
  const missing = (why: string) =>
    new StartError(`${why} The upgrade is tried from an earlier commit: clone the full history, or name a commit.`);
  try {
    const now = git("hash-object", journal);
    const commits = git("rev-list", "--first-parent", "HEAD").split("\n");
    const earlier = commits.find((commit) => {
      const kept = git("ls-tree", commit, journal).split(/\s+/)[2];
      return kept !== undefined && kept !== now;
    });
    if (earlier) return earlier;
  } catch {
    throw missing("This folder is not a git clone.");
  }
  const shallow = git("rev-parse", "--is-shallow-repository") === "true";
  throw missing(
    shallow ? "This clone is shallow (git fetch --unshallow gets the rest)." : "No commit had fewer migrations.",
  );
}

/**
 * Checks a commit out beside this code, on the packages that are installed here, and lets it bring up an empty database and
 * load its own demonstration. The folder is gone afterwards.
 */
export function loadDemonstrationOf(commit: string, databaseUrl: string): void {
  const folder = join(projectRoot, ".test", "previous-release");
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
    git("worktree", "prune");
  };
  remove();
  try {
    try {
      git("worktree", "add", "--detach", folder, commit);
    } catch {
      throw new StartError(
        `The commit ${commit} cannot be checked out. A shallow clone gets it by git fetch --unshallow.`,
      );
    }
    symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "cli", "load-demonstration.ts"), loader);
    execFileSync(process.execPath, ["--import", "tsx", "cli/load-demonstration.ts"], {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ["ignore", "inherit", "inherit"],
    });
  } finally {
    remove();
  }
}

/** Runs as a part of the other commit, with what that commit has of these modules. */
const loader = `
import { createDb } from "@/db/client";
import { migrate } from "@/db/migrate";
import { loadDemo } from "@/lib/demo/load";
const url = process.env.DATABASE_URL!;
await migrate(url);
const db = createDb(url, { max: 1 });
await loadDemo(db, { log: (line) => console.log("  " + line) });
await db.$client.end();
`;
