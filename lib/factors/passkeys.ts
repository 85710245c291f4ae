import { isIP } from "node:net";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import { passkeys } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { keepChallenge, takeChallenge } from "@/lib/factors/challenges";
import type { Assertion } from "@/lib/factors/schema";
import { fullName } from "@/lib/normalization/names";
import { publicUrl } from "@/lib/platform/env";

/** Passkeys after WebAuthn Level 2, bound to the configured address; the device always verifies its user. */
export type PasskeyRow = typeof passkeys.$inferSelect;

/** An IP address has no passkeys: the standard requires a name. */
export const passkeysPossible = () => !isIP(publicUrl().hostname.replace(/^\[|\]$/g, ""));

type Holder = { id: string; username: string; firstName: string; lastName: string };

/** What the browser needs to make a passkey, and the id under which its answer is awaited. */
export async function offerPasskey(ctx: Ctx, person: Holder) {
  const known = await ctx.db.select().from(passkeys).where(eq(passkeys.userId, person.id));
  const options = await generateRegistrationOptions({
    rpName: "Gatehouse",
    rpID: publicUrl().hostname,
    userID: new TextEncoder().encode(person.id),
    userName: person.username,
    userDisplayName: fullName(person),
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });
  return { challengeId: await keepChallenge(ctx, "register", person.id, options.challenge), options };
}

export type MadePasskey = Pick<PasskeyRow, "credentialId" | "publicKey" | "counter" | "transports">;

/** What a browser answered to `offerPasskey`, once; null when it is invalid. */
export async function verifyMade(
  ctx: Ctx,
  userId: string,
  { challengeId, response }: { challengeId: string; response: RegistrationResponseJSON },
): Promise<MadePasskey | null> {
  const challenge = await takeChallenge(ctx, "register", userId, challengeId);
  if (!challenge) return null;
  const made = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: publicUrl().origin,
    expectedRPID: publicUrl().hostname,
    requireUserVerification: true,
  }).catch(() => null);
  if (!made?.verified) return null;
  const { id, publicKey, counter, transports = [] } = made.registrationInfo.credential;
  return { credentialId: id, publicKey: Buffer.from(publicKey).toString("base64url"), counter, transports };
}

/** What the browser needs to prove itself: to somebody known, with their passkeys; else with whichever it finds. */
export async function askPasskey(ctx: Ctx, userId: string | null) {
  const known = userId ? await ctx.db.select().from(passkeys).where(eq(passkeys.userId, userId)) : [];
  const options = await generateAuthenticationOptions({
    rpID: publicUrl().hostname,
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    userVerification: "required",
  });
  const challengeId = await keepChallenge(ctx, userId ? "verify" : "sign_in", userId, options.challenge);
  return { challengeId, options };
}

export type GivenPasskey = { passkey: PasskeyRow; counter: number };

/** The passkey that signed, with its new counter; null when it is unknown, foreign or the signature is invalid. */
export async function verifyGiven(
  ctx: Ctx,
  userId: string | null,
  { challengeId, response }: Assertion,
): Promise<{ passkey: PasskeyRow | null; counter: number | null }> {
  const challenge = await takeChallenge(ctx, userId ? "verify" : "sign_in", userId, challengeId);
  const [passkey] = await ctx.db.select().from(passkeys).where(eq(passkeys.credentialId, response.id));
  if (!passkey || (userId && passkey.userId !== userId)) return { passkey: null, counter: null };
  if (!challenge) return { passkey, counter: null };
  const given = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: publicUrl().origin,
    expectedRPID: publicUrl().hostname,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
      counter: passkey.counter,
      transports: passkey.transports,
    },
  }).catch(() => null);
  return { passkey, counter: given?.verified ? given.authenticationInfo.newCounter : null };
}
