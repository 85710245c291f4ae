import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { authenticators, passkeys, recoveryCodes } from "@/db/schema";
import { precondition } from "@/lib/errors";
import { factorWords, hasFactor, heldFactors } from "@/lib/factors/held";
import { factorOperations } from "@/lib/factors/operations";
import { resetFactorsSchema } from "@/lib/factors/schema";
import { command } from "@/lib/kernel/command";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { fullName } from "@/lib/normalization/names";
import { stateAllows } from "@/lib/people/subject";
import { lockUser } from "@/lib/people/target";
import { endSessions } from "@/lib/sessions/commands";

/** For somebody who has lost them: takes every second factor away and ends every session, in one transaction (S7). */
export const resetFactors = command(factorOperations["factor.reset"], {
  input: resetFactorsSchema,
  target: async ({ ctx, tx }, { id }) => {
    const locked = await lockUser(ctx, tx, id);
    return { ...locked, record: { ...locked.record, held: await heldFactors(tx, id) }, trace: null };
  },
  allowed: stateAllows("factor.reset"),
  check: (_, person) => {
    if (!hasFactor(person.held)) throw precondition(`${fullName(person)} has no second factor.`);
  },
  change: async ({ ctx, tx }, { held, ...person }) => {
    await dropFactors(tx, person.id);
    const sessions = await endSessions(ctx, tx, person.id, "ended");
    await noticeCredentialChange(ctx, tx, person.id, "An administrator removed the second factors of your account.");
    return { value: { id: person.id, sessions }, after: null, facts: { factors: factorWords(held), sessions } };
  },
  refresh: ({ id }) => ["/admin/users", `/admin/users/${id}`],
});

/** Inside somebody else's change: no factor and no recovery code is left. */
export async function dropFactors(tx: Tx, userId: string): Promise<void> {
  await tx.delete(authenticators).where(eq(authenticators.userId, userId));
  await tx.delete(passkeys).where(eq(passkeys.userId, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}
