import { and, eq, inArray, lt, not, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { keptBuilt } from "@/db/kept";
import { sessionIdTokens, sessions, usedLogoutTokens } from "@/db/schema";
import { isLive, limitsOf } from "@/lib/auth/session-limits";
import { type Ctx, transactionsOf } from "@/lib/context";
import { decrypt, encrypt } from "@/lib/platform/encryption";
import { readSettings } from "@/lib/platform/read-settings";

/**
 * The ID token with which a session began: what a provider receives at a sign-out there (I7). Encrypted, and deleted with the session; after
 * a sign-out it is kept while that is offered.
 */
const purpose = "ID token of a session";

/** Milliseconds for which a sign-out at the provider is offered. */
export const offeredFor = 15 * 60_000;

export async function keepIdToken(tx: Tx, sessionId: string, token: string): Promise<void> {
  await insertIdToken(tx, { sessionId, sealed: encrypt(purpose, token) });
}

const insertIdToken = keptBuilt<Tx, { sessionId: string; sealed: string }, unknown>((tx) =>
  tx.insert(sessionIdTokens).values({ sessionId: sql.placeholder("sessionId"), sealed: sql.placeholder("sealed") }),
);

/** Takes it away permanently; null where there is none. */
export async function takeIdToken(tx: Tx, sessionId: string): Promise<string | null> {
  const [taken] = await tx.delete(sessionIdTokens).where(eq(sessionIdTokens.sessionId, sessionId)).returning();
  return taken ? decrypt(purpose, taken.sealed) : null;
}

/** Of sessions that are about to be ended. */
export async function dropIdTokens(tx: Tx, of: SQL | undefined): Promise<void> {
  const ended = tx.select({ id: sessions.id }).from(sessions).where(of);
  await tx.delete(sessionIdTokens).where(inArray(sessionIdTokens.sessionId, ended));
}

/** Drops ID tokens of sessions that are over, and the ids of logout tokens that have ended. */
export async function forgetSignOuts(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const live = isLive(limitsOf(await readSettings(ctx.db)), now);
  const offered = and(
    eq(sessions.endedReason, "signed_out"),
    sql`${sessions.endedAt} > ${new Date(now.getTime() - offeredFor).toISOString()}::timestamptz`,
  );
  await transactionsOf(ctx).transaction(async (tx) => {
    await dropIdTokens(
      tx,
      and(inArray(sessions.id, withToken(tx)), not(or(live, sql`coalesce(${offered}, false)`) as SQL)),
    );
    await tx.delete(usedLogoutTokens).where(lt(usedLogoutTokens.endsAt, now));
  });
}

const withToken = (tx: Tx) => tx.select({ id: sessionIdTokens.sessionId }).from(sessionIdTokens);
