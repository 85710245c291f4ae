import { compactVerify, decodeJwt, decodeProtectedHeader, errors, importJWK } from "jose";
import { z } from "zod";
import { clockOff, malformedAssertion, tooLong, unknownKey, wrongAudience } from "@/lib/client-tokens/problems";
import { uuid } from "@/lib/platform/uuid";

/** By what a key of each kind signs. Ed25519 has two names (RFC 8037, RFC 9864). */
export const assertionAlgorithms = { OKP: ["EdDSA", "Ed25519"], EC: ["ES256"] } as const;

/** Seconds: by how much clocks may differ, and for how long an assertion may be valid. */
const tolerance = 30;
const longest = 300;

const seconds = z.number().int().min(0).max(9_999_999_999);

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.tuple([z.string()]).transform(([only]) => only)]),
  exp: seconds,
  iat: seconds.optional(),
  nbf: seconds.optional(),
  jti: z.string().regex(/^[\x21-\x7e]{1,200}$/),
});

/** `endsAt`: from then on it would be refused for its age. */
export type Assertion = { clientId: string; jti: string; endsAt: Date };

/** Whom an assertion speaks of, before anything of it is believed; RFC 7523: issuer and subject are the client. */
export function claimedClient(assertion: string): string {
  try {
    decodeProtectedHeader(assertion);
    const { iss, sub } = decodeJwt(assertion);
    if (iss === sub && uuid().safeParse(sub).success) return String(sub).toLowerCase();
  } catch {
    throw malformedAssertion("is not a signed JWT");
  }
  throw malformedAssertion("must have the id of the client as its iss and its sub");
}

/**
 * Checks an assertion of a client (RFC 7523, draft-ietf-oauth-rfc7523bis): signature first, so that nothing about a client is revealed to
 * a caller without its key. Throws `unauthenticated`. Whether it was used before is decided by `spendAssertion`.
 */
export async function readAssertion(
  assertion: string,
  { key, issuer, now }: { key: Record<string, string>; issuer: string; now: Date },
): Promise<Assertion> {
  const { typ } = decodeProtectedHeader(assertion);
  const claims = claimsSchema.safeParse(await verified(assertion, key));
  if (typ !== undefined && !/^(application\/)?(jwt|client-authentication\+jwt)$/i.test(String(typ)))
    throw malformedAssertion("has another type: omit typ, or set client-authentication+jwt");
  if (!claims.success)
    throw malformedAssertion(
      `is not valid: check ${[...new Set(claims.error.issues.map(({ path }) => path[0]))].join(", ")}`,
    );
  const { sub, aud, exp, iat, nbf, jti } = claims.data;
  if (aud !== issuer) throw wrongAudience(issuer);
  const at = Math.floor(now.getTime() / 1000);
  const ahead = Math.max(iat ?? 0, nbf ?? 0) - at;
  if (ahead > tolerance) throw clockOff(ahead);
  if (exp <= at - tolerance) throw clockOff((iat ?? exp) - at);
  if (exp > at + longest + tolerance) throw tooLong(longest);
  return { clientId: sub.toLowerCase(), jti, endsAt: new Date((exp + tolerance + 1) * 1000) };
}

async function verified(assertion: string, key: Record<string, string>): Promise<unknown> {
  try {
    const algorithms = [...assertionAlgorithms[key.kty as keyof typeof assertionAlgorithms]];
    const { payload } = await compactVerify(assertion, await importJWK(key, algorithms[0]), { algorithms });
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof SyntaxError)
      throw unknownKey();
    throw error;
  }
}
