import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { StartError } from "@/db/embedded";
import { projectRoot } from "./settings";

/**
 * The library that talks to the database, its classes, a table, SQL, and Node's `crypto`, for which the bundler puts in 400 kB that evaluate text:
 * nothing of these belongs into a browser.
 */
export const serverMarks = ["drizzle", "PgTable", "client_tokens", "pg_advisory", "createDecipheriv"];
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

/**
 * Lists, and tabs that are lists: their scripts are counted, and what is done on them is fetched when somebody does it.
 * `npm run bench -- pages` counts them as a browser is handed them.
 */
export const countedPages = [
  ...["users", "groups", "roles", "privileges", "organisation", "clients", "tokens", "service-accounts", "resources"],
  ...["identity-providers", "audit", "sessions", "sessions/clients", "sessions/locked", "roles/operations"],
  "settings/mail",
  ...["members", "activity"].map((tab) => `groups/[id]/${tab}`),
  ...["clients", "tokens", "sessions", "owned", "activity"].map((tab) => `users/[id]/${tab}`),
  ...["tokens", "activity"].map((tab) => `service-accounts/[id]/${tab}`),
]
  .map((list) => `admin/${list}`)
  .concat(["clients", "tokens", "sessions", "activity", "api"].map((list) => `account/${list}`));
/** Pages with an open form: what it checks by, and what its pickers offer, is fetched when it gets the focus. */
export const formPages = ["account", "admin/settings", "admin/groups/[id]"];
export const laterMarks = {
  zod: "_zod",
  "react-hook-form": "shouldFocusError",
  cmdk: "cmdk-item",
  "dialogs, menus and popovers of Radix": "DismissableLayer",
  "next/link": "legacyBehavior",
};

/** What the scripts of a page should not contain: each of these is as large as all of a list. */
export function pageFaults(pages: { name: string; text: string }[], marks: Record<string, string>): string[] {
  return pages.flatMap(({ name, text }) => [
    ...(text.includes("Skip to content") ? [] : [`The scripts of ${name} were not seen.`]),
    ...Object.entries(marks)
      .filter(([, mark]) => text.includes(mark))
      .map(([what]) => `The page ${name} loads ${what} before it is used.`),
  ]);
}

/** Bytes of scripts, compressed by gzip, that a list may have above a page without anything on it. */
export const mostAboveEmpty = 12_000;

/** Lists that are heavier than that. */
export function weightFaults(pages: { name: string; bytes: number }[], empty: number): string[] {
  return pages
    .filter(({ bytes }) => bytes - empty > mostAboveEmpty)
    .map(
      ({ name, bytes }) =>
        `The scripts of ${name} are ${bytes - empty} bytes above those of an empty page; the most is ${mostAboveEmpty}.`,
    );
}

const page = (name: string) => ({ name, text: scriptsOf(name).join("\n") });
const { "react-hook-form": _, ...formMarks } = laterMarks;

const emptyPage = "_not-found";

/**
 * The scripts that a page of the console names, but for those of Next itself, by what Next writes down for its server. The page of an unknown
 * address has the frame of the console, and no other page names what only that one loads.
 */
function scriptsOf(page: string): string[] {
  const folder = join(projectRoot, ".next");
  const manifest = readFileSync(join(folder, "server/app", page, "page_client-reference-manifest.js"), "utf8");
  const [, entries = "{}"] = /"entryJSFiles":\s*(\{.*?\})/s.exec(manifest) ?? [];
  const named = Object.entries<string[]>(JSON.parse(entries));
  const loaded = named.filter(([part]) => page === emptyPage || part !== "[project]/app/not-found");
  return [...new Set(loaded.flatMap(([, places]) => places))].map((place) => readFileSync(join(folder, place), "utf8"));
}

const weightOf = (name: string) => scriptsOf(name).reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);

/** Reads the scripts of the production build. Throws StartError when server code reached the browser, or a page what it does not need yet. */
export function checkBundle(): void {
  const folder = join(projectRoot, ".next", "static");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  const faults = [
    ...bundleFaults(names.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))),
    ...pageFaults(countedPages.map(page), laterMarks),
    ...pageFaults(formPages.map(page), formMarks),
    ...weightFaults(
      countedPages.map((name) => ({ name, bytes: weightOf(name) })),
      weightOf(emptyPage),
    ),
  ];
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0)
    throw new StartError("The browser's scripts contain what they should not. Follow the imports from there.");
}
