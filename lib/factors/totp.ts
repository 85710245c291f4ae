import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";
import { decrypt, encrypt } from "@/lib/platform/encryption";

/** Authenticator apps after RFC 6238: SHA-1, 6 digits, 30 seconds, one step earlier or later; secrets of 160 bits. */
const period = 30;
const offerMinutes = 30;

/** What somebody needs to add Gatehouse to their app. `sealed` contains the encrypted secret until the first code proves it. */
export type AuthenticatorOffer = {
  /** In groups of four, to be typed. */
  key: string;
  uri: string;
  qr: { size: number; path: string };
  sealed: string;
};

type Whose = { id: string; username: string };

export function offerAuthenticator(person: Whose, host: string, now: Date): AuthenticatorOffer {
  const secret = new Secret({ size: 20 }).base32;
  const uri = totpOf(secret, { issuer: `Gatehouse (${host})`, label: person.username }).toString();
  const expires = now.getTime() + offerMinutes * 60_000;
  return {
    key: secret.match(/.{1,4}/g)?.join(" ") ?? secret,
    uri,
    qr: qrOf(uri),
    sealed: encrypt(offerPurpose(person.id), JSON.stringify({ secret, expires })),
  };
}

/** The secret that was offered to this person, or null when the offer is foreign, changed or too old. */
export function acceptOffer(userId: string, sealed: string, now: Date): string | null {
  try {
    const { secret, expires } = JSON.parse(decrypt(offerPurpose(userId), sealed)) as {
      secret: string;
      expires: number;
    };
    return expires > now.getTime() ? secret : null;
  } catch {
    return null;
  }
}

/** The time step that a code belongs to, or null when it is wrong. A step may be used once (RFC 6238, 5.2). */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const delta = totpOf(secret).validate({ token: code, window: 1, timestamp: now.getTime() });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

export const encryptSecret = (userId: string, secret: string) => encrypt(`authenticator ${userId}`, secret);
export const decryptSecret = (userId: string, sealed: string) => decrypt(`authenticator ${userId}`, sealed);

const offerPurpose = (userId: string) => `authenticator offer ${userId}`;

const totpOf = (secret: string, names: { issuer?: string; label?: string } = {}) =>
  new TOTP({ ...names, secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period });

/** One SVG path of unit squares, so that nothing but numbers goes into the page. */
function qrOf(text: string): AuthenticatorOffer["qr"] {
  const { size, data } = encode(text, { ecc: "M", border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join("") };
}
