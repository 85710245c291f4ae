import { and, desc, eq, gt, inArray, isNull, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { challenges } from "@/db/schema";
import { requireSessionToCommit } from "@/lib/auth/require-session";
import { type Ctx, transactionsOf } from "@/lib/context";

/**
 * What a passkey must sign: kept for five minutes and gone with the first answer, right or wrong. A challenge changes
 * nothing of interest later, so it has no event.
 */
type Purpose = (typeof challenges.$inferSelect)["purpose"];

const lifetime = 5 * 60_000;
/** As many of one purpose a person may have open, one for each window that asks; one more drops the oldest. */
const mostOpen = 10;

/** Keeps a challenge and drops those that are too old, or too many for this person. Returns the id to answer it by. */
export async function keepChallenge(
  ctx: Ctx,
  purpose: Purpose,
  userId: string | null,
  challenge: string,
): Promise<string> {
  const id = newId();
  const now = ctx.now();
  await transactionsOf(ctx).transaction(async (tx) => {
    await tx.delete(challenges).where(lt(challenges.expiresAt, now));
    await tx
      .insert(challenges)
      .values({ id, purpose, userId, challenge, expiresAt: new Date(now.getTime() + lifetime) });
    if (userId) await dropOldest(tx, purpose, userId);
    await requireSessionToCommit(ctx, tx);
  });
  return id;
}

function dropOldest(tx: Tx, purpose: Purpose, userId: string) {
  const own = and(eq(challenges.purpose, purpose), eq(challenges.userId, userId));
  const oldest = tx
    .select({ id: challenges.id })
    .from(challenges)
    .where(own)
    .orderBy(desc(challenges.expiresAt), desc(challenges.id))
    .offset(mostOpen);
  return tx.delete(challenges).where(inArray(challenges.id, oldest));
}

/** Drops those that are too old, also while nobody asks for a new one. */
export async function forgetChallenges(ctx: Ctx): Promise<void> {
  await transactionsOf(ctx).transaction((tx) => tx.delete(challenges).where(lt(challenges.expiresAt, ctx.now())));
}

/** Takes it away permanently; null when it is not there, too old, or was made for something or somebody else. */
export async function takeChallenge(
  ctx: Ctx,
  purpose: Purpose,
  userId: string | null,
  id: string,
): Promise<string | null> {
  return transactionsOf(ctx).transaction(async (tx) => {
    const [taken] = await tx
      .delete(challenges)
      .where(
        and(
          eq(challenges.id, id),
          eq(challenges.purpose, purpose),
          userId ? eq(challenges.userId, userId) : isNull(challenges.userId),
          gt(challenges.expiresAt, ctx.now()),
        ),
      )
      .returning({ challenge: challenges.challenge });
    await requireSessionToCommit(ctx, tx);
    return taken?.challenge ?? null;
  });
}
