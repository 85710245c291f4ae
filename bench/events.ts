import { sql } from "drizzle-orm";
import { createDb } from "@/db/client";
import { userId } from "./people";

/** Days over which the events lie, evenly. */
const days = 100;

/**
 * Fills the log of a database of people with so many events, unless it has them: of ten, seven are sign-ins, one of them refused, and
 * three are changes, by one of a hundred people, of somebody's address.
 */
export async function loadEvents(url: string, size: number): Promise<void> {
  const db = createDb(url, { max: 1, statementTimeout: 600_000 });
  try {
    const [last] = await db.execute(sql.raw(`select 1 from events where id = ${eventId(size)} limit 1`));
    if (last) return;
    await db.execute(sql`set maintenance_work_mem = '512MB'`);
    await db.execute(sql.raw(`select ensure_event_partitions((now() - interval '${days} days')::date, ${days / 25})`));
    await db.transaction(async (tx) => {
      await tx.execute(
        sql.raw(`
        insert into events (id, at, actor_kind, actor_id, operation, outcome, target_kind, target_id, person_id, named_ids, commitments)
        select ${eventId("n")}, at, case when part < 7 then 'nobody' else 'person' end, case when part < 7 then null else actor end,
               case part when 0 then 'session.refuse' when 1 then 'session.start' when 7 then 'user.update' when 8 then 'user.update'
                         when 9 then 'user.unlock' else 'session.start' end,
               case part when 0 then 'refused' else 'succeeded' end, case when part < 7 then 'session' else 'user' end, person, person, '{}',
               case when part in (7, 8) then '{"change.email": "-"}'::jsonb else '{}'::jsonb end
          from (
            select n, hash % 10 as part, now() - (${size} - n) * interval '${days} days' / ${size} as at,
                   ${userId(`1 + hash / 10 % ${size}`)} as person, ${userId(`1 + hash / 100 % 100`)} as actor
              from (select n, abs(hashint8(n + 7)::bigint) as hash from generate_series(1, ${size}) n) counted
          ) told`),
      );
      await tx.execute(
        sql.raw(`
        insert into event_values (event_id, at, values)
        select id, at, '{"change.email": {"salt": "-", "value": ["before@northwind.example", "after@northwind.example"]}}'
          from events where operation = 'user.update' and commitments <> '{}'`),
      );
    });
    await db.execute(sql`vacuum analyze events`);
    await db.execute(sql`vacuum analyze event_values`);
  } finally {
    await db.$client.end({ timeout: 5 });
  }
}

const eventId = (n: string | number) => `('01900000-0000-7000-a000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
