import { and, eq, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { authenticators, passkeys } from "@/db/schema";
import { looksAtCodes } from "@/lib/factors/attempts";
import type { GivenPasskey } from "@/lib/factors/passkeys";
import { spendCode } from "@/lib/factors/recovery-codes";
import { decryptSecret, stepOf } from "@/lib/factors/totp";
import { foldCode } from "@/lib/normalization/code";

type Session = { id: string; userId: string; endsAt: Date };

/**
 * Uses a code up inside a change: six digits of the authenticator app, else a recovery code. Returns words for what it was,
 * or null when it is wrong, was used, or too many were wrong before it.
 */
export async function acceptCode(tx: Tx, session: Session, typed: string, now: Date): Promise<string | null> {
  if (!(await looksAtCodes(tx, session, now))) return null;
  const code = foldCode(typed);
  if (!/^\d{6}$/.test(code)) return (await spendCode(tx, session.userId, code, now)) ? "recovery code" : null;
  const [kept] = await tx
    .select()
    .from(authenticators)
    .where(and(eq(authenticators.userId, session.userId), isNotNull(authenticators.confirmedAt)));
  const step = kept ? stepOf(decryptSecret(session.userId, kept.secret), code, now) : null;
  if (step === null) return null;
  const used = await tx
    .update(authenticators)
    .set({ lastStep: step })
    .where(
      and(
        eq(authenticators.userId, session.userId),
        or(isNull(authenticators.lastStep), lt(authenticators.lastStep, step)),
      ),
    )
    .returning({ userId: authenticators.userId });
  return used.length === 1 ? "authenticator app" : null;
}

/** Notes the use of a passkey whose signature is valid; false when it was removed in the meantime. */
export async function acceptPasskey(tx: Tx, { passkey, counter }: GivenPasskey, now: Date): Promise<boolean> {
  const used = await tx
    .update(passkeys)
    .set({ counter, lastUsedAt: now })
    .where(eq(passkeys.id, passkey.id))
    .returning({ id: passkeys.id });
  return used.length === 1;
}
