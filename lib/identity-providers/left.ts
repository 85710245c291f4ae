import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identities, identityProviders, passkeys, passwords } from "@/db/schema";
import type { Ctx, Reads } from "@/lib/context";
import { type WayIn, wayInOf } from "@/lib/users/way-in";
import { notNow, type Verdict, yes } from "@/lib/verdict";

/** By what somebody can sign in: an identity, or what there is without any. */
export type Left = WayIn | "identity";

/** What is left to a person without one of their identities; another one counts while its provider would take it. */
export async function leftWithout(
  ctx: Ctx,
  db: Reads | Tx,
  { id, userId }: { id: string; userId: string },
): Promise<Left> {
  const { providerId, issuer } = identities;
  const [other] = await db
    .select({ id: identities.id })
    .from(identities)
    .innerJoin(identityProviders, and(eq(identityProviders.id, providerId), eq(identityProviders.issuer, issuer)))
    .where(and(eq(identities.userId, userId), ne(identities.id, id), eq(identityProviders.state, "enabled")))
    .limit(1);
  if (other) return "identity";
  const credentials =
    (await db.$count(passwords, eq(passwords.userId, userId))) +
    (await db.$count(passkeys, eq(passkeys.userId, userId)));
  const way = await wayInOf(ctx, userId);
  // People of a provider are not among those whose credentials are counted by the database.
  return way === "credential" && credentials === 0 ? "none" : way;
}

/** Nobody takes the last way in from themselves (U16). */
export const mayUnlinkOwn = (left: Left): Verdict =>
  left === "identity" || left === "credential"
    ? yes
    : notNow("This is your only way in. Link another provider first, or ask an administrator.");
