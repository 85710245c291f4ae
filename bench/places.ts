import { type SQL, sql } from "drizzle-orm";
import { createDb } from "@/db/client";
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
import { backendTime, printTable, time } from "./measure";
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

/** Measures what is asked of the organisation: by its kept places, and by walking; and the screens of those who see what is below them. */
export async function benchPlaces(url: string, size: number): Promise<void> {
  const db = createDb(url, { max: 1, statementTimeout: 300_000 });
  try {
    const rows: string[][] = [];
    const spent = await backendTime(db);
    const measure = async (
      name: string,
      times: number,
      kept: () => Promise<unknown>,
      walk?: () => Promise<unknown>,
    ) => {
      await kept();
      const begun = spent();
      const now = await time(times, kept, false);
      const used = (spent() - begun) / times;
      const before = walk && (await time(times, walk));
      rows.push([name, now.p50.toFixed(2), used.toFixed(2), before ? before.p50.toFixed(2) : ""]);
    };
    const block = blockOf(size);
    const id = (n: number) => sql.raw(`${userId(n)}::uuid`);
    const [boss, everybody, low] = [id(block.from), id(1), id(block.to)];
    const count = (people: SQL) => db.execute(sql`select count(*) from (${people} limit 50001) counted`);
    const ask = (is: SQL) => db.execute(sql`select ${is} as is`);
    await measure("nothing: one way there and back", 1_000, () => ask(sql`true`));
    await measure(
      "whether one is below the other",
      1_000,
      () => ask(isBelow(low, boss)),
      () => ask(walked.isBelow(low, boss)),
    );
    const idOf = async (n: number) => (await db.execute<{ id: string }>(sql`select ${id(n)} as id`))[0]?.id ?? "";
    const pair = { actorId: await idOf(block.from), personId: await idOf(block.to) };
    await measure("how one stands to the other, as decisions ask", 1_000, () => relateAll(db, [pair], new Date()));
    const led = (block.to - block.from).toLocaleString("en-US");
    await measure(
      `the ids of ${led} below`,
      50,
      () => count(below(boss)),
      () => count(walked.below(boss)),
    );
    await measure(
      "of everybody below the top, up to 50,001",
      20,
      () => count(below(everybody)),
      () => count(walked.below(everybody)),
    );
    const some = await db.execute<{ id: string }>(sql`select id from users order by id limit 10000`);
    const people = some.map((row) => row.id);
    await measure("managers above 10,000 people", 10, () => managersAbove(db, people));
    await db.transaction(async (tx) => {
      const { id: roleId } = await roleNamed(tx, "Quality Engineer");
      await tx
        .insert(roleOperations)
        .values({ roleId, operation: "user.read", scope: "reports" })
        .onConflictDoNothing();
      for (const n of [block.from, 1]) {
        const [found] = await tx.execute<{ id: string }>(sql`select ${id(n)} as id`);
        await tx.execute(sql`update users set primary_role_id = ${roleId} where id = ${id(n)}`);
        const ctx = await as(tx, { id: found?.id ?? "" });
        const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from (${below(id(n))}) b`);
        const whose = `of a manager of ${row?.count.toLocaleString("en-US")}`;
        await measure(`first page of users ${whose}`, 20, () => listUsers(ctx, readUserFilters({}).filters));
        await measure(`the chart ${whose}`, 20, () => readChart(ctx, readChartFilters({})));
        await measure(`"stein" in the chart ${whose}`, 10, () => findInChart(ctx, "stein"));
        await measure(`the way down to one ${whose}`, 100, () => pathTo(ctx, pair.personId));
      }
    });
    const under = (manager: SQL) => db.execute(sql`update users set manager_id = ${manager} where id = ${boss}`);
    await measure(`${led} people moved, there and back`, 3, async () => {
      await under(everybody);
      await under(sql`null`);
    });
    const heads = ["what", "p50 ms", "of the database ms", "by walking"];
    printTable(`The organisation at ${size.toLocaleString("en-US")} users`, heads, rows);
  } finally {
    await db.$client.end({ timeout: 5 });
  }
}
