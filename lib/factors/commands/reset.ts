import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { authenticators, passkeys, recoveryCodes } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { factorWords, hasFactor, heldFactors } from "@/lib/factors/held";
import type { ResetFactors } from "@/lib/factors/schema";
import { noticeCredentialChange } from "@/lib/links/notice";
import { mutate } from "@/lib/mutate";
import { endSessions } from "@/lib/sessions/commands";
import { fullName } from "@/lib/users/names";
import { ruleOn } from "@/lib/users/subject";
import { lockUser } from "@/lib/users/target";

/** For somebody who has lost them: takes every second factor away and ends every session, in one transaction (S7). */
export function resetFactors(ctx: Ctx, input: ResetFactors): Promise<{ id: string; sessions: number }> {
  return mutate(ctx, "factor.reset", {
    id: input.id,
    target: async (tx) => ({ ...(await lockUser(ctx, tx, input.id)), trace: null }),
    rule: ruleOn(ctx, "factor.reset"),
    change: async (tx, person) => {
      const held = await heldFactors(tx, person.id);
      if (!hasFactor(held)) throw precondition(`${fullName(person)} has no second factor.`);
      await dropFactors(tx, person.id);
      const sessions = await endSessions(ctx, tx, person.id, "ended");
      await noticeCredentialChange(ctx, tx, person.id, "An administrator removed the second factors of your account.");
      return {
        value: { id: person.id, sessions },
        after: null,
        facts: { factors: factorWords(held), sessions },
      };
    },
  });
}

/** Inside somebody else's change: no factor and no recovery code is left. */
export async function dropFactors(tx: Tx, userId: string): Promise<void> {
  await tx.delete(authenticators).where(eq(authenticators.userId, userId));
  await tx.delete(passkeys).where(eq(passkeys.userId, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}
