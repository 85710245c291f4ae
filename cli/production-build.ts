import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "@/db/embedded";
import { bundleProgram, servedProgram } from "./bundle-program";
import { compressScripts } from "./compress-scripts";
import { runNode } from "./run-node";
import { projectRoot } from "./settings";

const sources = [
  "app",
  "components",
  "db",
  "lib",
  "public",
  "middleware.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const marker = join(projectRoot, ".next", "gatehouse-build");

export interface BuildOptions {
  env: Record<string, string | undefined>;
  log: (line: string) => void;
  /** Whether what Next says of it is said at once; else only where it fails. */
  verbose: boolean;
  signal?: AbortSignal;
}

/** Makes the production build when there is none of exactly these sources. Throws StartError when it fails. */
export async function ensureBuild({ env, log, verbose, signal }: BuildOptions): Promise<void> {
  bundleProgram();
  const current = hashSources();
  if (existsSync(marker) && readFileSync(marker, "utf8") === current) return;
  log("Building. This takes about a minute, once after each change.");
  rmSync(marker, { force: true });
  const code = await runNode(["node_modules/next/dist/bin/next", "build"], {
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    verbose,
    signal,
  });
  if (code !== 0) throw new StartError("The build failed. See the output above.");
  await compressScripts();
  if (hashSources() === current) writeFileSync(marker, current);
}

function hashSources() {
  const hash = createHash("sha256");
  const add = (path: string) => {
    const full = join(projectRoot, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    } else if (!/\.test\.tsx?$/.test(path) && path !== servedProgram) {
      hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
    }
  };
  sources.forEach(add);
  return hash.digest("hex");
}
