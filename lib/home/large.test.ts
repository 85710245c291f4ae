import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db } from "@/db/client";
import { clientSeries, signInDays } from "@/lib/home/charts";
import { countChartIssues, firstLeft } from "@/lib/organisation/chart-issues";
import { company } from "@/lib/testing/company";
import { as } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";

/** People under one manager, named by their number with this before it. */
const makeMany = (db: Db, managerId: string, before: string, count: number) =>
  db.execute(sql`
    insert into users (id, username, username_key, email, email_key, first_name, name_key, search, primary_role_id, manager_id, status)
    select gen_random_uuid(), name, name, name || '@many.example', name || '@many.example', name, name, ' ' || name,
           (select primary_role_id from users where id = ${managerId}), ${managerId}, 'active'
      from (select ${before} || lpad(n::text, 5, '0') as name from generate_series(1, ${count}::int) n) named`);

test("of many under a manager who has left, the first are those that sorting all would give, wherever they are", () =>
  withFreshDatabase("home_many_left", async (db) => {
    const { ada, quinn, sam } = await company(db);
    await db.execute(sql`update users set manager_id = null where manager_id = ${quinn.id}`);
    await makeMany(db, quinn.id, "m", 1_001);
    const ctx = await as(db, ada);
    expect(await firstLeft(ctx, 3)).toEqual({ names: [], total: { value: 0, kind: "exact" } });
    await db.execute(sql`update users set status = 'disabled' where id = ${quinn.id}`);
    const over = { value: 1_000, kind: "over" };
    expect(await firstLeft(ctx, 3)).toEqual({ names: ["m00001", "m00002", "m00003"], total: over });
    await makeMany(db, sam.id, "b", 5_001);
    expect(await firstLeft(ctx, 3), "far from the first names").toEqual({
      names: ["m00001", "m00002", "m00003"],
      total: over,
    });
    expect((await countChartIssues(ctx)).left).toEqual(over);
    await db.execute(sql`update users set manager_id = null where manager_id = ${quinn.id} and name_key > 'm00500'`);
    const some = await firstLeft(ctx, 2);
    expect(some).toEqual({ names: ["m00001", "m00002"], total: { value: 500, kind: "exact" } });
  }));

test("how many of very many clients are registered is an estimate and says so; how many came and went is counted", () =>
  withFreshDatabase("home_many_clients", async (db) => {
    const { ada, eve, quinn } = await company(db);
    const make = (count: number) =>
      db.execute(sql`
        insert into clients (id, user_id, name, name_key, search, status, token_prefix, token_last_four, token_expires_at, registered_at, deregistered_at)
        select gen_random_uuid(), ${eve.id}, id, id, id, case when n % 10 = 0 then 'deregistered' else 'registered' end, 'gh_cli_a', 'abcd', now(),
               now() - n % 60 * interval '1 day', case when n % 10 = 0 then now() - n % 30 * interval '1 day' end
          from (select n, gen_random_uuid()::text as id from generate_series(1, ${count}::int) n) made`);
    await make(2_000);
    await db.execute(sql`vacuum analyze clients`);
    const few = await clientSeries(await as(db, ada));
    expect(few?.about).toBe(false);
    expect(few?.series.at(-1)?.values[1]).toBe(1_800);
    await make(23_000);
    await db.execute(sql`vacuum analyze clients`);
    const many = await clientSeries(await as(db, ada));
    expect(many?.about).toBe(true);
    const lead = await clientSeries(await as(db, quinn));
    expect(lead?.about, "who sees some only").toBe(false);
    expect(many?.series).toEqual(lead?.series);
    expect(many?.series.at(-1)?.values[1]).toBe(22_500);
  }));

test("days that are over are counted once, and the day that is not is counted again", () =>
  withFreshDatabase("home_days", async (db) => {
    const { ada, eve } = await company(db);
    const start = (ago: string, operation = "session.start", outcome = "succeeded") =>
      db.execute(sql`insert into events (id, at, actor_kind, operation, outcome, target_kind, person_id, named_ids, commitments)
        values (gen_random_uuid(), now() - ${ago}::interval, 'nobody', ${operation}, ${outcome}, 'session', ${eve.id}, '{}', '{}')`);
    await start("3 days");
    await start("3 days", "session.refuse", "refused");
    await start("0");
    const ctx = await as(db, ada);
    const days = async () => (await signInDays(ctx, "UTC"))?.map(({ values }) => values);
    const first = await days();
    expect([first?.at(-4), first?.at(-1)]).toEqual([
      [1, 1],
      [1, 0],
    ]);
    await start("0", "session.refuse", "refused");
    expect(await days()).toEqual([...(first ?? []).slice(0, -1), [1, 1]]);
  }));
