import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sessions, users } from "@/db/schema";
import type { Ctx, Person } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Target } from "@/lib/mutate";
import { fullName } from "@/lib/users/names";

export type OwnSession = { session: typeof sessions.$inferSelect; user: typeof users.$inferSelect };

/** The session in which this is asked, with its person, both locked: what proves or enrols goes on from its stage. */
export async function lockOwnSession(ctx: Ctx<Person>, tx: Tx): Promise<Target<OwnSession>> {
  const [row] = ctx.actor.sessionId
    ? await tx
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.id, ctx.actor.sessionId), isNull(sessions.endedAt)))
        .for("update")
    : [];
  if (!row) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  return { id: row.session.id, person: { id: row.user.id, name: fullName(row.user) }, record: row, trace: null };
}
