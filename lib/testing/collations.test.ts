import postgres from "postgres";
import { expect, inject, test } from "vitest";
import { collationVersions } from "@/db/collations";
import { migrate } from "@/db/migrate";
import { createTestDatabase } from "@/lib/testing/databases";

async function onDatabase(name: string, work: (sql: postgres.Sql, url: string) => Promise<void>) {
  const database = await createTestDatabase(inject("serverUrl"), `gatehouse_${name}_${process.pid}`);
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    await migrate(database.url);
    await work(sql, database.url);
  } finally {
    await sql.end({ timeout: 5 });
    await database.drop();
  }
}

const comment = async (sql: postgres.Sql) =>
  (await sql`select obj_description(to_regclass('drizzle.__drizzle_migrations'), 'pg_class') as said`)[0]
    ?.said as string;

/** Which file contains the index: another one once it has been rebuilt. */
const fileOf = async (sql: postgres.Sql, index: string) =>
  (await sql`select pg_relation_filenode(${index}::regclass)::int as node`)[0]?.node as number;

test("indexes on text are rebuilt once after the server's collations have changed", () =>
  onDatabase("collations", async (sql, url) => {
    const now = await collationVersions(sql);
    expect(now).toMatch(/^\d+(\.\d+)*\/\S+$/);
    expect(await comment(sql)).toMatch(new RegExp(` collations ${now}$`));

    const [byName, byManager] = [await fileOf(sql, "users_by_name"), await fileOf(sql, "sessions_live")];
    await migrate(url);
    expect(await fileOf(sql, "users_by_name")).toBe(byName);

    const earlier = (await comment(sql)).replace(now, "1.0/-");
    await sql.unsafe(`comment on table drizzle.__drizzle_migrations is '${earlier}'`);
    await migrate(url);
    expect(await fileOf(sql, "users_by_name")).not.toBe(byName);
    expect(await fileOf(sql, "sessions_live")).toBe(byManager);
    expect(await comment(sql)).toMatch(new RegExp(` collations ${now}$`));
  }));

test("a database from before versions were recorded is compared with those it was made with", () =>
  onDatabase("uncollated", async (sql, url) => {
    const now = await collationVersions(sql);
    const byName = await fileOf(sql, "users_by_name");
    const bare = (await comment(sql)).replace(/ collations \S+$/, "");
    await sql.unsafe(`comment on table drizzle.__drizzle_migrations is '${bare}'`);
    await migrate(url);
    expect(await fileOf(sql, "users_by_name")).toBe(byName);

    await sql.unsafe(`comment on table drizzle.__drizzle_migrations is '${bare}'`);
    await sql`update pg_collation set collversion = '1.0' where collname = 'und-x-icu'`;
    await migrate(url);
    expect(await fileOf(sql, "users_by_name")).not.toBe(byName);
    expect(await comment(sql)).toMatch(new RegExp(` collations ${now}$`));
  }));
