import { decrypt, encrypt } from "@/lib/platform/encryption";
import { isHttps } from "@/lib/platform/env";

/** Seconds for which somebody may be at a provider. */
const lifetime = 15 * 60;

export type SetCookie = { name: string; value: string; options: typeof own & { maxAge: number; secure: boolean } };

const own = { httpOnly: true, sameSite: "lax" as const, path: "/" };
const optionsFor = (maxAge: number) => ({ ...own, secure: isHttps(), maxAge });
export const forgotten = (name: string): SetCookie => ({ name, value: "", options: optionsFor(0) });
export const named = (name: string) => `${isHttps() ? "__Host-" : ""}gatehouse_${name}`;

/** Cookies of one sign-in, for each provider its own: a sign-in at another one in another tab leaves them alone. */
export const handshakeCookies = (slug: string) => {
  const options = optionsFor(lifetime);
  return {
    state: { name: named(`state_${slug}`), options },
    pkceCodeVerifier: { name: named(`verifier_${slug}`), options },
    nonce: { name: named(`nonce_${slug}`), options },
    callbackUrl: { name: nextCookie(slug), options }, // Its value is read by ownPath.
    csrfToken: { name: named("handshake"), options },
  };
};

export const nextCookie = (slug: string) => named(`next_${slug}`);
const purposeCookie = (slug: string) => named(`purpose_${slug}`);

/** Which of them the browser forgets once they have been used, whatever came of it. */
const used = (slug: string) => [
  ...["state", "verifier", "nonce", "next", "purpose"].map((name) => named(`${name}_${slug}`)),
];

export const forgetHandshake = (slug: string): SetCookie[] => used(slug).map(forgotten);

/** What somebody who is signed in may be at a provider for: to test it, to link it, to confirm who they are. */
export type PurposeKind = "test" | "link" | "confirm";

/** By whose session, with which settings, since when (milliseconds), and where it leads back to. */
export type Purpose = {
  kind: PurposeKind;
  providerId: string;
  connectionId: string;
  sessionId: string;
  begunAt: number;
  next: string;
};

const encryptionPurpose = (slug: string) => `purpose at ${slug}`;

export const keptPurpose = (slug: string, purpose: Purpose, now: Date): SetCookie =>
  encryptedCookie(purposeCookie(slug), encryptionPurpose(slug), purpose, now);

/** A sign-in that begins has no other purpose, whatever was begun before it. */
export const noPurpose = (slug: string): SetCookie => forgotten(purposeCookie(slug));

/** "void" where there is one that is too old or not ours: that is no sign-in either. */
export function readPurpose(slug: string, cookies: Record<string, string>, now: Date): Purpose | "void" | null {
  const encrypted = cookies[purposeCookie(slug)];
  return encrypted ? (decryptCookie<Purpose>(encrypted, encryptionPurpose(slug), now) ?? "void") : null;
}

/** What only this server can have written, and opens for a quarter of an hour. */
export const encryptedCookie = (name: string, bound: string, value: object, now: Date): SetCookie => ({
  name,
  value: encrypt(bound, JSON.stringify({ ...value, until: now.getTime() + lifetime * 1000 })),
  options: optionsFor(lifetime),
});

/** Null where it is missing, too old, or not ours. */
export function decryptCookie<T extends object>(encrypted: string | undefined, bound: string, now: Date): T | null {
  if (!encrypted) return null;
  try {
    const { until, ...value } = JSON.parse(decrypt(bound, encrypted)) as T & { until: number };
    return until > now.getTime() ? (value as unknown as T) : null;
  } catch {
    return null;
  }
}

/** As a header (RFC 6265, 4.1). */
export const cookieHeader = ({ name, value, options }: SetCookie): string =>
  [
    `${name}=${value}`,
    `Path=${options.path}`,
    `Max-Age=${options.maxAge}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(options.secure ? ["Secure"] : []),
  ].join("; ");

/** The cookies of a request, each value decoded where it can be. */
export function cookiesIn(header: string | null): Record<string, string> {
  const pairs = (header ?? "").split("; ").map((pair) => [pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1)]);
  return Object.fromEntries(pairs.map(([name, value = ""]) => [name, decoded(value)]));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
