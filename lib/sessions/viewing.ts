import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { sessionEnded } from "@/lib/auth/require-session";
import type { Ctx, Person } from "@/lib/context";
import { lockRows } from "@/lib/kernel/lock";
import { fullName } from "@/lib/normalization/names";

const ownSession = ({ actor }: Ctx<Person>) => and(eq(sessions.id, actor.sessionId ?? ""), isNull(sessions.endedAt));

/** Inside a change: the actor's session views the console as this person from now on. Throws `unauthenticated` where there is none. */
export async function beginView(ctx: Ctx<Person>, tx: Tx, personId: string, until: Date): Promise<void> {
  if (ctx.actor.sessionId === null) throw sessionEnded();
  const begun = await tx
    .update(sessions)
    .set({ viewingId: personId, viewingUntil: until })
    .where(ownSession(ctx))
    .returning({ id: sessions.id });
  if (begun.length === 0) throw sessionEnded();
}

/** As whom the actor's session views the console, whether or not they still may; null as themselves. The session is locked. */
export async function lockViewed(ctx: Ctx<Person>, tx: Tx): Promise<{ id: string; name: string } | null> {
  if (ctx.actor.sessionId === null) throw sessionEnded();
  const own = tx.select({ viewingId: sessions.viewingId }).from(sessions).where(ownSession(ctx));
  const [session] = await lockRows(tx, own, "no key update");
  if (!session) throw sessionEnded();
  if (session.viewingId === null) return null;
  const [person] = await tx.select().from(users).where(eq(users.id, session.viewingId));
  return person ? { id: person.id, name: fullName(person) } : null;
}

/** Inside a change: the actor's session is its own person's again. */
export async function endView(ctx: Ctx<Person>, tx: Tx): Promise<void> {
  await tx.update(sessions).set({ viewingId: null, viewingUntil: null }).where(ownSession(ctx));
}
