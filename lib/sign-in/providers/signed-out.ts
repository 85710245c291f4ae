import { and, eq, gte, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { kept } from "@/db/kept";
import { identityProviders, usedLogoutTokens } from "@/db/schema";
import { lockRows } from "@/lib/kernel/lock";

/** Milliseconds for which somebody may be on their way here with a proof: as long as the cookies of a sign-in live. */
export const onTheWay = 15 * 60_000;

/**
 * A sign-in that begins here and a sign-out that the provider tells of take turns: which of them comes second knows of the first. Before
 * any row of an identity or a session is locked.
 */
export async function takeTurn(tx: Tx, providerId: string, as: "sign-in" | "sign-out"): Promise<void> {
  const provider = tx
    .select({ id: identityProviders.id })
    .from(identityProviders)
    .where(eq(identityProviders.id, providerId));
  await kept(lockRows(tx, provider, as === "sign-in" ? "key share" : "update"));
}

type Proved = { provider: { id: string }; subject: string; sid: string | null; issuedAt: Date };

/**
 * Whether a logout token came for what was proved before a session began by it. A session of the provider by its name, whenever;
 * a person only up to the moment at which the token was made, since whoever signs in afterwards does so anew.
 */
export async function wasSignedOut(tx: Tx, { provider, subject, sid, issuedAt }: Proved): Promise<boolean> {
  const { providerId, jti, sid: called, subject: whose, issuedAt: at } = usedLogoutTokens;
  const nameless = sid === null ? undefined : isNull(called);
  const person = and(eq(whose, subject), nameless, gte(at, sql`${issuedAt.toISOString()}::timestamptz`));
  const asked = tx.select({ jti }).from(usedLogoutTokens);
  const named = sid === null ? person : or(eq(called, sid), person);
  const found = await kept(asked.where(and(eq(providerId, provider.id), named)).limit(1));
  return found.length > 0;
}
