import { and, desc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identities, identityProviders, passwords, users } from "@/db/schema";
import type { Reads } from "@/lib/context";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { passkeysPossible } from "@/lib/factors/passkeys";
import { mayGivePassword } from "@/lib/factors/policy";
import { withKeeper } from "@/lib/people/keeper";
import { passwordCounts } from "@/lib/people/password-maker";

/** A provider at which somebody can confirm who they are. `hint`: the account there, as its form may fill in. */
export type ProviderWay = { id: string; slug: string; name: string; hint: string | null };

export type Ways = { password: boolean; code: boolean; passkey: boolean; providers: ProviderWay[] };

/**
 * By which means a person can prove themselves again at this moment (S8): by a factor once one is held, else by the password where
 * there is one that counts, else at the providers of their identities.
 */
export async function waysOf(db: Reads | Tx, userId: string, now: Date): Promise<Ways> {
  const held = await heldFactors(db, userId);
  if (hasFactor(held))
    return { password: false, code: true, passkey: held.passkeys > 0 && passkeysPossible(), providers: [] };
  const [known] = await db
    .select({ user: users, kept: passwords.userId, setBy: passwords.setBy })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(eq(users.id, userId));
  const { kept, setBy = null } = known ?? {};
  const user = known && (await withKeeper(db, known.user));
  const counts = user && kept && mayGivePassword(user).ok && (await passwordCounts(db, { id: userId, setBy }, now));
  const providers = counts ? [] : await providersOf(db, userId);
  // For people who have a password here, its field says why it does not count.
  const password = Boolean(counts) || (providers.length === 0 && user?.keeper === null);
  return { password, code: false, passkey: false, providers };
}

/** Those that are enabled, with an identity of their present issuer; the last one used comes first. */
async function providersOf(db: Reads | Tx, userId: string): Promise<ProviderWay[]> {
  const { id, slug, name, issuer, state } = identityProviders;
  const rows = await db
    .select({ id, slug, name, claims: identities.claims })
    .from(identities)
    .innerJoin(identityProviders, and(eq(id, identities.providerId), eq(issuer, identities.issuer)))
    .where(and(eq(identities.userId, userId), eq(state, "enabled")))
    .orderBy(sql`${identities.lastSignInAt} desc nulls last`, desc(identities.createdAt));
  return rows.map(({ claims, ...provider }) => ({ ...provider, hint: claims.email ?? claims.username }));
}
