import { cookies } from "next/headers";
import { cookieName, cookieOptions, deviceCookieName, sealSession } from "@/lib/auth/cookie";
import type { StartedSession } from "@/lib/auth/start-session";

/** Gives the browser the cookies of a session that has just begun, in an action or a route. */
export async function keepSession({ sessionId, device }: StartedSession): Promise<void> {
  const jar = await cookies();
  jar.set(cookieName(), await sealSession(sessionId), cookieOptions());
  jar.set(deviceCookieName(), device, cookieOptions());
}
