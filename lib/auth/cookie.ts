import { decode, encode } from "next-auth/jwt";
import { env, isHttps } from "@/lib/platform/env";

/**
 * The one cookie that opens something: next-auth's encrypted token, which carries nothing but the id of our session row.
 * `__Host-` and `Secure` as soon as the configured address is https.
 */
export const cookieName = (https = isHttps()) => (https ? "__Host-gatehouse" : "gatehouse");

/** The cookie of a known device (S4). It opens nothing and outlives sessions. */
export const deviceCookieName = () => (isHttps() ? "__Host-gatehouse_device" : "gatehouse_device");

/** Seconds. The row ends the session long before, by settings that may change in the meantime. */
const cookieLifetime = 365 * 24 * 60 * 60;

export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: isHttps(),
  maxAge: cookieLifetime,
});

export const encryptSessionId = (sessionId: string) =>
  encode({ token: { sid: sessionId }, secret: env().NEXTAUTH_SECRET, maxAge: cookieLifetime });

/** Recently decrypted cookies: deriving the key and decrypting take longer than all else before a page, and each page asks twice. */
const decrypted = new Map<string, { sid: string; ends: number }>();
const mostDecrypted = 10_000;

/** The session id that a cookie carries, or null when it is missing, foreign or expired. Whether the session lasts is its row's to say. */
export async function decryptSessionId(value: string | undefined): Promise<string | null> {
  if (!value) return null;
  const found = decrypted.get(value);
  if (found && found.ends > Date.now()) return found.sid;
  const token = await decode({ token: value, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  if (typeof token?.sid !== "string") return null;
  if (decrypted.size >= mostDecrypted) decrypted.clear();
  decrypted.set(value, { sid: token.sid, ends: Number(token.exp ?? 0) * 1_000 });
  return token.sid;
}
