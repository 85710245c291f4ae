import type { Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { type Ctx, transactionsOf } from "@/lib/context";
import { lockName } from "@/lib/kernel/lock";

/**
 * Locks that changes of different things share, in the order in which they are taken: "administrators" for whatever could
 * lessen their number (U15), "organisation" for whatever moves somebody under another manager (U8).
 */
export const commonLocks = ["administrators", "organisation"] as const;

export type CommonLock = (typeof commonLocks)[number];
export type CommonLocks = ReadonlySet<CommonLock>;

export class LocksMissing extends Error {
  constructor(readonly wanted: CommonLock[]) {
    super("The change takes a common lock, and has not taken it first");
  }
}

/** Throws what makes `withCommonLocks` begin again, unless these are held. */
export function requireLocks(locked: CommonLocks, wanted: CommonLock[]): void {
  if (wanted.some((lock) => !locked.has(lock))) throw new LocksMissing(wanted);
}

/**
 * Runs work in a transaction that takes these locks first. When the work finds by its target that it takes more, it is rolled
 * back and begins again with those as well: a common lock always comes before the first lock of a row, so that no two
 * changes wait for each other.
 */
export async function withCommonLocks<T>(
  ctx: Ctx,
  first: CommonLock[],
  work: (locked: CommonLocks, tx: Tx) => Promise<T>,
): Promise<T> {
  const locked = new Set(first);
  for (;;) {
    try {
      return await transactionsOf(ctx).transaction(async (tx) => {
        for (const lock of commonLocks) if (locked.has(lock)) await lockName(tx, lockNames[lock]);
        return work(locked, tx);
      });
    } catch (error) {
      if (!(error instanceof LocksMissing)) throw error;
      for (const lock of error.wanted) locked.add(lock);
    }
  }
}
