import type { Tx } from "@/db/client";
import { type Actor, type Ctx, createContext, transactionsOf } from "@/lib/context";

class Rehearsed extends Error {
  constructor(readonly value: unknown) {
    super("Rolled back after a rehearsal");
  }
}

/**
 * Runs work as the same actor in a transaction that is always rolled back, its events and jobs with it, and gives what
 * it found. What the work throws is thrown; a refusal leaves no event, since nothing was attempted.
 */
export async function rehearse<A extends Actor, T>(
  ctx: Ctx<A>,
  work: (inside: Ctx<A>, tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    await transactionsOf(ctx).transaction(async (tx) => {
      const inside = createContext(tx, ctx.actor, { source: ctx.source, now: ctx.now, rehearsal: true });
      throw new Rehearsed(await work(inside, tx));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.value as T;
    throw error;
  }
  throw new Error("A rehearsal was not rolled back");
}
