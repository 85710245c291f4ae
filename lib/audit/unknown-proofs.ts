import { lt, sql } from "drizzle-orm";
import { unknownNameFailures } from "@/db/schema";
import { recordEvent } from "@/lib/audit/record";
import { type Ctx, transactionsOf } from "@/lib/context";

/**
 * Failed sign-ins for names that nobody has are counted per address and minute and told by one event once the minute
 * is over (L1), so that a flood of them cannot flood the log.
 */
export async function countUnknownName(ctx: Ctx): Promise<void> {
  const minute = new Date(Math.floor(ctx.now().getTime() / 60_000) * 60_000);
  await transactionsOf(ctx).transaction((tx) =>
    tx
      .insert(unknownNameFailures)
      .values({ address: ctx.source.address ?? "unknown", minute })
      .onConflictDoUpdate({
        target: [unknownNameFailures.address, unknownNameFailures.minute],
        set: { count: sql`${unknownNameFailures.count} + 1` },
      }),
  );
}

/** Writes one event for each address and minute that is over. Returns how many. */
export function tellUnknownNames(ctx: Ctx): Promise<number> {
  const minute = new Date(Math.floor(ctx.now().getTime() / 60_000) * 60_000);
  return transactionsOf(ctx).transaction(async (tx) => {
    const counted = await tx.delete(unknownNameFailures).where(lt(unknownNameFailures.minute, minute)).returning();
    for (const { address, count } of counted) {
      await recordEvent({ ...ctx, source: { address, agent: null, requestId: null } }, tx, {
        operation: "session.refuse",
        outcome: "refused",
        target: { kind: "session", id: null, personId: null },
        before: null,
        after: null,
        facts: { reason: "unknown name", count },
      });
    }
    return counted.length;
  });
}
