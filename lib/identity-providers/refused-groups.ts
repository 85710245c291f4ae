import { and, eq, sql } from "drizzle-orm";
import { identities } from "@/db/schema";
import { type Ctx, transactionsOf } from "@/lib/context";

/** Which groups somebody's provider sent and may not give, as far as they are logged. A counter of the log, and no change. */
export async function toldRefused(ctx: Ctx, identityId: string, groupIds: string[]): Promise<boolean> {
  const [identity] = await ctx.db
    .select({ told: identities.refusedGroupIds })
    .from(identities)
    .where(eq(identities.id, identityId));
  return identity !== undefined && sorted(identity.told) === sorted(groupIds);
}

/** From the next sign-in on the same ones are not logged again. */
export async function noteRefused(ctx: Ctx, identityId: string, groupIds: string[]): Promise<void> {
  const refusedGroupIds = groupIds.toSorted();
  const differs = sql`${identities.refusedGroupIds} <> ${sql.param(refusedGroupIds, identities.refusedGroupIds)}`;
  await transactionsOf(ctx).transaction((tx) =>
    tx
      .update(identities)
      .set({ refusedGroupIds })
      .where(and(eq(identities.id, identityId), differs)),
  );
}

const sorted = (ids: string[]) => ids.toSorted().join();
