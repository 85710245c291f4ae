import { cookies } from "next/headers";
import { precondition } from "@/lib/errors";
import type { Begun } from "@/lib/sign-in/providers/handshake";
import { ProviderRefusal, refusalSentence } from "@/lib/sign-in/providers/refusals";

/**
 * For actions: gives the address at a provider where this browser continues, with the cookies of its way back. The content security
 * policy lets no form lead there.
 */
export async function goingTo(begin: () => Promise<Begun>): Promise<{ url: string }> {
  try {
    const begun = await begin();
    const jar = await cookies();
    for (const { name, value, options } of begun.cookies) jar.set(name, value, options);
    return { url: begun.url };
  } catch (error) {
    if (error instanceof ProviderRefusal) throw precondition(refusalSentence(error.code, null));
    throw error;
  }
}
