import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords, users } from "@/db/schema";
import { accountOperations } from "@/lib/account/operations";
import { verifyPassword } from "@/lib/auth/password-queue";
import { requireStepUp } from "@/lib/auth/step-up";
import { require } from "@/lib/authz/decision";
import type { Ctx, Person, Reads } from "@/lib/context";
import { AppError, invalidField, notFound } from "@/lib/errors";
import { countWrong, endedByWrong, forgetWrong, wrongReason } from "@/lib/factors/attempts";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { lockOwnSession } from "@/lib/factors/own-session";
import { mayGivePassword } from "@/lib/factors/policy";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import type { Change } from "@/lib/kernel/steps";
import { type Kept, withKeeper } from "@/lib/people/keeper";
import { requirePasswordCounts } from "@/lib/people/password-maker";
import type { UserRow } from "@/lib/people/scoped";

/** The own row with the hash of the present password, or null for those who have none. */
export async function ownPassword(ctx: Ctx<Person>): Promise<{ user: UserRow & Kept; hash: string | null }> {
  const [known] = await ctx.db
    .select({ user: users, hash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(eq(users.id, ctx.actor.id));
  if (!known) throw notFound("Your account");
  return { ...known, user: await withKeeper(ctx.db, known.user) };
}

/**
 * The current password in the form: the fresh proof while no factor is held (S8), and asked for beside the factor
 * afterwards. A wrong one is counted by the session, as a wrong code is, and is noted in a transaction of its own.
 * Returns the hash that matched, to be compared again in the change. Throws `stale` when a factor is required.
 */
export async function proveCurrentPassword(ctx: Ctx<Person>, given: string): Promise<string> {
  await requireStepUpByFactor(ctx, ctx.db);
  const { user, hash } = await ownPassword(ctx);
  require(mayGivePassword(user));
  if (hash && (await verifyPassword(hash, given))) return hash;
  return refuseWrongPassword(ctx, {});
}

/** Counts it, and always throws. */
export const refuseWrongPassword = command(accountOperations["account.update"], {
  key: "account.refuse_wrong_password",
  for: "person",
  input: noInputSchema,
  target: async ({ ctx, tx }) => ({ ...(await lockOwnSession(ctx, tx)), id: ctx.actor.id }),
  change: async ({ ctx, tx }, { session }): Promise<Change<never>> => {
    const ended = await countWrong(ctx, tx, session);
    return {
      value: undefined as never,
      after: null,
      facts: { reason: wrongReason("wrong current password", ended) },
      refusal: ended ? endedByWrong() : invalidField("currentPassword", "This is not your current password."),
      ...(ended && { session: null }),
    };
  },
});

/** Under the lock of the row, for what the form's password proved: both are still valid. */
export async function requireProof(ctx: Ctx<Person>, tx: Tx, proved: string): Promise<void> {
  await requireStepUpByFactor(ctx, tx);
  await requireStillProved(ctx, tx, proved);
}

/** A person with a factor has given it in the last ten minutes: a password proves nothing beside it (S8). */
async function requireStepUpByFactor(ctx: Ctx<Person>, db: Reads | Tx): Promise<void> {
  if (hasFactor(await heldFactors(db, ctx.actor.id))) await requireStepUp(ctx, db);
}

/**
 * Under the lock of the row: the password that was proved is still the one in force, and the person who set it may still act on
 * the person (R15). Earlier wrong ones are forgotten.
 */
export async function requireStillProved(ctx: Ctx<Person>, tx: Tx, proved: string): Promise<void> {
  await requireUnchanged(ctx, tx, proved);
  await requirePasswordCounts(tx, ctx.actor.id, ctx.now());
  if (ctx.actor.sessionId) await forgetWrong(tx, ctx.actor.sessionId);
}

/** Under the lock of the row: a password is still the one in force. */
export async function requireUnchanged({ actor }: Ctx<Person>, tx: Tx, hash: string): Promise<void> {
  const [kept] = await tx.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.userId, actor.id));
  if (kept?.hash !== hash) throw new AppError("conflict", "Your password was changed in the meantime. Sign in again.");
}
