import { decode, encode } from "next-auth/jwt";
import { absoluteLimit } from "@/lib/auth/sign-in";
import { env, isHttps } from "@/lib/env";

/**
 * The one cookie: next-auth's encrypted token, which carries nothing but the id of our session row.
 * `__Host-` and `Secure` as soon as the configured address is https.
 */
export const cookieName = () => (isHttps() ? "__Host-gatehouse" : "gatehouse");

export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: isHttps(),
  maxAge: absoluteLimit / 1000,
});

export const sealSession = (sessionId: string) =>
  encode({ token: { sid: sessionId }, secret: env().NEXTAUTH_SECRET, maxAge: absoluteLimit / 1000 });

/** The session id that a cookie carries, or null when it is missing, foreign or expired. */
export async function openSession(value: string | undefined): Promise<string | null> {
  if (!value) return null;
  const token = await decode({ token: value, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  return typeof token?.sid === "string" ? token.sid : null;
}
