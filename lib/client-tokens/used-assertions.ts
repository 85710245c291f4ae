import { lt } from "drizzle-orm";
import { revokedTokens, usedAssertions } from "@/db/schema";
import type { Assertion } from "@/lib/client-tokens/assertion";
import { type Ctx, transactionsOf } from "@/lib/context";

/** Uses an assertion up: true for one caller, ever, whichever process asks. */
export async function spendAssertion(ctx: Ctx, { clientId, jti, endsAt }: Assertion): Promise<boolean> {
  const used = await transactionsOf(ctx)
    .insert(usedAssertions)
    .values({ clientId, jti, endsAt })
    .onConflictDoNothing()
    .returning({ jti: usedAssertions.jti });
  return used.length === 1;
}

/** Drops what is refused for its age by now. */
export async function forgetUsed(ctx: Ctx): Promise<void> {
  const at = ctx.now();
  await transactionsOf(ctx).delete(usedAssertions).where(lt(usedAssertions.endsAt, at));
  await transactionsOf(ctx).delete(revokedTokens).where(lt(revokedTokens.endsAt, at));
}
