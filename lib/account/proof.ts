import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords, users } from "@/db/schema";
import { mayGivePassword } from "@/lib/account/policy";
import { verifyPassword } from "@/lib/auth/password-queue";
import type { Ctx, Person } from "@/lib/context";
import { AppError, invalidField, notFound } from "@/lib/errors";
import { countWrong, endedByWrong, forgetWrong, wrongReason } from "@/lib/factors/attempts";
import { lockOwnSession } from "@/lib/factors/own-session";
import { mutate } from "@/lib/mutate";
import type { UserRow } from "@/lib/users/scoped";
import { require } from "@/lib/verdict";

/** The own row with the hash of the present password, or null for those who have none. */
export async function ownPassword(ctx: Ctx<Person>): Promise<{ user: UserRow; hash: string | null }> {
  const [known] = await ctx.db
    .select({ user: users, hash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(eq(users.id, ctx.actor.id));
  if (!known) throw notFound("Your account");
  return known;
}

/**
 * Fresh authentication by the current password in the form (S8). A wrong one is counted by the session, as a wrong code
 * is, and is noted in a transaction of its own. Returns the hash that matched, to be compared again in the change.
 */
export async function proveCurrentPassword(ctx: Ctx<Person>, given: string): Promise<string> {
  const { user, hash } = await ownPassword(ctx);
  require(mayGivePassword(user));
  if (hash && (await verifyPassword(hash, given))) return hash;
  if (await noteWrongPassword(ctx)) throw endedByWrong();
  throw invalidField("currentPassword", "This is not your current password.");
}

/** Gives whether the session has ended by it. */
function noteWrongPassword(ctx: Ctx<Person>): Promise<boolean> {
  return mutate(ctx, "account.update", {
    target: async (tx) => ({ ...(await lockOwnSession(ctx, tx)), id: ctx.actor.id }),
    change: async (tx, { session }) => {
      const ended = await countWrong(ctx, tx, session);
      const facts = { reason: wrongReason("wrong current password", ended) };
      return { value: ended, after: null, outcome: "refused", facts };
    },
  });
}

/** Under the lock of the row: the password that was proved is still the one in force. Earlier wrong ones are forgotten. */
export async function requireStillProved(ctx: Ctx<Person>, tx: Tx, proved: string): Promise<void> {
  const [kept] = await tx.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.userId, ctx.actor.id));
  if (kept?.hash !== proved) throw new AppError("conflict", "Your password was changed meanwhile. Sign in again.");
  if (ctx.actor.sessionId) await forgetWrong(tx, ctx.actor.sessionId);
}
