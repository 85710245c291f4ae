import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { below, isBelow } from "@/db/places";
import { managersAbove } from "@/lib/previews/compare";
import { printTable, time } from "./measure";
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

/** Measures what is asked of the organisation: by its kept places, and by walking. */
export async function benchPlaces(db: Db, size: number): Promise<void> {
  const block = blockOf(size);
  const id = (n: number) => sql.raw(`${userId(n)}::uuid`);
  const [boss, everybody, low] = [id(block.from), id(1), id(block.to)];
  const rows: string[][] = [];
  const measure = async (
    name: string,
    kept: () => Promise<unknown>,
    walk: (() => Promise<unknown>) | null,
    times = 20,
  ) => {
    const [now, before] = [await time(times, kept), walk && (await time(times, walk))];
    rows.push([name, now.p50.toFixed(2), before ? before.p50.toFixed(2) : ""]);
  };
  const count = (people: SQL) => db.execute(sql`select count(*) from (${people} limit 50001) counted`);
  const ask = (is: SQL) => db.execute(sql`select ${is} as is`);
  await measure("nothing: one way there and back", () => db.execute(sql`select 1`), null, 200);
  await measure(
    "whether one is below the other",
    () => ask(isBelow(low, boss)),
    () => ask(walked.isBelow(low, boss)),
    200,
  );
  const led = (block.to - block.from).toLocaleString("en-US");
  await measure(
    `the ids of ${led} below`,
    () => count(below(boss)),
    () => count(walked.below(boss)),
  );
  await measure(
    "of everybody below the top, up to 50,001",
    () => count(below(everybody)),
    () => count(walked.below(everybody)),
  );
  const some = await db.execute<{ id: string }>(sql`select id from users order by id limit 10000`);
  const people = some.map(({ id }) => id);
  await measure("managers above 10,000 people", () => managersAbove(db, people), null, 5);
  const under = (manager: SQL) => db.execute(sql`update users set manager_id = ${manager} where id = ${boss}`);
  await measure(
    `${led} people moved, there and back`,
    async () => {
      await under(everybody);
      await under(sql`null`);
    },
    null,
    3,
  );
  printTable(`The organisation at ${size.toLocaleString("en-US")} users`, ["what", "p50 ms", "by walking"], rows);
}
