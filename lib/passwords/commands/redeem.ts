import type { Ctx } from "@/lib/context";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRedeemer } from "@/lib/links/redeem";
import { mayRedeem, type Prepared, prepareByLink, setByLink } from "@/lib/passwords/by-link";
import { passwordOperations } from "@/lib/passwords/operations";
import type { ByLink } from "@/lib/passwords/schema";
import { requirePasswordsOpen } from "@/lib/people/only-way-in";

/** Sets a new password by a reset link, and unlocks the account. */
export async function redeemReset(ctx: Ctx, input: ByLink): Promise<{ userId: string }> {
  return saveReset(ctx, await prepareByLink(ctx, "password_reset", input));
}

export const saveReset = command(passwordOperations["password.redeem"], {
  input: internalInput<Prepared>(),
  target: ({ tx }, { link }) => lockRedeemer(tx, link),
  allowed: (person, _, { now }) => mayRedeem(person, now),
  check: requirePasswordsOpen,
  change: ({ ctx, tx }, person, prepared) => setByLink(ctx, tx, person, prepared),
});
