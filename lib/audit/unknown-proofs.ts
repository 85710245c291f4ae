import { lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { unknownProofs } from "@/db/schema";
import { recordEvent } from "@/lib/audit/record";
import { type Ctx, transactionsOf } from "@/lib/context";

/**
 * Sign-ins and requests with names that nobody has, and registrations with tokens that were never issued and clients that are not known, are counted per address
 * and minute and recorded as one event once the minute is over (L1), so that a flood of them cannot flood the log.
 */
const reasons = {
  "session.refuse": "unknown name",
  "client.register": "unknown token",
  "client.refuse": "unknown client",
  "password.request": "unknown name",
  "token.use": "unknown token",
} as const;

const kinds = {
  "session.refuse": "session",
  "client.register": "client",
  "client.refuse": "client",
  "password.request": "password",
  "token.use": "token",
} as const;

export type Proof = keyof typeof reasons;

export async function countUnknownProof(ctx: Ctx, operation: Proof): Promise<void> {
  const { operation: key, address, minute } = unknownProofs;
  await transactionsOf(ctx).transaction((tx) =>
    tx
      .insert(unknownProofs)
      .values({ operation, address: ctx.source.address ?? "unknown", minute: minuteOf(ctx) })
      .onConflictDoUpdate({ target: [key, address, minute], set: { count: sql`${unknownProofs.count} + 1` } }),
  );
}

/** Writes one event for each operation, address and minute that is over. Returns how many. */
export function tellUnknownProofs(ctx: Ctx): Promise<number> {
  return transactionsOf(ctx).transaction(async (tx) => {
    const counted = await tx
      .delete(unknownProofs)
      .where(lt(unknownProofs.minute, minuteOf(ctx)))
      .returning();
    for (const one of counted) await tell(ctx, tx, one);
    return counted.length;
  });
}

const minuteOf = (ctx: Ctx) => new Date(Math.floor(ctx.now().getTime() / 60_000) * 60_000);

function tell(ctx: Ctx, tx: Tx, { operation, address, count }: typeof unknownProofs.$inferSelect) {
  return recordEvent({ ...ctx, source: { address, agent: null, requestId: null } }, tx, {
    operation,
    outcome: "refused",
    target: { kind: kinds[operation], id: null, personId: null },
    before: null,
    after: null,
    facts: { reason: reasons[operation], count },
  });
}
