import type { Ctx } from "@/lib/context";
import { lockRedeemer } from "@/lib/links/redeem";
import { mutate } from "@/lib/mutate";
import { mayRedeem, prepareByLink, setByLink } from "@/lib/passwords/by-link";
import type { ByLink } from "@/lib/passwords/schema";

/** Sets a new password by a reset link, and unlocks the account. */
export async function redeemReset(ctx: Ctx, input: ByLink): Promise<{ userId: string }> {
  const prepared = await prepareByLink(ctx, "password_reset", input);
  return mutate(ctx, "password.redeem", {
    target: (tx) => lockRedeemer(tx, prepared.link),
    rule: (person) => mayRedeem(person, ctx.now()),
    change: (tx, person) => setByLink(ctx, tx, person, prepared),
  });
}
