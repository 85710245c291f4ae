import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Stores what an earlier version accepted: ends in years that triggers refuse since (db/migrations/0012_end_years.sql). */
export async function storedBefore(tx: Tx, statement: SQL): Promise<void> {
  const [kept] = await tx.execute<{ source: string }>(
    sql`select pg_get_functiondef('refuse_odd_end()'::regprocedure) as source`,
  );
  await tx.execute(sql`create or replace function refuse_odd_end() returns trigger language plpgsql as
    'begin return new; end'`);
  await tx.execute(statement);
  await tx.execute(sql.raw(kept?.source ?? ""));
}
