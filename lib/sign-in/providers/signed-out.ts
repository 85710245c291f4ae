import { and, eq, gte, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { given, keptBuilt } from "@/db/kept";
import { identityProviders, usedLogoutTokens } from "@/db/schema";
import { lockRows } from "@/lib/kernel/lock";
import { isOffered } from "@/lib/people/only-way-in";

/** Milliseconds for which somebody may be on their way here with a proof: as long as the cookies of a sign-in live. */
export const onTheWay = 15 * 60_000;

/**
 * A sign-in that begins here and a sign-out that the provider reports take turns: the second knows of the first. Before
 * any row of an identity or a session is locked.
 */
export async function takeTurn(tx: Tx, providerId: string, as: "sign-in" | "sign-out"): Promise<void> {
  await lockProvider[as](tx, { providerId });
}

const locking = (strength: "key share" | "update") =>
  keptBuilt<Tx, { providerId: string }, unknown>((tx) => {
    const provider = tx.select({ id: identityProviders.id }).from(identityProviders).where(isIt);
    return lockRows(tx, provider, strength);
  });

const isIt = eq(identityProviders.id, sql.placeholder("providerId"));

const lockProvider = { "sign-in": locking("key share"), "sign-out": locking("update") };

type Proved = { provider: { id: string }; subject: string; sid: string | null; issuedAt: Date };

type Meanwhile = { offered: boolean; signedOut: boolean };

/**
 * Takes the turn of a sign-in, and says what has come between its proof and the session: whether people still sign in through the
 * provider, and whether it has signed this one out. Asked together, and answered one after the other: the second sees what
 * was stored before the first was allowed through.
 */
export async function takeTurnToSignIn(tx: Tx, { provider, subject, sid, issuedAt }: Proved): Promise<Meanwhile> {
  const [, [found]] = await Promise.all([
    takeTurn(tx, provider.id, "sign-in"),
    askMeanwhile(tx, { providerId: provider.id, subject, sid, issuedAt }),
  ]);
  return found ?? { offered: false, signedOut: false };
}

/**
 * A logout token came for what was proved: for a session of the provider by its name, whenever; for a person only up to the moment
 * at which the token was made, since a person who signs in afterwards does so again.
 */
const isSignedOut = () => {
  const { providerId, sid: called, subject: whose, issuedAt: at } = usedLogoutTokens;
  const sid = sql`${sql.placeholder("sid")}::text`;
  const mayBeTheirs = or(isNull(sid), isNull(called));
  const person = and(eq(whose, sql.placeholder("subject")), mayBeTheirs, gte(at, given("issuedAt", at)));
  return sql<boolean>`exists (select 1 from ${usedLogoutTokens}
    where ${and(eq(providerId, identityProviders.id), or(eq(called, sid), person))})`;
};

const askMeanwhile = keptBuilt((tx: Tx) =>
  tx.select({ offered: isOffered, signedOut: isSignedOut() }).from(identityProviders).where(isIt),
);
