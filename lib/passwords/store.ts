import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passwords } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { revokeLinks } from "@/lib/links/issue";
import { noticeCredentialChange } from "@/lib/mail/notice";

export const passwordChanged = "Your password was changed.";

/**
 * Keeps a new password, inside somebody else's change: every open link ends with the old one, and so does a waiting
 * change of the address; the person is notified by mail (`notice` null: not for their very first one). `short`: only a second factor allows it (S2).
 * The person who sets it for somebody else is kept, to be checked at each use (R15).
 */
export async function keepPassword(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  hash: string,
  notice: string | null = passwordChanged,
  short = false,
): Promise<void> {
  const kept = { hash, short, setBy: setterOf(ctx, userId), changedAt: ctx.now() };
  await tx
    .insert(passwords)
    .values({ userId, ...kept })
    .onConflictDoUpdate({ target: passwords.userId, set: kept });
  await revokeLinks(ctx, tx, userId);
  if (notice) await noticeCredentialChange(ctx, tx, userId, notice);
}

/** The first password of somebody new. */
export async function addPassword(ctx: Ctx, tx: Tx, userId: string, hash: string): Promise<void> {
  await tx.insert(passwords).values({ userId, hash, setBy: setterOf(ctx, userId), changedAt: ctx.now() });
}

export async function dropPassword(tx: Tx, userId: string): Promise<void> {
  await tx.delete(passwords).where(eq(passwords.userId, userId));
}

/** Who sets a password for somebody else; null when it is their own, or set by a link or the server's owner. */
export const setterOf = ({ actor }: Ctx, userId: string): string | null =>
  actor.access.personId === userId ? null : actor.access.personId;
