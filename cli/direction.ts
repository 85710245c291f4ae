import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { StartError } from "@/db/embedded";
import { projectRoot } from "./settings";

const roots = ["app", "components", "lib", "db", "cli", "e2e", "bench", "middleware.ts", "instrumentation.ts"];
/** A little below what there is today, packages counted. */
const leastModules = 900;

interface Cruise {
  summary: {
    totalCruised: number;
    totalDependenciesCruised: number;
    violations: { from: string; to: string; rule: { name: string; severity: string } }[];
  };
}

/** Checks the direction of imports. A check that sees too few modules fails: it would prove nothing. */
export async function checkDirection(): Promise<void> {
  const args = [
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
    ...roots.filter((root) => existsSync(join(projectRoot, root))),
  ];
  const child = spawn("node_modules/.bin/depcruise", args, { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!stdout) throw new StartError(`depcruise returned no output. ${stderr}`);
  const { summary } = JSON.parse(stdout) as Cruise;
  for (const { from, to, rule } of summary.violations) console.error(`  ${rule.name}: ${from} → ${to}`);
  if (summary.violations.length > 0)
    throw new StartError(`${summary.violations.length} imports point in the wrong direction`);
  if (summary.totalCruised < leastModules) {
    throw new StartError(`Only ${summary.totalCruised} modules were found; there must be at least ${leastModules}.`);
  }
  console.log(`  ${summary.totalCruised} modules, ${summary.totalDependenciesCruised} dependencies`);
}
