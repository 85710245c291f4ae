import { createHash, createPublicKey } from "node:crypto";
import type { PublicKey } from "@/lib/clients/schema";
import { invalidField } from "@/lib/errors";

export type BareKey = Record<string, string>;

/** The members that make the key, in the order of RFC 7638. Throws `invalid` for a point that is not on its curve. */
export function bareKey(key: PublicKey): BareKey {
  const bare: BareKey =
    key.crv === "P-256" ? { crv: key.crv, kty: key.kty, x: key.x, y: key.y } : { crv: key.crv, kty: key.kty, x: key.x };
  if (!isReadable(bare)) throw invalidField("publicKey", "This is not a valid public key.");
  return bare;
}

function isReadable(key: BareKey): boolean {
  try {
    return createPublicKey({ key, format: "jwk" }).type === "public";
  } catch {
    return false;
  }
}

/** RFC 7638, SHA-256, base64url. */
export const thumbprintOf = (bare: BareKey) => createHash("sha256").update(JSON.stringify(bare)).digest("base64url");
