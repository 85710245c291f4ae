import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { throttles } from "@/db/schema";
import { countUntil, quarterEnd } from "@/lib/auth/throttle";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { endSessions } from "@/lib/sessions/commands";

/** Wrong proofs are counted in the database, so that two processes agree: five end the session. */
const wrongProofs = 5;
/** Wrong codes of one person from all sessions together, in a quarter of an hour, until no code is looked at. */
const wrongCodes = 20;

type Session = { id: string; userId: string; endsAt: Date };

/**
 * Counts a wrong password, code or passkey in a session, whichever form asked. The fifth in a row ends the session: gives
 * whether this was it.
 */
export async function countWrong(ctx: Ctx, tx: Tx, session: Session): Promise<boolean> {
  await countUntil(tx, personKey(session.userId), quarterEnd(ctx.now()));
  const ended = (await countUntil(tx, sessionKey(session.id), session.endsAt)) >= wrongProofs;
  if (ended) await endSessions(ctx, tx, session.userId, "wrong_proofs", { only: session.id });
  return ended;
}

/** What the event says of it. */
export const wrongReason = (what: string, ended: boolean) =>
  ended ? `${what}, ${wrongProofs} in a row, so the session ended` : what;

export const endedByWrong = () =>
  new AppError("unauthenticated", "Five wrong attempts have ended your session. Sign in again.");

/** A right proof starts the session's count again; the person's own continues, since an attacker may know the password. */
export async function forgetWrong(tx: Tx, sessionId: string): Promise<void> {
  await tx.delete(throttles).where(eq(throttles.key, sessionKey(sessionId)));
}

/** Whether codes of this person are looked at, at this moment. */
export async function looksAtCodes(tx: Tx, session: Session, now: Date): Promise<boolean> {
  const [row] = await tx
    .select({ count: throttles.count })
    .from(throttles)
    .where(and(eq(throttles.key, personKey(session.userId)), eq(throttles.window, quarterEnd(now))));
  return (row?.count ?? 0) < wrongCodes;
}

const sessionKey = (id: string) => `proof of session ${id}`;
const personKey = (id: string) => `proof of person ${id}`;
