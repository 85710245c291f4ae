import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { users } from "@/db/schema";
import { findSession, holdSession } from "@/lib/auth/session";
import { isInForce, standingColumns, statusAt } from "@/lib/authz/account-status";
import type { Ctx, Person } from "@/lib/context";
import { AppError } from "@/lib/errors";

/** A refusal of somebody whose session is over, or never was. */
export const sessionEnded = () => new AppError("unauthenticated", "Your session has ended. Sign in again.");

/** Throws `unauthenticated` when the session in which this person asks is over; without one, when their account is not active. */
export async function requireInForce(
  { id, sessionId }: Pick<Person, "id" | "sessionId">,
  tx: Tx,
  now: Date,
): Promise<void> {
  if (sessionId !== null) {
    if (!(await findSession(tx, sessionId, now))) throw sessionEnded();
    return;
  }
  const [me] = await kept(tx.select(standingColumns).from(users).where(eq(users.id, id)));
  if (!me || !isInForce(statusAt(me, now))) throw new AppError("unauthenticated", "Your account is no longer active.");
}

/**
 * The last step of a transaction that keeps something: throws `unauthenticated` unless the actor's session is still open,
 * and it is until the commit (S9). A dry run keeps nothing, so it does not make the end of the session wait.
 * `sessionId`: the session's id where the change has renewed it; null where the change has ended it, which is not asked then.
 */
export async function requireSessionToCommit(ctx: Ctx, tx: Tx, sessionId = sessionOf(ctx)): Promise<void> {
  if (sessionId === null) return;
  const look = ctx.dryRun ? findSession : holdSession;
  if (!(await look(tx, sessionId, ctx.now()))) throw sessionEnded();
}

const sessionOf = ({ actor }: Ctx) => actor.sessionId;
