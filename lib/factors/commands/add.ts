import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { authenticators, passkeys } from "@/db/schema";
import { requireStepUp } from "@/lib/auth/step-up";
import type { Ctx, Person } from "@/lib/context";
import { AppError, invalidField, isUniqueViolation, precondition } from "@/lib/errors";
import { ownPassword } from "@/lib/factors/current-password";
import { hasFactor, heldFactors } from "@/lib/factors/held";
import { factorOperations } from "@/lib/factors/operations";
import { type MadePasskey, offerPasskey, passkeysPossible, verifyMade } from "@/lib/factors/passkeys";
import { renewCodes } from "@/lib/factors/recovery-codes";
import { type AddPasskey, addAuthenticatorSchema } from "@/lib/factors/schema";
import { acceptOffer, encryptSecret, offerAuthenticator, stepOf } from "@/lib/factors/totp";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { Change } from "@/lib/kernel/steps";
import { noticeCredentialChange } from "@/lib/mail/notice";
import { lockOwnAccount } from "@/lib/people/own-account";
import { publicUrl } from "@/lib/platform/env";
import { askOthers, forgetProofs } from "@/lib/sessions/proofs";

/** `codes`: the recovery codes that come with the first factor, known this once; null when there were some already. */
export type AddedFactor = { codes: string[] | null };

/** A new secret for an authenticator app. Nothing is stored until a code has proved that the app has it. */
export async function beginAuthenticator(ctx: Ctx<Person>) {
  await requireStepUp(ctx, ctx.db);
  const { user } = await ownPassword(ctx);
  if ((await heldFactors(ctx.db, user.id)).authenticator)
    throw precondition("You already have an authenticator app. Remove it first.");
  return offerAuthenticator(user, publicUrl().host, ctx.now());
}

export const addAuthenticator = command(factorOperations["factor.add"], {
  key: "factor.add_authenticator",
  for: "person",
  input: addAuthenticatorSchema,
  target: ({ ctx, tx }) => ownFactor(ctx, tx, "authenticator app"),
  change: async ({ ctx, tx, now }, { id }, { sealed, code }) => {
    const secret = acceptOffer(id, sealed, now);
    if (!secret) throw precondition("This QR code has expired. Close this and start again.");
    const step = stepOf(secret, code, now);
    if (step === null)
      throw invalidField("code", "This code is wrong. Check your device's clock, and enter the next code.");
    const before = await heldFactors(tx, id);
    if (before.authenticator) throw precondition("You already have an authenticator app. Remove it first.");
    await tx.delete(authenticators).where(eq(authenticators.userId, id));
    await tx
      .insert(authenticators)
      .values({ userId: id, secret: encryptSecret(id, secret), confirmedAt: now, lastStep: step, createdAt: now });
    return added(ctx, tx, id, { first: !hasFactor(before), what: "An authenticator app was added to your account." });
  },
});

/** What the browser needs to make a passkey for this person. */
export async function beginPasskey(ctx: Ctx<Person>) {
  if (!passkeysPossible()) throw precondition("Passkeys need a host name, and this address is an IP address.");
  await requireStepUp(ctx, ctx.db);
  const { user } = await ownPassword(ctx);
  return offerPasskey(ctx, user);
}

export async function addPasskey(ctx: Ctx<Person>, input: AddPasskey): Promise<AddedFactor> {
  return savePasskey(ctx, { name: input.name, made: await verifyMade(ctx, ctx.actor.id, input) });
}

/** `made`: null when the browser's answer is invalid. */
export const savePasskey = command(factorOperations["factor.add"], {
  key: "factor.add_passkey",
  for: "person",
  input: internalInput<{ name: string; made: MadePasskey | null }>(),
  target: ({ ctx, tx }, { name }) => ownFactor(ctx, tx, `passkey ${name}`),
  change: async ({ ctx, tx, now }, { id }, { name, made }) => {
    if (!made) throw new AppError("invalid", "This passkey was not accepted. Start again.");
    const before = await heldFactors(tx, id);
    if (before.passkeys >= 20) throw precondition("You have 20 passkeys. Remove one first.");
    await tx
      .insert(passkeys)
      .values({ userId: id, ...made, name, createdAt: now })
      .catch((error) => {
        if (isUniqueViolation(error, "passkeys_credential"))
          throw new AppError("conflict", "This passkey is already in use.");
        throw error;
      });
    return added(ctx, tx, id, { first: !hasFactor(before), what: `The passkey "${name}" was added to your account.` });
  },
});

/** The person's own account as the owner of a factor, which the sentence calls by its name. */
export async function ownFactor(ctx: Ctx<Person>, tx: Tx, factor: string) {
  return { ...(await lockOwnAccount(ctx, tx, () => null)), facts: { factor } };
}

async function added(
  ctx: Ctx<Person>,
  tx: Tx,
  userId: string,
  { first, what }: { first: boolean; what: string },
): Promise<Change<AddedFactor>> {
  const codes = first ? await renewCodes(tx, userId) : null;
  await askOthers(tx, userId, ctx.actor.sessionId);
  if (first) await forgetProofs(tx, userId, ctx.actor.sessionId);
  await noticeCredentialChange(ctx, tx, userId, what);
  return { value: { codes }, after: null, facts: { recoveryCodes: codes?.length } };
}
