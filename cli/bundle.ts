import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "@/db/embedded";
import { projectRoot } from "./settings";

/** The library that talks to the database, its classes, a table, and SQL: nothing of these belongs into a browser. */
export const serverMarks = ["drizzle", "PgTable", "client_tokens", "pg_advisory"];
/** What the browser does have, so that a check that sees nothing fails. */
export const browserMarks = ["Generate a client", "Skip to content"];
/** A little below what there is today. */
export const leastFiles = 60;
export const leastBytes = 1_500_000;

/** What is wrong with the scripts that browsers are handed, by name; an empty list: nothing. */
export function bundleFaults(scripts: { name: string; text: string }[]): string[] {
  const bytes = scripts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const leaked = scripts.flatMap(({ name, text }) =>
    serverMarks.filter((mark) => text.includes(mark)).map((mark) => `${name} holds "${mark}": server code is in it.`),
  );
  const missing = browserMarks
    .filter((mark) => !scripts.some(({ text }) => text.includes(mark)))
    .map((mark) => `No script holds "${mark}": these are not the scripts of the pages.`);
  const few =
    scripts.length < leastFiles || bytes < leastBytes
      ? [`Only ${scripts.length} scripts with ${bytes} bytes were seen.`]
      : [];
  return [...leaked, ...missing, ...few];
}

/** Reads the scripts of the production build. Throws StartError when server code reached the browser. */
export function checkBundle(): void {
  const folder = join(projectRoot, ".next", "static");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  const faults = bundleFaults(names.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })));
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0)
    throw new StartError("The browser is handed what it should not be. Follow the imports from there.");
}
