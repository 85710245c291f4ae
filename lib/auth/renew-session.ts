import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { sessions } from "@/db/schema";
import { keepIdToken, takeIdToken } from "@/lib/auth/id-tokens";
import { sessionEnded } from "@/lib/auth/require-session";
import type { Ctx, Person } from "@/lib/context";

/** `renewed`: the id that the actor's session has from now on, for the browser's cookie; null when it has kept its own. */
export type Renewed = { renewed: string | null };

/**
 * Inside a change that moves the actor's session to its next stage: the session gets a new id with these columns, so that a
 * cookie that somebody knew before the proof opens nothing after it. Returns the id. Throws `unauthenticated` when the
 * session has ended.
 */
export async function renewSession(
  { actor }: Ctx<Person>,
  tx: Tx,
  columns: Partial<Pick<typeof sessions.$inferInsert, "stage" | "verifiedAt">>,
): Promise<string> {
  const id = newId();
  const token = actor.sessionId ? await takeIdToken(tx, actor.sessionId) : null;
  const renewed = actor.sessionId
    ? await tx
        .update(sessions)
        .set({ ...columns, id })
        .where(and(eq(sessions.id, actor.sessionId), isNull(sessions.endedAt)))
        .returning({ id: sessions.id })
    : [];
  if (renewed.length === 0) throw sessionEnded();
  if (token !== null) await keepIdToken(tx, id, token);
  return id;
}
