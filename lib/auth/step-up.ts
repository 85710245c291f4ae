import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { sessions } from "@/db/schema";
import type { Ctx, Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { askedOnce } from "@/lib/platform/together";

/** How long a proof of who one is counts as fresh (S8), in milliseconds. */
export const stepUpLasts = 10 * 60_000;

/**
 * Throws `stale` when the person at this session last proved who they are too long ago. An actor without a session,
 * such as the server's owner, is not asked.
 */
export async function requireStepUp(ctx: Ctx, db: Reads | Tx): Promise<void> {
  if (!(await isSteppedUp(ctx, db))) throw new AppError("stale", "Confirm it's you.");
}

/** The same as an answer. */
export async function isSteppedUp({ actor, now }: Ctx, db: Reads | Tx): Promise<boolean> {
  if (actor.sessionId === null) return true;
  const session = await findSession(db as Tx, actor.sessionId);
  return session !== null && now().getTime() - session.verifiedAt.getTime() <= stepUpLasts;
}

const findSession = askedOnce(String, async (tx, id: string) => {
  const asked = tx.select({ verifiedAt: sessions.verifiedAt }).from(sessions);
  const [session] = await kept(asked.where(eq(sessions.id, id)));
  return session ?? null;
});
