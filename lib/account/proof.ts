import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords, users } from "@/db/schema";
import { mayGivePassword } from "@/lib/account/policy";
import { lockOwnAccount } from "@/lib/account/target";
import { afterFailure } from "@/lib/auth/lockout";
import { verifyPassword } from "@/lib/auth/password-queue";
import type { Ctx, Person } from "@/lib/context";
import { AppError, invalidField, notFound } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { readSettings } from "@/lib/settings/read";
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
 * Fresh authentication by the current password in the form (S8). A wrong one counts towards the lock like a failed
 * sign-in, and is noted in a transaction of its own. Returns the hash that matched, to be compared again in the change.
 */
export async function proveCurrentPassword(ctx: Ctx<Person>, given: string): Promise<string> {
  const { user, hash } = await ownPassword(ctx);
  require(mayGivePassword(user, ctx.now()));
  if (hash && (await verifyPassword(hash, given))) return hash;
  await noteWrongPassword(ctx);
  throw invalidField("currentPassword", "This is not your current password.");
}

function noteWrongPassword(ctx: Ctx<Person>): Promise<void> {
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, () => null),
    change: async (tx, record) => {
      const now = ctx.now();
      const { "lockout.failures": failures } = await readSettings(tx);
      const counted = mayGivePassword(record, now).ok
        ? afterFailure(record, now, { failures, untilUnlocked: false })
        : null;
      if (counted)
        await tx
          .update(users)
          .set({ ...counted, ...(counted.lockedUntil && { lockedAt: now }) })
          .where(eq(users.id, record.id));
      const lockedUntil = counted?.lockedUntil?.toISOString();
      const reason = "wrong current password";
      return {
        value: undefined,
        after: null,
        outcome: "refused",
        facts: lockedUntil ? { reason, lockedUntil } : { reason },
      };
    },
  });
}

/** Under the lock of the row: the password that was proved is still the one in force. */
export async function requireStillProved(tx: Tx, userId: string, proved: string): Promise<void> {
  const [kept] = await tx.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.userId, userId));
  if (kept?.hash !== proved) throw new AppError("conflict", "Your password was changed meanwhile. Sign in again.");
}
