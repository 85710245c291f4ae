import { cookies } from "next/headers";
import { cookieName, cookieOptions, encryptSessionId } from "@/lib/auth/cookie";
import type { Renewed } from "@/lib/auth/renew-session";

/** Lets the browser's cookie name its session by the new id, where it has one. */
export async function keepRenewed({ renewed }: Renewed): Promise<void> {
  if (renewed) (await cookies()).set(cookieName(), await encryptSessionId(renewed), cookieOptions());
}
