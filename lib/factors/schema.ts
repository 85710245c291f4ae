import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { foldCode } from "@/lib/normalization/code";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";

/** What people send about second factors. What a passkey answers is checked by the library, against the challenge. */
const bytes = z
  .string()
  .regex(/^[\w-]*$/)
  .max(20_000);
const answer = { id: bytes, rawId: bytes, type: z.literal("public-key") };
const asserted = z.looseObject({
  ...answer,
  response: z.looseObject({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
});
const attested = z.looseObject({
  ...answer,
  response: z.looseObject({ clientDataJSON: bytes, attestationObject: bytes }),
});
const shaped = <T>(shape: z.ZodType) => z.custom<T>((value) => shape.safeParse(value).success);

export const assertionSchema = z.strictObject({
  challengeId: uuid(),
  response: shaped<AuthenticationResponseJSON>(asserted),
});
export type Assertion = z.output<typeof assertionSchema>;

const next = z.string().max(2_000);
export const secondFactorSchema = assertionSchema.extend({ next });
export const passkeySignInSchema = assertionSchema.extend({ next });

const appCode = z
  .string()
  .max(100)
  .transform(foldCode)
  .pipe(z.string().regex(/^\d{6}$/, "A code has six digits."));

export const addAuthenticatorSchema = z.strictObject({ sealed: z.string().max(2_000), code: appCode });

export const passkeyName = plainText(1, 60, "Name");

export const passkeyNameSchema = z.strictObject({ name: passkeyName });
export const addPasskeySchema = z.strictObject({
  name: passkeyName,
  challengeId: uuid(),
  response: shaped<RegistrationResponseJSON>(attested),
});

export const removeFactorSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("authenticator") }),
  z.strictObject({ kind: z.literal("passkey"), id: uuid() }),
]);

export const resetFactorsSchema = z.strictObject({ id: uuid() });

/** How somebody proves who they are: in the second step of a sign-in, or again later (S8). */
export const proofSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("password"), password: z.string().min(1, "Enter your password.").max(1_024) }),
  z.strictObject({ by: z.literal("code"), code: z.string().trim().min(1, "Enter a code.").max(100) }),
  z.strictObject({ by: z.literal("passkey"), ...assertionSchema.shape }),
]);

export type AddPasskey = z.output<typeof addPasskeySchema>;
export type RemoveFactor = z.output<typeof removeFactorSchema>;
export type Proof = z.output<typeof proofSchema>;

/** A provider by its short name. */
export const confirmSchema = z.strictObject({ slug: z.string().max(40) });
