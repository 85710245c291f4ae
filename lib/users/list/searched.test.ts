import { type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db } from "@/db/client";
import { indexedSearch } from "@/db/columns";
import { isSampled, sampledTexts } from "@/db/sampled";
import { operator } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";

const size = 1_500;
const exact = (value: number) => ({ kind: "exact", value });

/** People as if each were one of many: those are all drawn by lot. */
const drawn = sql`select id, row_number() over () as n
  from (select gen_random_uuid() as id from generate_series(1, ${sql.raw(String(size * sampledTexts * 1.2))})) made
 where ${isSampled("id", sampledTexts)} limit ${size}`;
const undrawn = sql`select gen_random_uuid() as id, n from generate_series(1, ${size}::int) n`;

/** Every second is a Stone, some with a text too long for the index of short ones; some are archived. */
async function fill(db: Db, people: SQL) {
  await db.execute(sql`delete from users`);
  await db.execute(sql`insert into users (id, username, username_key, email, email_key, first_name, last_name, name_key, search, primary_role_id, status)
    select id, 'u' || n, 'u' || n, 'u' || n || '@x.example', 'u' || n || '@x.example', 'P' || n * 7 % ${size}::int, last,
           'P' || n * 7 % ${size}::int || ' ' || last,
           ' p' || n || ' ' || lower(last) || case when n % 20 = 0 then repeat(' x', ${indexedSearch}::int) else '' end,
           (select id from roles where kind = 'primary' order by name limit 1), case when n % 30 = 1 then 'archived' else 'active' end
      from (select id, n, case when n % 2 = 0 then 'Stone' else 'Wood' || n end as last from (${people}) person) named`);
  await db.execute(sql`analyze users`);
}

/** The statements of one page. */
function counting(db: Db) {
  const sent: string[] = [];
  const logger = { logQuery: (text: string) => void sent.push(text) };
  const { session } = (db as unknown as { _: { session: { logger: unknown; options: object } } })._;
  session.logger = logger;
  session.options = { ...session.options, logger };
  return sent;
}

async function pages(db: Db, q: string, sort: string) {
  const ctx = createContext(db, operator);
  const ids: string[] = [];
  let filters = readUserFilters({ q, sort }).filters;
  for (;;) {
    const { rows, next, total } = await listUsers(ctx, filters);
    ids.push(...rows.map(({ id }) => id));
    if (next === null) return { ids, total };
    filters = { ...filters, after: next };
  }
}

test("a frequent search by name in a large house gives the people of plain SQL, and does not count them", () =>
  withFreshDatabase("searched", async (db) => {
    await loadPreset(db);
    await fill(db, undrawn);
    const found = async (way: string) => {
      const rows = await db.execute<{ id: string }>(
        sql.raw(
          `select id from users where search like '%stone%' and status <> 'archived' order by name_key ${way}, id ${way}`,
        ),
      );
      return rows.map(({ id }) => id);
    };
    const stones = (await found("asc")).length;
    expect((await pages(db, "stone", "name")).total).toEqual(exact(stones));
    await fill(db, drawn);
    for (const [sort, way] of Object.entries({ name: "asc", "-name": "desc" })) {
      const { ids } = await pages(db, "stone", sort);
      expect(ids).toEqual(await found(way));
    }
    const sent = counting(db);
    const page = await listUsers(createContext(db, operator), readUserFilters({ q: "stone" }).filters);
    expect(page.total).toEqual({ kind: "about", value: 350_000 });
    expect(sent.filter((text) => /count\(\*\)::int as matched/.test(text) && /from hit/.test(text))).toEqual([]);
    const rare = await listUsers(createContext(db, operator), readUserFilters({ q: "wood77" }).filters);
    expect(rare.total.kind).toBe("exact");
  }));
