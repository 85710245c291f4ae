import { and, eq, inArray, isNull, ne, not, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SessionEnding } from "@/db/enums";
import { sessionIdTokens, sessions, users } from "@/db/schema";
import { dropIdTokens } from "@/lib/auth/id-tokens";
import { endColumn, endingColumn, isLive, limitsOf } from "@/lib/auth/session-limits";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import type { Work } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { lockPerson } from "@/lib/people/scoped";
import { readSettings } from "@/lib/platform/read-settings";
import { together } from "@/lib/platform/together";
import { sessionOperations } from "@/lib/sessions/operations";
import { type EndSession, endSessionSchema, endSessionsSchema } from "@/lib/sessions/schema";

/**
 * Signing out: the browser with the cookie may end the session that it names. `atProvider`: it began at a provider at which one can
 * sign out too; the ID token stays for that, for a quarter of an hour (I7).
 */
export const endOwnSession = command(sessionOperations["session.sign_out"], {
  input: internalInput<EndSession>(),
  target: (work, { id }) => lockOpen(work, id),
  change: async (work, { session, user }) => {
    await closeOwn(work, session.id, { endedReason: "signed_out", endedBy: user.id });
    const atProvider = (await work.tx.$count(sessionIdTokens, eq(sessionIdTokens.sessionId, session.id))) > 0;
    return { value: { atProvider }, after: null, session: null };
  },
});

/** The same after a sign-in in a browser that had another session. */
export const replaceSession = command(sessionOperations["session.sign_out"], {
  key: "session.replace",
  input: internalInput<EndSession>(),
  target: (work, { id }) => lockOpen(work, id),
  change: async (work, { session }) => {
    await closeOwn(work, session.id, { endedReason: "replaced", endedBy: null });
    await dropIdTokens(work.tx, eq(sessions.id, session.id));
    return { value: undefined, after: null, session: null, facts: { replaced: true } };
  },
});

/** Replaces the session that a browser had before; nothing happens where it is over already. */
export async function endReplacedSession(ctx: Ctx, input: EndSession): Promise<void> {
  const live = isLive(limitsOf(await readSettings(ctx.db)), ctx.now());
  const [open] = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, input.id), live));
  if (open) await replaceSession(ctx, input);
}

async function lockOpen({ tx }: Work, id: string) {
  const open = tx
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)));
  const [row] = await lockRows(tx, open, "update", { of: sessions });
  if (!row) throw notFound("The session");
  return { id, person: { id: row.user.id, name: fullName(row.user) }, record: row, trace: null };
}

async function closeOwn({ ctx, tx }: Work, id: string, how: { endedReason: SessionEnding; endedBy: string | null }) {
  await tx
    .update(sessions)
    .set({ endedAt: ctx.now(), ...how })
    .where(eq(sessions.id, id));
}

const pages = ({ userId }: { userId: string }) => [
  "/account/sessions",
  "/admin/sessions",
  `/admin/users/${userId}/sessions`,
];

/** Ends one session of somebody whom the actor may sign out; one that has ended stays as it is. */
export const endSession = command(sessionOperations["session.end"], {
  input: endSessionSchema,
  route: "POST /sessions/{id}/end",
  target: async ({ ctx, tx }, { id }) => {
    const userId = await personInSight(tx, { ctx, id });
    if (!userId) throw notFound("The session");
    const person = await lockPerson(ctx, tx, "session.read", userId);
    const live = isLive(limitsOf(await readSettings(tx)), ctx.now());
    const [found] = await tx
      .select({ session: sessions, live: sql<boolean>`${live}` })
      .from(sessions)
      .where(eq(sessions.id, id));
    if (!found) throw notFound("The session");
    return { id, person: { id: person.id, name: fullName(person) }, record: found, trace: null };
  },
  already: ({ session, live }) => (live ? null : { value: { userId: session.userId } }),
  change: async ({ ctx, tx }, { session }) => {
    await endSessions(ctx, tx, session.userId, "ended", { only: session.id });
    return {
      value: { userId: session.userId },
      after: null,
      facts: { address: session.address, device: session.agent },
      ...(session.id === ownSessionOf(ctx) && { session: null }),
    };
  },
  refresh: pages,
});

/** Whose sessions these are, as far as one actor may see them. */
const personInSight = together<{ ctx: Ctx; id: string }, string | null>(async (tx, wanted) => {
  const [{ ctx }] = wanted as [{ ctx: Ctx; id: string }];
  const ids = wanted.map(({ id }) => id);
  const seen = await tx
    .select({ id: sessions.id, userId: sessions.userId })
    .from(sessions)
    .where(and(inArray(sessions.id, ids), within(ctx, "session.read", sessions.userId)));
  return ids.map((id) => seen.find((session) => session.id === id.toLowerCase())?.userId ?? null);
});

/** Ends every session of one person, but for the one in which this is asked. */
export const endAllSessions = command(sessionOperations["session.end"], {
  key: "session.end_all",
  input: endSessionsSchema,
  route: "POST /users/{userId}/sessions/end",
  target: async ({ ctx, tx }, { userId }) => {
    const person = await lockPerson(ctx, tx, "session.read", userId);
    const own = ownSessionOf(ctx);
    const [unclosed] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), own ? ne(sessions.id, own) : undefined))
      .limit(1);
    const record = { closed: unclosed === undefined };
    return { id: null, person: { id: person.id, name: fullName(person) }, record, trace: null };
  },
  already: ({ closed }, { userId }) => (closed ? { value: { userId, ended: 0 } } : null),
  change: async ({ ctx, tx }, _, { userId }) => {
    const ended = await endSessions(ctx, tx, userId, "ended", { keepOwn: true });
    return { value: { userId, ended }, after: null, facts: { count: ended } };
  },
  refresh: pages,
});

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
  const meant = and(
    eq(sessions.userId, userId),
    isNull(sessions.endedAt),
    only ? eq(sessions.id, only) : undefined,
    keepOwn && own ? ne(sessions.id, own) : undefined,
  );
  return endThose(ctx, tx, meant, reason);
}

/** The same for sessions that are meant by something else than their person; `meant` names none that is ended. */
export async function endThose(ctx: Ctx, tx: Tx, meant: SQL | undefined, reason: SessionEnding): Promise<number> {
  const limits = limitsOf(await readSettings(tx));
  await lockToEnd(tx, meant, ownSessionOf(ctx));
  await dropIdTokens(tx, meant);
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
    lockRows(
      tx,
      tx.select({ id: sessions.id }).from(sessions).where(inArray(sessions.id, some)).orderBy(sessions.id),
      strength,
    );
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
