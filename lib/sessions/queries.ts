import { and, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { SessionEnding } from "@/db/enums";
import { identities, identityProviders, sessions, users } from "@/db/schema";
import { endColumn, endingColumn, isLive, type Limits, limitsOf } from "@/lib/auth/session-limits";
import { authorize } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { findPerson } from "@/lib/people/scoped";
import { readSettings } from "@/lib/platform/read-settings";
import { deviceOf } from "@/lib/sessions/device";

export type LiveSession = {
  id: string;
  device: string;
  agent: string;
  address: string;
  startedAt: Date;
  lastSeenAt: Date;
  /** The identity provider through which it began, by name; null: none, or it is unlinked. */
  provider: string | null;
  /** The session in which the list is being read. */
  own: boolean;
  /** The password was right, and the second step has not been taken. */
  halfway: boolean;
};

export type EndedSession = Omit<LiveSession, "own" | "halfway"> & {
  endedAt: Date;
  reason: SessionEnding;
  /** Who ended it; null when time did, or somebody who has been erased. */
  endedBy: { id: string; name: string } | null;
};

export type SessionLists = { live: LiveSession[]; ended: EndedSession[]; most: number; limits: Limits };

/** A person's sessions with whether the actor may end them; null when the person is not there or not theirs to see. */
export async function findSessionsOf(
  ctx: Ctx,
  userId: string,
): Promise<{ person: { id: string; name: string }; lists: SessionLists; mayEnd: Decision } | null> {
  const found = await findPerson(ctx, "session.read", userId);
  if (!found) return null;
  const person = { id: found.id, name: fullName(found) };
  return {
    person,
    lists: await listSessions(ctx, userId),
    mayEnd: await authorize(ctx, ctx.db, "session.end", { person }),
  };
}

/** Ended sessions stay listed for 30 days (S9). */
const listedFor = 30 * 24 * 60 * 60_000;
const most = 100;

/** The sessions of one person that the actor may see, newest first; at most `most` in each list. */
export async function listSessions(ctx: Ctx, userId: string): Promise<SessionLists> {
  const now = ctx.now();
  const own = ctx.actor.sessionId;
  const theirs = and(eq(sessions.userId, userId), within(ctx, "session.read", sessions.userId));
  const limits = limitsOf(await readSettings(ctx.db));
  const live = await ctx.db
    .select({ session: sessions, provider: identityProviders.name })
    .from(sessions)
    .leftJoin(identities, eq(identities.id, sessions.identityId))
    .leftJoin(identityProviders, eq(identityProviders.id, identities.providerId))
    .where(and(theirs, isLive(limits, now)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(most);
  return {
    live: live.map(({ session, provider }) => ({
      ...shown(session, provider),
      own: session.id === own,
      halfway: session.stage === "second_factor",
    })),
    ended: await endedSessions(ctx, theirs, limits),
    most,
    limits,
  };
}

async function endedSessions(ctx: Ctx, theirs: SQL | undefined, limits: Limits): Promise<EndedSession[]> {
  const enders = alias(users, "enders");
  const endedAt = sql<Date>`coalesce(${sessions.endedAt}, ${endColumn(limits)})`.mapWith(sessions.endsAt);
  const rows = await ctx.db
    .select({
      session: sessions,
      endedAt,
      reason: sql<SessionEnding>`coalesce(${sessions.endedReason}, ${endingColumn(limits)})`,
      ender: enders,
      provider: identityProviders.name,
    })
    .from(sessions)
    .leftJoin(identities, eq(identities.id, sessions.identityId))
    .leftJoin(identityProviders, eq(identityProviders.id, identities.providerId))
    .leftJoin(enders, eq(enders.id, sessions.endedBy))
    .where(
      and(
        theirs,
        sql`(${isNotNull(sessions.endedAt)} or not ${isLive(limits, ctx.now())})`,
        sql`${endedAt} > ${new Date(ctx.now().getTime() - listedFor).toISOString()}::timestamptz`,
      ),
    )
    .orderBy(desc(endedAt), desc(sessions.id))
    .limit(most);
  return rows.map(({ session, endedAt, reason, ender, provider }) => ({
    ...shown(session, provider),
    endedAt,
    reason,
    endedBy: ender && { id: ender.id, name: fullName(ender) },
  }));
}

const shown = (session: typeof sessions.$inferSelect, provider: string | null) => ({
  id: session.id,
  provider,
  device: deviceOf(session.agent),
  agent: session.agent,
  address: session.address,
  startedAt: session.startedAt,
  lastSeenAt: session.lastSeenAt,
});
