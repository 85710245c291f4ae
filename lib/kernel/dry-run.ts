import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Actor, type Ctx, createContext, transactionsOf } from "@/lib/context";
import { lockWaitOf } from "@/lib/errors";

class RolledBack extends Error {
  constructor(readonly value: unknown) {
    super("Rolled back after a dry run");
  }
}

/** How long a dry run waits for one lock, in milliseconds: it keeps nothing, so it should not keep others waiting either. */
export const lockWait = 2_000;

/**
 * Runs work as the same actor in a transaction that is always rolled back, its events and jobs with it, and gives what
 * it found: for `run` alone. What the work throws is thrown; a refusal leaves no event, since nothing was attempted. Throws
 * `conflict` when another change holds a lock that it needs for longer than `lockWait`.
 */
export async function rollBack<A extends Actor, T>(
  ctx: Ctx<A>,
  work: (inside: Ctx<A>, tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    await transactionsOf(ctx).transaction(async (tx) => {
      const inside = createContext(tx, ctx.actor, { source: ctx.source, now: ctx.now, dryRun: true });
      await tx.execute(sql.raw(`set local lock_timeout = ${lockWait}`));
      throw new RolledBack(await work(inside, tx));
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.value as T;
    throw lockWaitOf(error) ?? error;
  }
  throw new Error("A dry run was not rolled back");
}
