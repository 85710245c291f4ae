import { type SQLWrapper, sql } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { postgresFault } from "@/lib/errors";
import { isBatch, NotShareable } from "@/lib/platform/together";

type Locking = Parameters<PgSelect["for"]>;
type Lockable<Q> = { for(...locking: Locking): Q };

/**
 * What a select finds, its rows locked until the transaction ends. Where a command is only asked about (`mayRun`), the
 * same rows without a lock.
 */
export const lockRows = <Q>(tx: Tx, rows: Lockable<Q>, ...locking: Locking): Q =>
  holdsLocks(tx) ? rows.for(...locking) : (rows as unknown as Q);

/** The same for rows that are too many to be handed over. */
export async function lockEvery(tx: Tx, rows: { for(...locking: Locking): SQLWrapper }): Promise<void> {
  if (holdsLocks(tx)) await tx.execute(sql`select count(*) from (${rows.for("no key update")}) locked`);
}

/** The same without waiting: false where one of them is locked elsewhere. The transaction is spent then. */
export async function lockEveryAtOnce(tx: Tx, rows: { for(...locking: Locking): SQLWrapper }): Promise<boolean> {
  try {
    await tx.execute(sql`select count(*) from (${rows.for("no key update", { noWait: true })}) locked`);
    return true;
  } catch (error) {
    if (postgresFault(error)?.code === "55P03") return false;
    throw error;
  }
}

/** Waits for the lock of this name (db/locks.ts) and holds it until the transaction ends; no lock where it is only asked. */
export async function lockName(tx: Tx, name: string): Promise<void> {
  if (holdsLocks(tx)) await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${name}))`);
}

/** The same without waiting: false where it is held elsewhere. */
export async function tryLockName(tx: Tx, name: string): Promise<boolean> {
  const [row] = await tx.execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as free`,
  );
  return row?.free === true;
}

/** Whether locks are taken at all: what `mayRun` reads by has no way to a transaction. */
export const holdsLocks = (tx: Tx) => "transaction" in tx;

type Locked = "people" | "groups";

const lockedBy = new WeakMap<Tx, Map<Locked, ReadonlySet<string>>>();

/**
 * Asked by a function made by `together` before it locks rows in the order of their ids: a batch locks rows of one kind in
 * one statement, since a later one could not keep that order. Throws `NotShareable` for more rows than the first time.
 */
export function lockOnce(tx: Tx, kind: Locked, ids: string[]): void {
  if (!isBatch(tx)) return;
  const locked = lockedBy.get(tx) ?? new Map<Locked, ReadonlySet<string>>();
  lockedBy.set(tx, locked);
  const first = locked.get(kind);
  if (!first) locked.set(kind, new Set(ids));
  else if (ids.some((id) => !first.has(id))) throw new NotShareable("A batch has locked its rows already");
}
