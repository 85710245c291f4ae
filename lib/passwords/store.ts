import type { Tx } from "@/db/client";
import { passwords } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { revokeLinks } from "@/lib/links/issue";
import { noticeCredentialChange } from "@/lib/links/notice";

export const passwordChanged = "Your password was changed.";

/**
 * Keeps a new password, inside somebody else's change: open links that would set another one die with the old, and the
 * person is told by mail (`notice` null: of their very first one they know). `short`: only a second factor allows it (S2).
 */
export async function keepPassword(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  hash: string,
  notice: string | null = passwordChanged,
  short = false,
): Promise<void> {
  const changedAt = ctx.now();
  await tx
    .insert(passwords)
    .values({ userId, hash, short, changedAt })
    .onConflictDoUpdate({ target: passwords.userId, set: { hash, short, changedAt } });
  await revokeLinks(ctx, tx, userId, ["invitation", "password_reset"]);
  if (notice) await noticeCredentialChange(ctx, tx, userId, notice);
}
