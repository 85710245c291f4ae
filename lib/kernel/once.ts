import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";
import { type Ctx, transactionsOf } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { tryLockName } from "@/lib/kernel/lock";

/** A use that is done once for its key (P4): `claim` before anything is found, `keep` with what it gives, both in its transaction. */
export type Once<V> = { claim(tx: Tx): Promise<void>; keep(tx: Tx, value: V): Promise<void> };

/** `principalId`: the person or service account that sent it, `ownerId` as whom it acts. */
export type Key = { principalId: string; ownerId: string; key: string; digest: string };

/** How long a key is kept, in milliseconds. */
const lasts = 24 * 60 * 60_000;

/** What was answered for this key, with the digest of what was sent then; null: nothing yet, or too long ago. */
export async function answeredFor(ctx: Ctx, { principalId, key }: Pick<Key, "principalId" | "key">) {
  const [found] = await ctx.db
    .select({ digest: idempotencyKeys.digest, answer: idempotencyKeys.answer })
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.principalId, principalId),
        eq(idempotencyKeys.key, key),
        gt(idempotencyKeys.at, new Date(ctx.now().getTime() - lasts)),
      ),
    );
  return found ?? null;
}

/**
 * A request that arrives while another with the key runs is refused at once: to wait would hold a connection. `answer`: what
 * is kept of what the use gives.
 */
export function once<V>(ctx: Ctx, { principalId, ownerId, key, digest }: Key, answer: (value: V) => unknown): Once<V> {
  return {
    async claim(tx) {
      const free = await tryLockName(tx, `idempotency ${principalId} ${key}`);
      if (!free || (await answeredFor({ ...ctx, db: tx }, { principalId, key }))) throw keyInUse();
    },
    async keep(tx, value) {
      const row = { digest, answer: answer(value), at: ctx.now() };
      await tx
        .insert(idempotencyKeys)
        .values({ principalId, ownerId, key, ...row })
        .onConflictDoUpdate({ target: [idempotencyKeys.principalId, idempotencyKeys.key], set: row });
    },
  };
}

export const keyInUseProblem = "idempotency-key-in-use";

/** Nothing was attempted, so it has no event. */
const keyInUse = () =>
  new AppError("conflict", "A request with this idempotency key is in progress. Try again in a second.", {
    details: { problem: keyInUseProblem },
    retryAfter: 1,
    untold: true,
  });

/** Drops the keys that are too old to be asked for. */
export async function forgetKeys(ctx: Ctx): Promise<void> {
  await transactionsOf(ctx)
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.at, sql`${new Date(ctx.now().getTime() - lasts).toISOString()}::timestamptz`));
}
