import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import { hashPassword } from "@/lib/auth/password-queue";
import { isEnded, statusAt, storedStatusAt } from "@/lib/authz/account-status";
import { type Decision, notNow, yes } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { isShort, shortestPasswordOf } from "@/lib/factors/short-passwords";
import { deadLink, findLink, isOpenFor, type LinkRow, spendLink } from "@/lib/links/redeem";
import type { ByLink } from "@/lib/passwords/schema";
import { keepPassword, passwordChanged } from "@/lib/passwords/store";
import { refuseWeak } from "@/lib/passwords/weak";
import type { Kept } from "@/lib/people/keeper";
import { ownKeptReason } from "@/lib/people/kept-fields";
import type { UserRow } from "@/lib/people/scoped";
import { forgetFailures } from "@/lib/people/sign-in-state";
import { accepted, saveUser } from "@/lib/people/store";
import { endSessions } from "@/lib/sessions/commands";

/** The purposes whose link sets a password. */
type Purpose = "invitation" | "password_reset";

/** `hash` is null for a link that no longer works: it is refused with its event, and no work is spent on it. */
export type Prepared = { link: LinkRow; purpose: Purpose; hash: string | null; short: boolean };

/** What comes before the transaction: the link, the rules of S2, and the one slow step, the hash. */
export async function prepareByLink(ctx: Ctx, purpose: Purpose, { token, newPassword }: ByLink): Promise<Prepared> {
  const link = await findLink(ctx, token);
  if (!isOpenFor(link, purpose, ctx.now())) return { link, purpose, hash: null, short: false };
  const [user] = await ctx.db.select().from(users).where(eq(users.id, link.userId));
  if (user) refuseWeak(user, newPassword, await shortestPasswordOf(ctx, user.id));
  return { link, purpose, hash: await hashPassword(newPassword), short: isShort(newPassword) };
}

/** The person with the link has proved enough to learn why their account takes no password (U10). */
export function mayRedeem(person: UserRow & Kept, at: Date): Decision {
  const status = statusAt(person, at);
  if (status === "archived") return notNow("Your account has been removed. Ask an administrator to restore it.");
  if (isEnded(person, at)) return notNow("Your access has ended. Ask an administrator to extend it.");
  if (status === "disabled") return notNow("Your account is disabled. Ask an administrator to enable it.");
  if (person.keeper) return notNow(ownKeptReason(person.keeper));
  return yes;
}

/** Uses the link up, sets the password, unlocks, ends every session and every other link (S4, S6, S10). */
export async function setByLink(ctx: Ctx, tx: Tx, person: UserRow, { link, purpose, hash, short }: Prepared) {
  if (!hash) throw precondition(deadLink);
  await spendLink(ctx, tx, link, purpose);
  const notice = storedStatusAt(person, ctx.now()) === "invited" ? null : passwordChanged;
  await keepPassword(ctx, tx, person.id, hash, notice, short);
  await saveUser(tx, person, { ...accepted(person), mustChangePassword: false });
  await forgetFailures(tx, person.id);
  const sessions = await endSessions(ctx, tx, person.id, "password_changed");
  return { value: { userId: person.id }, after: { password: "set" }, facts: { sessions } };
}
