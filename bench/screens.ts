import { sql } from "drizzle-orm";
import { createDb } from "@/db/client";
import { readDatabaseLog } from "./database-log";
import { printTable, time } from "./measure";
import { blockOf, userId } from "./people";

/** In milliseconds at a million people; `statements` of a whole request: the outer wall, frame and page together. */
type Goal = { p50?: number; p95?: number; statements?: number };
type Screen = { name: string; path: string; goal: Goal };

const often: Goal = { p95: 60 };
const one: Goal = { p50: 25, statements: 12 };
const rounds = 200;
/** Requests whose statements are counted: their median leaves out what jobs ask meanwhile. */
const counted = 7;

/**
 * Measures how long a server takes for each screen of a large house, one request after another: in all, of its own processor, and of the
 * database, which writes each statement down meanwhile.
 */
export async function measureScreens(
  build: { name: string; get: (path: string) => Promise<{ status: number }>; cpu: () => number },
  url: string,
  size: number,
): Promise<void> {
  const screens = await screensOf(url, size);
  const get = async (path: string) => {
    const { status } = await build.get(path);
    if (status !== 200) throw new Error(`${build.name} answers ${path} with ${status}`);
  };
  const taken = [];
  for (const { path } of screens) {
    for (let round = 0; round < rounds / 4; round += 1) await get(path);
    const cpu = build.cpu();
    const { p50, p95 } = await time(rounds, () => get(path), false);
    taken.push({ p50, p95, cpu: (build.cpu() - cpu) / rounds });
  }
  const rows: string[][] = [];
  const log = await readDatabaseLog(url);
  try {
    for (const [at, { name, path, goal }] of screens.entries()) {
      const asked = [];
      for (let request = 0; request < counted; request += 1) {
        log.since();
        await get(path);
        asked.push(log.since());
      }
      const statements = median(asked.map((one) => one.statements));
      const { p50 = 0, p95 = 0, cpu = 0 } = taken[at] ?? {};
      rows.push([
        name,
        p50.toFixed(1),
        p95.toFixed(1),
        cpu.toFixed(1),
        `${statements}`,
        median(asked.map(({ ms }) => ms)).toFixed(1),
        ...goalAndWhether(goal, { p50, p95, statements }),
      ]);
    }
  } finally {
    await log.end();
  }
  printTable(
    `${build.name}: screens at ${size.toLocaleString("en-US")} users and as many events, one request after another`,
    ["screen", "p50 ms", "p95 ms", "server CPU ms", "statements", "database ms", "goal", ""],
    rows,
  );
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function goalAndWhether(goal: Goal, found: Required<Goal>): [string, string] {
  const parts = Object.entries(goal) as [keyof Goal, number][];
  const words = parts.map(([what, most]) => (what === "statements" ? `${most} statements` : `${what} ${most} ms`));
  return [`<= ${words.join(", ")}`, parts.every(([what, most]) => found[what] <= most) ? "" : "missed"];
}

/** Somebody in two groups with a client, below a Lead of many; the group of a fifth, and a small one. */
async function screensOf(url: string, size: number): Promise<Screen[]> {
  const db = createDb(url, { max: 1 });
  const block = blockOf(size);
  try {
    const [ids] = await db.execute<Record<string, string>>(
      sql.raw(`select ${userId(block.to)} as person, ${userId(block.from)} as lead,
        (select id from groups where name = 'Team 1') as large, (select id from groups where name = 'Team 40') as small`),
    );
    const user = `/admin/users/${ids?.person}`;
    const group = (which: string) => `/admin/groups/${ids?.[which]}`;
    const tabs = (name: string, path: string, found: string[]): Screen[] =>
      found.map((tab) => ({ name: `${name}${tab && `, ${tab}`}`, path: tab ? `${path}/${tab}` : path, goal: one }));
    return [
      { name: "home", path: "/admin", goal: often },
      { name: "roles", path: "/admin/roles", goal: often },
      { name: "organisation", path: "/admin/organisation", goal: often },
      { name: "groups", path: "/admin/groups", goal: often },
      { name: "audit log", path: "/admin/audit", goal: often },
      ...tabs("a user", user, ["", "access", "clients", "sessions", "owned", "activity"]),
      { name: "a user, why not", path: `${user}/access?why=user.update&on=${ids?.lead}`, goal: one },
      ...tabs("a group of about 150", group("small"), ["", "members", "roles", "activity"]),
      ...tabs("a group of a fifth", group("large"), ["", "members"]),
      { name: "the way down to a user", path: `/admin/organisation?show=${ids?.person}`, goal: one },
      { name: "a branch of 20", path: `/admin/organisation?open=${ids?.lead}`, goal: one },
    ];
  } finally {
    await db.$client.end({ timeout: 5 });
  }
}
