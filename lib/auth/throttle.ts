import { and, eq, lt, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { given, keptBuilt } from "@/db/kept";
import { throttles } from "@/db/schema";
import { type Ctx, type Reads, type Transactions, transactionsOf } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { networkOf } from "@/lib/platform/client-address";
import { settingColumn, settingValue } from "@/lib/platform/read-settings";

/** What is tried from outside, and counted per address and minute in the database, so that two processes agree (S4). */
export type Throttled =
  | "session.start"
  | "session.verify"
  | "session.end_by_provider"
  | "passkey.begin"
  | "password.request"
  | "client.register"
  | "token.use"
  | "client.refuse";

export const throttleSentence = "Too many attempts came from your address. Try again in a minute.";

/**
 * Counts one attempt of the actor's address before anything is done for it. Throws `rate_limited`, with the seconds until
 * the minute is over, beyond the setting's number; one that is refused counts as well. Attempts side by side are distinguished by the
 * row that they share.
 */
export async function throttle(ctx: Ctx, kind: Throttled): Promise<void> {
  const [counted] = await countAttempt(transactionsOf(ctx), attemptOf(ctx, kind));
  if (!counted || counted.count > settingValue("throttle.attempts", counted.most))
    throw new AppError("rate_limited", throttleSentence, { retryAfter: secondsLeft(ctx.now()) });
}

type Attempt = { key: string; window: Date };

const attemptOf = (ctx: Ctx, kind: Throttled): Attempt => ({
  key: keyOf(kind, ctx.source.address),
  window: minuteOf(ctx.now()),
});

const most = settingColumn("throttle.attempts");

const countAttempt = keptBuilt<Transactions, Attempt, { count: number; most: unknown }[]>((db) =>
  db
    .insert(throttles)
    .values({ key: sql.placeholder("key"), window: sql.placeholder("window") })
    .onConflictDoUpdate({ target: [throttles.key, throttles.window], set: { count: sql`${throttles.count} + 1` } })
    .returning({ count: throttles.count, most }),
);

/** Takes an attempt back that turned out to be right: only failures count. */
export async function refundAttempt(ctx: Ctx, kind: Throttled): Promise<void> {
  await takeBack(transactionsOf(ctx), attemptOf(ctx, kind));
}

const takeBack = keptBuilt<Transactions, Attempt, unknown>((db) =>
  db
    .update(throttles)
    .set({ count: sql`greatest(${throttles.count} - 1, 0)` })
    .where(and(eq(throttles.key, sql.placeholder("key")), eq(throttles.window, given("window", throttles.window)))),
);

/** Seconds that this address has to wait, or null: what the outer wall asks before it lets a request in. */
export async function throttledFor(
  db: Reads | Db,
  kind: Throttled,
  address: string | null,
  now: Date,
): Promise<number | null> {
  const [row] = await db
    .select({ count: throttles.count, most })
    .from(throttles)
    .where(and(eq(throttles.key, keyOf(kind, address)), eq(throttles.window, minuteOf(now))));
  return row && row.count >= settingValue("throttle.attempts", row.most) ? secondsLeft(now) : null;
}

/**
 * Counts something else than an address inside a change, until `window` is over; gives how many there are. For a person or
 * a session, which no attempt from many addresses gets around.
 */
export async function countUntil(tx: Pick<Tx, "insert">, key: string, window: Date): Promise<number> {
  const [row] = await tx
    .insert(throttles)
    .values({ key, window })
    .onConflictDoUpdate({ target: [throttles.key, throttles.window], set: { count: sql`${throttles.count} + 1` } })
    .returning({ count: throttles.count });
  return row?.count ?? 1;
}

/** Whether this is the first of its kind in this quarter of an hour: what would fill the log is logged once. */
export const isFirstInQuarter = async (ctx: Ctx, key: string): Promise<boolean> =>
  (await countUntil(transactionsOf(ctx), key, quarterEnd(ctx.now()))) === 1;

/** The end of the quarter of an hour that runs. */
export const quarterEnd = (now: Date) => new Date((Math.floor(now.getTime() / quarter) + 1) * quarter);

/** Drops the windows that are over. */
export async function forgetThrottles(ctx: Ctx): Promise<void> {
  await transactionsOf(ctx)
    .delete(throttles)
    .where(lt(throttles.window, minuteOf(ctx.now())));
}

const minute = 60_000;
const quarter = 15 * minute;
const minuteOf = (now: Date) => new Date(Math.floor(now.getTime() / minute) * minute);
const secondsLeft = (now: Date) => Math.ceil((minuteOf(now).getTime() + minute - now.getTime()) / 1000);

const keyOf = (kind: Throttled, address: string | null) => `${kind} ${networkOf(address ?? "unknown")}`;
