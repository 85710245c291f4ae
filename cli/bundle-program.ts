import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { projectRoot } from "./settings";

/** Made, and served as it is: a build does not depend on it. */
export const servedProgram = join("public", "gatehouse.mjs");

/** The command line for other machines, as one file. */
export function programText(): string {
  const { outputFiles } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: ["cli/standalone.ts"],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: "#!/usr/bin/env node" },
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** Puts it where Next serves it from, unless it is there already. */
export function bundleProgram(): void {
  const [text, served] = [programText(), join(projectRoot, servedProgram)];
  if (existsSync(served) && readFileSync(served, "utf8") === text) return;
  writeFileSync(`${served}.${process.pid}`, text);
  renameSync(`${served}.${process.pid}`, served);
}
