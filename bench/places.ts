import { type SQL, sql } from "drizzle-orm";
import { createDb, type Db, type Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { below, isBelow } from "@/db/places";
import { roleOperations } from "@/db/schema";
import { relateAll } from "@/lib/authz/relation";
import { readChart } from "@/lib/organisation/chart";
import { readChartFilters } from "@/lib/organisation/filters";
import { findInChart, pathTo } from "@/lib/organisation/path";
import { managersAbove } from "@/lib/previews/compare";
import { as, roleNamed } from "@/lib/testing/database";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";
import type { Figure } from "./figures";
import { median, processorOf } from "./measure";
import { blockOf, userId } from "./people";

/** The same questions answered by walking from manager to manager, as it was done before places were kept. */
const walked = {
  below: (top: SQL) => sql`with recursive below as (
      select id from users where manager_id = ${top}
      union select u.id from users u join below b on u.manager_id = b.id
    ) select id from below`,
  isBelow: (person: SQL, top: SQL) => sql`exists(with recursive above as (
      select manager_id from users where id = ${person}
      union select u.manager_id from users u join above a on u.id = a.manager_id
    ) select 1 from above where manager_id = ${top})`,
};

/** Milliseconds of the database's processor that each question may take at a million users. */
const goals = { isBelow: 0.12, ids: 4, managers: 100, page: 5, moved: 500 };

class Rollback extends Error {}

/** What is asked of the organisation: by its kept places, and by walking; and the screens of those who see what is below them. All is taken back. */
export async function placesFigures(url: string, size: number): Promise<Figure[]> {
  const db = createDb(url, { max: 1, statementTimeout: 300_000 });
  const figures: Figure[] = [];
  try {
    const spent = await processorOf(db);
    await tidy(db);
    await db.transaction(async (tx) => {
      await measureIn(tx as unknown as Db, size, spent, figures);
      throw new Rollback();
    });
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
    await tidy(db);
  } finally {
    await db.$client.end({ timeout: 5 });
  }
  return figures;
}

/** Moves that were taken back leave rows that are read past until they are removed. */
const tidy = (db: Db) => db.execute(sql`vacuum analyze places, users`);

async function measureIn(db: Db, size: number, spent: () => number, figures: Figure[]): Promise<void> {
  const measure = async (
    name: string,
    goal: number | null,
    times: number,
    kept: () => Promise<unknown>,
    walk?: () => Promise<unknown>,
  ) => {
    await kept();
    const ms = await median(times, kept, spent);
    const note = walk ? `${(await median(Math.min(times, 3), walk, spent)).toFixed(2)} by walking` : "";
    figures.push({ name, goal, ms, note });
  };
  const block = blockOf(size);
  const id = (n: number) => sql.raw(`${userId(n)}::uuid`);
  const [boss, everybody, low] = [id(block.from), id(1), id(block.to)];
  const count = (people: SQL) => db.execute(sql`select count(*) from (${people} limit 50001) counted`);
  const ask = (is: SQL) => kept(db.select({ is }).from(sql`(select 1) one`));
  await measure("nothing, asked by a statement that is kept", null, 1_000, () => ask(sql`true`));
  await measure(
    "whether one is below the other, as decisions ask it",
    goals.isBelow,
    1_000,
    () => ask(isBelow(low, boss)),
    () => ask(walked.isBelow(low, boss)),
  );
  const idOf = async (n: number) => (await db.execute<{ id: string }>(sql`select ${id(n)} as id`))[0]?.id ?? "";
  const pair = { actorId: await idOf(block.from), personId: await idOf(block.to) };
  await measure("how one stands to the other, with groups", goals.isBelow, 1_000, () =>
    relateAll(db, [pair], new Date()),
  );
  const led = (block.to - block.from).toLocaleString("en-US");
  await measure(
    `the ids of ${led} below`,
    goals.ids,
    50,
    () => count(below(boss)),
    () => count(walked.below(boss)),
  );
  await measure(
    "of everybody below the top, up to 50,001",
    null,
    20,
    () => count(below(everybody)),
    () => count(walked.below(everybody)),
  );
  const some = await db.execute<{ id: string }>(sql`select id from users order by id limit 10000`);
  const people = some.map((row) => row.id);
  await measure("managers above 10,000 people", goals.managers, 10, () => managersAbove(db, people));
  const tx = db as unknown as Tx;
  const { id: roleId } = await roleNamed(tx, "Quality Engineer");
  await tx.insert(roleOperations).values({ roleId, operation: "user.read", scope: "reports" }).onConflictDoNothing();
  for (const n of [block.from, 1]) {
    const [found] = await tx.execute<{ id: string }>(sql`select ${id(n)} as id`);
    await tx.execute(sql`update users set primary_role_id = ${roleId} where id = ${id(n)}`);
    const ctx = await as(tx, { id: found?.id ?? "" });
    const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from (${below(id(n))}) b`);
    const whose = `of a manager of ${row?.count.toLocaleString("en-US")}`;
    await measure(`first page of users ${whose}`, n === 1 ? goals.page : null, 20, () =>
      listUsers(ctx, readUserFilters({}).filters),
    );
    await measure(`the chart ${whose}`, null, 20, () => readChart(ctx, readChartFilters({})));
    await measure(`"stein" in the chart ${whose}`, null, 10, () => findInChart(ctx, "stein"));
    await measure(`the way down to one ${whose}`, null, 100, () => pathTo(ctx, pair.personId));
  }
  const under = (manager: SQL) => db.execute(sql`update users set manager_id = ${manager} where id = ${boss}`);
  let isBack = false;
  await measure(`${led} people moved`, goals.moved, 6, async () => {
    isBack = !isBack;
    await under(isBack ? everybody : sql`null`);
  });
}
