import { cookies } from "next/headers";
import { cookieName, cookieOptions, decryptSessionId, deviceCookieName, encryptSessionId } from "@/lib/auth/cookie";
import { anonymousCtx } from "@/lib/auth/current";
import { endReplacedSession } from "@/lib/sessions/commands";
import { noSignOutOffer } from "@/lib/sign-in/providers/sign-out";
import type { StartedSession } from "@/lib/sign-in/start-session";

/**
 * Gives the browser the cookies of a session that has just begun, in an action or a route. The session whose cookie it
 * sent along ends: nobody could sign out of it any more. A sign-out at a provider that was offered before is offered no more: it may
 * be somebody else's.
 */
export async function keepSession({ sessionId, device }: StartedSession): Promise<void> {
  const jar = await cookies();
  const earlier = await decryptSessionId(jar.get(cookieName())?.value);
  if (earlier) await endReplacedSession(await anonymousCtx(), { id: earlier });
  jar.set(cookieName(), await encryptSessionId(sessionId), cookieOptions());
  jar.set(deviceCookieName(), device, cookieOptions());
  const offer = noSignOutOffer();
  jar.set(offer.name, offer.value, offer.options);
}
