import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sessions } from "@/db/schema";
import { sessionEnded } from "@/lib/auth/require-session";
import type { Ctx, Person } from "@/lib/context";
import { lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { lockOwnAccount } from "@/lib/people/own-account";
import type { UserRow } from "@/lib/people/scoped";

export type OwnSession = { session: typeof sessions.$inferSelect; user: UserRow };

/**
 * The session in which this is asked, with its person, both locked: proving or enrolling continues from its stage. The person
 * first, as everywhere, and the session only against others that do the same, not against its writes.
 */
export async function lockOwnSession(ctx: Ctx<Person>, tx: Tx): Promise<Target<OwnSession>> {
  const { record: user, person } = await lockOwnAccount(ctx, tx, () => null);
  const [session] = ctx.actor.sessionId
    ? await lockRows(
        tx,
        tx
          .select()
          .from(sessions)
          .where(and(eq(sessions.id, ctx.actor.sessionId), isNull(sessions.endedAt))),
        "no key update",
      )
    : [];
  if (!session) throw sessionEnded();
  return { id: session.id, person, record: { session, user }, trace: null };
}
