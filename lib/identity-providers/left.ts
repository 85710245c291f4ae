import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identities, identityProviders, passkeys, passwords, users } from "@/db/schema";
import { type Decision, notNow, yes } from "@/lib/authz/decision";
import type { Ctx, Reads } from "@/lib/context";
import { barredBy, isOffered, ofPresentIssuer } from "@/lib/people/only-way-in";
import { passwordCounts } from "@/lib/people/password-maker";
import { openLink, type WayIn } from "@/lib/people/way-in";

/** By what somebody can sign in: an identity, or what there is without any. */
export type Left = WayIn | "identity";

/** What is left to a person without one of their identities; another one, a password and a passkey count while they sign in. */
export async function leftWithout(
  ctx: Ctx,
  db: Reads | Tx,
  { id, userId }: { id: string; userId: string },
): Promise<Left> {
  const [other] = await db
    .select({ id: identities.id })
    .from(identities)
    .innerJoin(identityProviders, ofPresentIssuer)
    .where(and(eq(identities.userId, userId), ne(identities.id, id), isOffered))
    .limit(1);
  if (other) return "identity";
  const at = ctx.now();
  if (await barredBy(db, userId, at)) return "none";
  if ((await db.$count(passkeys, eq(passkeys.userId, userId))) > 0) return "credential";
  const [password] = await db.select({ setBy: passwords.setBy }).from(passwords).where(eq(passwords.userId, userId));
  if (password && (await passwordCounts(db, { id: userId, setBy: password.setBy }, at))) return "credential";
  const [link] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), openLink(at)));
  if (link) return "link";
  return password ? "outgrown" : "none";
}

/** Nobody takes the last way in from themselves (U16). */
export const mayUnlinkOwn = (left: Left): Decision =>
  left === "identity" || left === "credential"
    ? yes
    : notNow("This is your only way to sign in. Link another provider first, or ask an administrator.");
