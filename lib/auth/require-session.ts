import type { Tx } from "@/db/client";
import { findSession, holdSession } from "@/lib/auth/session";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";

/** A refusal of somebody whose session is over, or never was. */
export const sessionEnded = () => new AppError("unauthenticated", "Your session has ended. Sign in again.");

/** Throws `unauthenticated` when the session in which the actor asks is over. Whoever acts without one passes. */
export async function requireSession({ actor, now }: Ctx, tx: Tx): Promise<void> {
  if (actor.kind !== "person" || actor.sessionId === null) return;
  if (!(await findSession(tx, actor.sessionId, now()))) throw sessionEnded();
}

/**
 * The last step of a transaction that keeps something: throws `unauthenticated` unless the actor's session is still open,
 * and it is until the commit (S9). A rehearsal keeps nothing, and so does not keep whoever ends the session waiting.
 * `sessionId`: the session's id where the change has renewed it.
 */
export async function requireSessionToCommit(ctx: Ctx, tx: Tx, sessionId = sessionOf(ctx)): Promise<void> {
  if (sessionId === null) return;
  const look = ctx.rehearsal ? findSession : holdSession;
  if (!(await look(tx, sessionId, ctx.now()))) throw sessionEnded();
}

const sessionOf = ({ actor }: Ctx) => (actor.kind === "person" ? actor.sessionId : null);
