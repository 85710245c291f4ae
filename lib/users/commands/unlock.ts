import { forgetFailures } from "@/lib/auth/devices";
import type { Ctx } from "@/lib/context";
import { mutate } from "@/lib/mutate";
import type { UserId } from "@/lib/users/schema";
import { statusAt } from "@/lib/users/status";
import { ruleOn } from "@/lib/users/subject";
import { lockUser } from "@/lib/users/target";

/** Lets a locked person sign in again and forgets the failures that locked them (S4). */
export function unlockUser(ctx: Ctx, input: UserId): Promise<{ id: string }> {
  return mutate(ctx, "user.unlock", {
    id: input.id,
    target: (tx) => lockUser(ctx, tx, input.id),
    already: (person) => (statusAt(person, ctx.now()) === "active" ? { value: { id: person.id } } : null),
    rule: ruleOn(ctx, "user.unlock"),
    change: async (tx, before) => {
      await forgetFailures(tx, before.id);
      return {
        value: { id: before.id },
        after: null,
        facts: { lockedSince: before.lockedAt?.toISOString(), lockedUntil: before.lockedUntil?.toISOString() },
      };
    },
  });
}
