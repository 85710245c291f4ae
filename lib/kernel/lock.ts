import { sql } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";

type Locking = Parameters<PgSelect["for"]>;
type Lockable<T> = PromiseLike<T> & { for(...locking: Locking): PromiseLike<T> };

/**
 * What a select finds, its rows locked until the transaction ends. Where a command is only asked about (`mayRun`), the
 * same rows without a lock.
 */
export const lockRows = <T>(tx: Tx, rows: Lockable<T>, ...locking: Locking): PromiseLike<T> =>
  holdsLocks(tx) ? rows.for(...locking) : rows;

/** Waits for the lock of this name (db/locks.ts) and holds it until the transaction ends; no lock where it is only asked. */
export async function lockName(tx: Tx, name: string): Promise<void> {
  if (holdsLocks(tx)) await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${name}))`);
}

/** Whether locks are taken at all: what `mayRun` reads by has no way to a transaction. */
export const holdsLocks = (tx: Tx) => "transaction" in tx;
