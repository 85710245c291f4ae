import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "@/db/embedded";
import { entryOf, foldPassword } from "@/lib/auth/blocklist";
import { runMain } from "./run-main";
import { projectRoot } from "./settings";

/**
 * Makes lib/auth/blocklist.bin from a list of passwords, most frequent first, one in a line. The stored list was
 * made from `10_million_password_list_top_1M.txt` of SecLists (github.com/danielmiessler/SecLists, MIT licence).
 */
const kept = 200_000;
const shortest = 8;
const alwaysKept = 15;

runMain(async () => {
  const source = process.argv[2];
  if (!source) throw new StartError("Usage: node --import tsx cli/blocklist.ts <file>");
  const frequent = new Set<string>();
  const long = new Set<string>();
  for (const line of readFileSync(source, "utf8").split(/\r?\n/)) {
    const password = foldPassword(line);
    const length = [...password].length;
    if (length >= alwaysKept) long.add(password);
    if (length >= shortest && frequent.size < kept) frequent.add(password);
  }
  const hashed = new Map(
    [...frequent, ...long].map((password) => [entryOf(password).toString("hex"), entryOf(password)]),
  );
  const sorted = [...hashed.values()].sort(Buffer.compare);
  writeFileSync(join(projectRoot, "lib", "auth", "blocklist.bin"), Buffer.concat(sorted));
  console.log(`${sorted.length} passwords`);
  return 0;
});
