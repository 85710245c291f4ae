import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { authenticators, passkeys, recoveryCodes } from "@/db/schema";
import { notFound, precondition } from "@/lib/errors";
import { ownFactor } from "@/lib/factors/commands/add";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { factorOperations } from "@/lib/factors/operations";
import { renewCodes } from "@/lib/factors/recovery-codes";
import { isFactorRequired } from "@/lib/factors/requirement";
import { type RemoveFactor, removeFactorSchema } from "@/lib/factors/schema";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { readSettings } from "@/lib/platform/read-settings";

const pages = () => ["/account/security"];

/** Removes one of one's own factors; the recovery codes go with the last. Where one is required, the last one stays. */
export const removeFactor = command(factorOperations["factor.remove"], {
  for: "person",
  input: removeFactorSchema,
  target: async ({ ctx, tx }, input) => ownFactor(ctx, tx, await nameOf(tx, ctx.actor.id, input)),
  change: async ({ ctx, tx, now }, { id }, input) => {
    if (input.kind === "authenticator") await tx.delete(authenticators).where(eq(authenticators.userId, id));
    else await tx.delete(passkeys).where(and(eq(passkeys.id, input.id), eq(passkeys.userId, id)));
    if (!hasFactor(await heldFactors(tx, id))) {
      if (await isFactorRequired(tx, id, await readSettings(tx), now))
        throw precondition("Your account requires a second factor. Add another one first.");
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, id));
    }
    await noticeCredentialChange(ctx, tx, id, "A second factor was removed from your account.");
    return { value: undefined, after: null };
  },
  refresh: pages,
  // Its events name the person: a passkey that is not theirs, or not there, is not named.
  id: () => null,
});

async function nameOf(tx: Tx, userId: string, input: RemoveFactor): Promise<string> {
  if (input.kind === "authenticator") {
    if (!(await heldFactors(tx, userId)).authenticator) throw notFound("The authenticator app");
    return "authenticator app";
  }
  const [kept] = await tx
    .select({ name: passkeys.name })
    .from(passkeys)
    .where(and(eq(passkeys.id, input.id), eq(passkeys.userId, userId)));
  if (!kept) throw notFound("The passkey");
  return `passkey ${kept.name}`;
}

/** Ten new recovery codes; the earlier ones no longer work. */
export const renewRecoveryCodes = command(factorOperations["factor.renew"], {
  for: "person",
  input: noInputSchema,
  target: ({ ctx, tx }) => ownFactor(ctx, tx, "recovery codes"),
  change: async ({ ctx, tx }, { id }) => {
    if (!hasFactor(await heldFactors(tx, id)))
      throw precondition("Recovery codes require a second factor. Add one first.");
    const codes = await renewCodes(tx, id);
    await noticeCredentialChange(ctx, tx, id, "New recovery codes were generated for your account.");
    return { value: { codes }, after: null };
  },
  refresh: pages,
});
