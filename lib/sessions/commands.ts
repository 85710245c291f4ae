import { and, eq, inArray, isNull, ne, not, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SessionEnding } from "@/db/enums";
import { sessions, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { endColumn, endingColumn, isLive, limitsOf } from "@/lib/sessions/limits";
import type { EndSession, EndSessions } from "@/lib/sessions/schema";
import { readSettings } from "@/lib/settings/read";
import { fullName } from "@/lib/users/names";
import { lockPerson } from "@/lib/users/scoped";

/** Signing out: whoever holds the cookie may end the session that it names. */
export const endOwnSession = (ctx: Ctx, sessionId: string): Promise<void> => signOut(ctx, sessionId, "signed_out");

/** After a sign-in in a browser that held another session: that one ends. Nothing happens where it is over already. */
export async function endReplacedSession(ctx: Ctx, sessionId: string): Promise<void> {
  const live = isLive(limitsOf(await readSettings(ctx.db)), ctx.now());
  const [open] = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), live));
  if (open) await signOut(ctx, sessionId, "replaced");
}

function signOut(ctx: Ctx, sessionId: string, reason: "signed_out" | "replaced"): Promise<void> {
  return mutate(ctx, "session.sign_out", {
    target: async (tx) => {
      const [row] = await tx
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)))
        .for("update", { of: sessions });
      if (!row) throw notFound("The session");
      return { id: sessionId, person: { id: row.user.id, name: fullName(row.user) }, record: row, trace: null };
    },
    change: async (tx, { user }) => {
      await tx
        .update(sessions)
        .set({ endedAt: ctx.now(), endedReason: reason, endedBy: reason === "signed_out" ? user.id : null })
        .where(eq(sessions.id, sessionId));
      return { value: undefined, after: null, session: null, facts: reason === "replaced" ? { replaced: true } : {} };
    },
    id: sessionId,
  });
}

/** Ends one session of somebody whom the actor may sign out; one that has ended stays as it is. */
export function endSession(ctx: Ctx, input: EndSession): Promise<{ userId: string }> {
  return mutate(ctx, "session.end", {
    target: async (tx) => {
      const [seen] = await tx.select({ userId: sessions.userId }).from(sessions).where(eq(sessions.id, input.id));
      if (!seen) throw notFound("The session");
      const person = await lockPerson(ctx, tx, "session.read", seen.userId);
      const live = isLive(limitsOf(await readSettings(tx)), ctx.now());
      const [found] = await tx
        .select({ session: sessions, live: sql<boolean>`${live}` })
        .from(sessions)
        .where(eq(sessions.id, input.id));
      if (!found) throw notFound("The session");
      return { id: input.id, person: { id: person.id, name: fullName(person) }, record: found, trace: null };
    },
    already: ({ session, live }) => (live ? null : { value: { userId: session.userId } }),
    change: async (tx, { session }) => {
      await endSessions(ctx, tx, session.userId, "ended", { only: session.id });
      return {
        value: { userId: session.userId },
        after: null,
        facts: { address: session.address, device: session.agent },
        ...(session.id === ownSessionOf(ctx) && { session: null }),
      };
    },
    id: input.id,
  });
}

/** Ends every session of one person, but for the actor's own present one. */
export function endAllSessions(ctx: Ctx, input: EndSessions): Promise<{ userId: string; ended: number }> {
  return mutate(ctx, "session.end", {
    target: async (tx) => {
      const person = await lockPerson(ctx, tx, "session.read", input.userId);
      return { id: null, person: { id: person.id, name: fullName(person) }, record: person, trace: null };
    },
    change: async (tx, person) => {
      const ended = await endSessions(ctx, tx, person.id, "ended", { keepOwn: true });
      return { value: { userId: person.id, ended }, after: null, facts: { count: ended } };
    },
  });
}

/**
 * Inside somebody else's change: ends what is alive, and returns how many. What time has ended is closed as just that, so
 * that a longer limit does not open it again.
 */
export async function endSessions(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  reason: SessionEnding,
  { only, keepOwn = false }: { only?: string; keepOwn?: boolean } = {},
): Promise<number> {
  const own = ownSessionOf(ctx);
  const limits = limitsOf(await readSettings(tx));
  const meant = and(
    eq(sessions.userId, userId),
    isNull(sessions.endedAt),
    only ? eq(sessions.id, only) : undefined,
    keepOwn && own ? ne(sessions.id, own) : undefined,
  );
  await lockToEnd(tx, meant, own);
  await tx
    .update(sessions)
    .set({ endedAt: endColumn(limits), endedReason: endingColumn(limits) })
    .where(and(meant, not(isLive(limits, ctx.now()))));
  const ended = await tx
    .update(sessions)
    .set({ endedAt: ctx.now(), endedReason: reason, endedBy: ctx.actor.access.personId })
    .where(meant)
    .returning({ id: sessions.id });
  return ended.length;
}

const ownSessionOf = ({ actor }: Ctx) => actor.sessionId;

/**
 * Waits for the writes that these sessions authorise and that are about to be committed; later ones are refused. The actor's own
 * session is held in the same order of ids, so that of two people who end each other's sessions one is refused.
 */
async function lockToEnd(tx: Tx, meant: SQL | undefined, own: string | null): Promise<void> {
  const found = await tx.select({ id: sessions.id }).from(sessions).where(meant);
  const ids = found.map(({ id }) => id);
  const lock = (some: string[], strength: "update" | "key share") =>
    tx.select({ id: sessions.id }).from(sessions).where(inArray(sessions.id, some)).orderBy(sessions.id).for(strength);
  if (own === null || ids.includes(own)) {
    await lock(ids, "update");
    return;
  }
  await lock(
    ids.filter((id) => id < own),
    "update",
  );
  await lock([own], "key share");
  await lock(
    ids.filter((id) => id > own),
    "update",
  );
}
