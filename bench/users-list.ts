import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { roles } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { loadAccess } from "@/lib/authz/load";
import { operator } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { encodeCursor } from "@/lib/lists/pagination";
import { readUserFilters, type UserFilters, userSorts } from "@/lib/users/filters";
import { countUsers, listUsers, servedUsers, type UserPage } from "@/lib/users/list";
import { printTable, printTimings, type Timing, time } from "./measure";
import { blockOf, groupRoles, userId } from "./people";

type Params = Record<string, string | string[]>;
type Case = { name: string; ctx: Ctx; filters: UserFilters; bare?: string };

const present = "status <> 'archived'";
/** Seconds for the pairs of one size, and a step through them that has no factor in common with their number. */
const pairSeconds = 60;
const stride = 389;
const filtersOf = (params: Params) => readUserFilters(params).filters;

/** Measures the user list as the page calls it, and the bare SQL of its heart where that is one statement. */
export async function benchUsersList(db: Db, size: number, pairs: boolean): Promise<void> {
  const all = createContext(db, operator);
  const rounds = 20;
  await printSpeed(db);
  const cases = await namedCases(db, all, size);
  const timings: Timing[] = [];
  for (const { name, ctx, filters, bare } of cases) {
    const page = await listUsers(ctx, filters);
    const taken = await time(rounds, () => listUsers(ctx, filters));
    const alone = bare ? (await time(rounds, () => db.execute(sql.raw(bare)))).p50 : null;
    timings.push({ name, ...taken, bare: alone, note: shows(page) });
  }
  const counted = await countUsers(all);
  const counting = await time(rounds, () => countUsers(all));
  timings.push({ name: "counts of both views", ...counting, bare: null, note: `${counted.active.value} active` });
  printTimings(`User list at ${size.toLocaleString("en-US")} users`, timings);
  if (pairs) await benchPairs(all, size, await filterChoices(db, size));
}

/** What the machine can do at this moment: figures of a busy one are to be read beside it. */
async function printSpeed(db: Db): Promise<void> {
  const { p50, p95 } = await time(10, () => db.execute(sql`select sum(n) from generate_series(1, 1000000) n`));
  console.log(`PostgreSQL adds up a million numbers in ${p50.toFixed(0)} ms (p95 ${p95.toFixed(0)}).`);
}

async function namedCases(db: Db, all: Ctx, size: number): Promise<Case[]> {
  const one = (name: string, params: Params, bare?: string): Case => ({
    name,
    ctx: all,
    filters: filtersOf(params),
    bare,
  });
  const role = await roleIds(db);
  const lead = await personCtx(db, blockOf(size).from);
  const deep = Math.floor(size * 0.7);
  const last = "coalesce(last_sign_in_at, '-infinity'::timestamptz)";
  const byLast = filtersOf({ sort: "lastSignInAt" });
  return [
    one("first page by name", {}, `select id from users where ${present} order by name_key, id limit 51`),
    { name: "page at 70 % by name", ctx: all, filters: await deepInto(db, filtersOf({}), "name_key", deep) },
    one(
      "first page by last sign-in, newest",
      { sort: "-lastSignInAt" },
      `select id from users where ${present} order by ${last} desc, id desc limit 51`,
    ),
    {
      name: "deep among those never signed in",
      ctx: all,
      filters: await deepInto(db, byLast, last, Math.floor(size * 0.05)),
    },
    one("by status, first page", { sort: "status" }),
    one("by status, last first", { sort: "-status" }),
    ...[
      "zar",
      "stein",
      "an",
      "zi",
      "q",
      "berg",
      "zara stein",
      "Stein, Zara;",
      "zara.st",
      "o'ne",
      "northwind",
      "xyzzy",
      "12345",
    ].map((q) =>
      one(
        `search "${q}"`,
        { q },
        /^\w{3,}$/.test(q)
          ? `select count(*) from (select 1 from users where ${present} and search like '%${q}%' limit 10001) x`
          : undefined,
      ),
    ),
    one('search "zar" by last sign-in', { q: "zar", sort: "-lastSignInAt" }),
    one('search "zar", archived', { q: "zar", view: "archived" }),
    one("archived, first page", { view: "archived" }),
    one("status locked", { status: "locked" }),
    one("status disabled", { status: "disabled" }),
    one("status disabled by last sign-in", { status: "disabled", sort: "lastSignInAt" }),
    one("never signed in", { dormant: "never" }),
    one("not for 365 days", { dormant: "365" }),
    one("role Quality Manager (primary, 1 %)", { role: role("Quality Manager") }),
    one("role Quality Engineer (primary, 90 %)", { role: role("Quality Engineer") }),
    one("role Auditor (direct, 0.2 %)", { role: role("Auditor") }),
    ...Object.entries(groupRoles).map(([name, how]) => one(`role ${name} (${how})`, { role: role(name) })),
    one("role Far end by name, descending", { role: role("Far end"), sort: "-name" }),
    one("role Auditor or Quality Manager", { role: [role("Auditor"), role("Quality Manager")] }),
    { name: `reports, ${blockOf(size).below.toLocaleString("en-US")} people below`, ctx: lead, filters: filtersOf({}) },
    { name: "reports, by last sign-in", ctx: lead, filters: filtersOf({ sort: "-lastSignInAt" }) },
    { name: 'reports, search "zar"', ctx: lead, filters: filtersOf({ q: "zar" }) },
  ];
}

/** Every offered sort × every filter × a search, in a mixed order until the time is up: names each over 100 ms. */
async function benchPairs(all: Ctx, size: number, choices: Record<string, Params>): Promise<void> {
  const sorts = userSorts.flatMap((by) => [by, `-${by}`]);
  const pairs = sorts.flatMap((sort) =>
    Object.entries(choices).flatMap(([name, params]) => ["", "zar", "an"].map((q) => ({ sort, name, params, q }))),
  );
  const slow: string[][] = [];
  const end = performance.now() + pairSeconds * 1000;
  let measured = 0;
  let slowest = 0;
  for (; measured < pairs.length && performance.now() < end; measured += 1) {
    const pair = pairs[(measured * stride) % pairs.length];
    if (!pair) break;
    const filters = filtersOf({ ...pair.params, sort: pair.sort, q: pair.q });
    const page = await listUsers(all, filters);
    const { p50, p95 } = await time(3, () => listUsers(all, filters), false);
    slowest = Math.max(slowest, p95);
    const name = `${pair.sort} · ${pair.name}${pair.q ? ` · "${pair.q}"` : ""}`;
    if (p95 > 100) slow.push([name, p50.toFixed(0), p95.toFixed(0), shows(page)]);
  }
  const few = slow.filter((row) => !row[3]?.includes("more than")).length;
  printTable(
    `${measured} of ${pairs.length} pairs of sort and filter at ${size.toLocaleString("en-US")}: ${slow.length} over 100 ms, ${few} of them with at most 10,000 matches; slowest ${slowest.toFixed(0)} ms`,
    ["pair", "p50 ms", "p95 ms", "shows"],
    slow.sort((one, other) => Number(other[2]) - Number(one[2])),
  );
}

async function filterChoices(db: Db, size: number): Promise<Record<string, Params>> {
  const role = await roleIds(db);
  const group = (n: number) => `01900000-0000-7000-9000-${n.toString(16).padStart(12, "0")}`;
  const manager = `01900000-0000-7000-8000-${Math.floor(size / 300)
    .toString(16)
    .padStart(12, "0")}`;
  return {
    none: {},
    ...Object.fromEntries(
      ["active", "disabled", "invited", "locked"].map((status) => [`status ${status}`, { status }]),
    ),
    ...Object.fromEntries(
      ["Quality Lead", "Auditor", ...Object.keys(groupRoles)].map((name) => [`role ${name}`, { role: role(name) }]),
    ),
    "group of 150": { group: group(10) },
    "group of a fifth": { group: group(1) },
    "configuration entra": { configuration: "entra" },
    "one manager": { manager },
    "never signed in": { dormant: "never" },
    "not for 90 days": { dormant: "90" },
    "disabled Deployer": { status: "disabled", role: role("Deployer") },
    "locked, in the group of a fifth": { status: "locked", group: group(1) },
    archived: { view: "archived" },
  };
}

function shows({ rows, total, bounded }: UserPage): string {
  const count = total.value.toLocaleString("en-US");
  const words = { exact: "", about: "about ", over: "more than " }[total.kind];
  return `${rows.length} of ${words}${count}${bounded ? ", bounded" : ""}`;
}

async function roleIds(db: Db) {
  const found = new Map(
    (await db.select({ name: roles.name, id: roles.id }).from(roles)).map(({ name, id }) => [name, id]),
  );
  return (name: string) => found.get(name) ?? "";
}

async function personCtx(db: Db, n: number): Promise<Ctx> {
  const [row] = await db.execute<{ id: string }>(sql.raw(`select ${userId(n)} as id`));
  const id = row?.id ?? "";
  const [lead] = await db.select({ id: roles.id }).from(roles).where(eq(roles.name, "Quality Lead"));
  await db.execute(sql`update users set primary_role_id = ${lead?.id ?? ""}, status = 'active' where id = ${id}`);
  return createContext(db, personActor({ id, sessionId: null, access: await loadAccess(db, id, new Date()) }));
}

/** The same list from the row at this place on. */
async function deepInto(db: Db, filters: UserFilters, key: string, place: number): Promise<UserFilters> {
  const [row] = await db.execute<{ id: string; key: string }>(
    sql.raw(`select id, (${key})::text as key from users where ${present} order by ${key}, id limit 1 offset ${place}`),
  );
  const sign = servedUsers.placeIn(filters)?.sign ?? "";
  return row ? { ...filters, after: encodeCursor(sign, { keys: [row.key], id: row.id, place }) } : filters;
}
