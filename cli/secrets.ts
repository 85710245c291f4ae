import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "@/db/embedded";
import { projectRoot } from "./settings";

const shapes: [what: string, pattern: RegExp][] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/],
  ["an access key of a cloud", /\bAKIA[0-9A-Z]{16}\b/],
  ["a token of a code host", /\b(ghp|gho|ghs|github_pat|glpat)[_-][A-Za-z0-9_]{20,}/],
  ["a token of a chat", /\bxox[abpr]-[A-Za-z0-9-]{20,}/],
  ["a token of a registry", /\bnpm_[A-Za-z0-9]{36}\b/],
  [
    "an address with a password",
    /\b(postgres|postgresql|https?):\/\/[^\s:/@"'`$]+:(?!password@|secret@)[^\s@"'`$]{8,}@/,
  ],
];

/** Looks through every file that git keeps for what looks like a live secret. Throws StartError that lists them. */
export function checkSecrets() {
  const files = listFiles();
  if (files.length < 50) throw new StartError(`Only ${files.length} files were seen.`);
  const found = files.flatMap((file) => {
    const text = readFileSync(join(projectRoot, file), "utf8");
    return shapes.filter(([, pattern]) => pattern.test(text)).map(([what]) => `  ${file} holds ${what}`);
  });
  if (found.length > 0) throw new StartError(found.join("\n"));
  console.log(`  ${files.length} files`);
}

function listFiles() {
  const { status, stdout } = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  if (status !== 0) throw new StartError("The files could not be listed: this check needs git and a clone.");
  return stdout.split("\0").filter((file) => file && isText(file));
}

function isText(file: string) {
  const stat = lstatSync(join(projectRoot, file), { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size < 2_000_000 && !/\.(png|jpg|woff2?|ico|lock)$/.test(file);
}
