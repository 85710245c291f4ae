import { randomUUID } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";

export const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export type TestKey = { privateKey: CryptoKey; publicKey: Record<string, string>; alg: string };

/** A key as a client makes it. */
export async function newKey(alg: "Ed25519" | "ES256" = "Ed25519"): Promise<TestKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const { alg: _, ...bare } = await exportJWK(publicKey);
  return { privateKey, publicKey: bare as Record<string, string>, alg };
}

type Changes = { header?: Partial<JWTHeaderParameters>; claims?: JWTPayload; now?: Date };

/** A client assertion as RFC 7523 has it; what is given instead takes its place. */
export function signAssertion(key: TestKey, clientId: string, { header, claims, now = new Date() }: Changes = {}) {
  const at = Math.floor(now.getTime() / 1000);
  const said = { iss: clientId, sub: clientId, aud: "http://localhost:3000", iat: at, exp: at + 60, jti: randomUUID() };
  return new SignJWT({ ...said, ...claims }).setProtectedHeader({ alg: key.alg, ...header }).sign(key.privateKey);
}

/** The form by which a client asks for a token. */
export const tokenForm = (assertion: string) => ({
  grant_type: "client_credentials",
  client_assertion_type: assertionType,
  client_assertion: assertion,
});
