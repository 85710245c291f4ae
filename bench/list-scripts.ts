import { gunzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { createDb } from "@/db/client";
import { type Build, get } from "./build";
import { printTable } from "./measure";

/** Compressed bytes of the scripts of a list above those of an empty page of the same build. */
export const mostScript = 12_000;
/** A sentence and a link in the console's frame: what every page loads. */
const emptyPage = "/nothing/stands/here";

const lists = [
  ...["users", "groups", "roles", "privileges", "organisation", "clients", "tokens", "service-accounts", "resources"],
  ...["identity-providers", "sessions", "sessions/clients", "sessions/locked", "audit", "roles/operations"],
  "settings/mail",
].map((name) => `/admin/${name}`);
const own = ["clients", "tokens", "sessions", "activity", "api"].map((name) => `/account/${name}`);
const tabs = {
  users: ["clients", "tokens", "sessions", "owned", "activity"],
  groups: ["members", "activity"],
};

/** Prints for every list what its scripts are above those of an empty page, by each build. */
export async function measureListScripts(builds: Build[], url: string): Promise<void> {
  const rows: string[][] = [];
  const floors = await Promise.all(builds.map((build) => emptyScript(build)));
  for (const { path, name } of await pathsOf(url)) {
    const found: number[] = [];
    for (const [at, build] of builds.entries()) found.push((await scriptOf(build, path)) - (floors[at] ?? 0));
    const [first = 0] = found;
    rows.push([name, ...found.map(kilo), first > mostScript ? "missed" : ""]);
  }
  rows.push(["an empty page", ...floors.map(kilo), ""]);
  printTable(
    `Compressed scripts of lists above an empty page, in kB; goal ${mostScript / 1_000}`,
    ["list", ...builds.map(({ name }) => name), ""],
    rows,
  );
}

/** Compressed bytes of the scripts of the page without anything on it; its sentence is fetched when it is shown, and is not counted. */
export const emptyScript = async (build: Build) => bytesOf(build, named(await pageOf(build, emptyPage, 404)));

/** Compressed bytes of the scripts that a page names, and of those that it has fetched because a part of it is shown. */
export async function scriptOf(build: Build, path: string): Promise<number> {
  const html = await pageOf(build, path, 200);
  return bytesOf(build, [...named(html), ...addressesOf(html, /<link[^>]*\sas="script"[^>]*>/g)]);
}

/** But for the one that only old browsers load. */
const named = (html: string) => addressesOf(html, /<script(?![^>]*nomodule)[^>]*\ssrc="[^"]+"[^>]*>/gi);

const addressesOf = (html: string, tags: RegExp) =>
  (html.match(tags) ?? []).map((tag) => /\s(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? "");

async function bytesOf(build: Build, addresses: string[]): Promise<number> {
  const answers = await Promise.all([...new Set(addresses)].map((address) => get(build, address)));
  return answers.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

async function pageOf(build: Build, path: string, expected: number): Promise<string> {
  const { status, bytes } = await get(build, path);
  if (status !== expected) throw new Error(`${build.name} answers ${path} with ${status}`);
  return gunzipSync(bytes).toString();
}

/** All lists, and the tabs of somebody and of a group that are lists. */
async function pathsOf(url: string): Promise<{ path: string; name: string }[]> {
  const db = createDb(url, { max: 1 });
  try {
    const [ids] = await db.execute<Record<string, string>>(
      sql`select (select min(id::text) from users where status = 'active') as users, (select min(id::text) from groups) as groups`,
    );
    const ofOne = Object.entries(tabs).flatMap(([noun, names]) =>
      names.map((name) => ({ path: `/admin/${noun}/${ids?.[noun]}/${name}`, name: `/admin/${noun}/[id]/${name}` })),
    );
    return [...[...lists, ...own].map((path) => ({ path, name: path })), ...ofOne];
  } finally {
    await db.$client.end({ timeout: 5 });
  }
}

const kilo = (bytes: number) => (bytes / 1_000).toFixed(1);
