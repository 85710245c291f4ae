import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { throttles } from "@/db/schema";

/** Wrong proofs are counted in the database, so that two processes agree: five end the session. */
export const wrongProofs = 5;
/** Wrong codes of one person from all sessions together, in a quarter of an hour, until no code is looked at. */
const wrongCodes = 20;
const quarter = 15 * 60_000;

type Session = { id: string; userId: string; endsAt: Date };

/** Counts a wrong proof of this session and gives how many there are. A row is kept until its `window` is over. */
export async function countWrong(tx: Tx, session: Session, now: Date): Promise<number> {
  await count(tx, personKey(session), quarterEnd(now));
  return count(tx, sessionKey(session), session.endsAt);
}

/** A right proof starts the session's count again; the person's own goes on, since whoever guesses may know the password. */
export async function forgetWrong(tx: Tx, session: Session): Promise<void> {
  await tx.delete(throttles).where(and(eq(throttles.key, sessionKey(session)), eq(throttles.window, session.endsAt)));
}

/** Whether codes of this person are looked at, at this moment. */
export async function looksAtCodes(tx: Tx, session: Session, now: Date): Promise<boolean> {
  const [row] = await tx
    .select({ count: throttles.count })
    .from(throttles)
    .where(and(eq(throttles.key, personKey(session)), eq(throttles.window, quarterEnd(now))));
  return (row?.count ?? 0) < wrongCodes;
}

async function count(tx: Tx, key: string, window: Date): Promise<number> {
  const [row] = await tx
    .insert(throttles)
    .values({ key, window })
    .onConflictDoUpdate({ target: [throttles.key, throttles.window], set: { count: sql`${throttles.count} + 1` } })
    .returning({ count: throttles.count });
  return row?.count ?? 1;
}

const sessionKey = ({ id }: Session) => `proof of session ${id}`;
const personKey = ({ userId }: Session) => `proof of person ${userId}`;
const quarterEnd = (now: Date) => new Date((Math.floor(now.getTime() / quarter) + 1) * quarter);
