import { cookieName, cookieOptions, decryptSessionId, deviceCookieName, encryptSessionId } from "@/lib/auth/cookie";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { sourceOf } from "@/lib/auth/source";
import { stagePath } from "@/lib/auth/stages";
import { refundAttempt } from "@/lib/auth/throttle";
import { nobody } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { isSlug, providerBySlug } from "@/lib/identity-providers/find";
import { db } from "@/lib/platform/db";
import { endReplacedSession } from "@/lib/sessions/commands";
import { cookiesIn, forgetHandshake, nextCookie, readPurpose, type SetCookie } from "@/lib/sign-in/providers/cookies";
import type { Begun } from "@/lib/sign-in/providers/handshake";
import { outcomePath } from "@/lib/sign-in/providers/outcomes";
import { beginAt, leadTo, prove, throttled } from "@/lib/sign-in/providers/prove";
import { finishPurpose } from "@/lib/sign-in/providers/purposes";
import { ProviderRefusal, refusalPath } from "@/lib/sign-in/providers/refusals";
import { refuse, signInThrough } from "@/lib/sign-in/providers/sign-in";
import { noSignOutOffer } from "@/lib/sign-in/providers/sign-out";
import type { StartedSession } from "@/lib/sign-in/start-session";

/** Begins a sign-in at a provider. Throws `ProviderRefusal`, whose event is written, where it cannot be begun. */
export async function beginSignIn(ctx: Ctx, { slug, next }: { slug: string; next: string }): Promise<Begun> {
  const [provider] = await Promise.all([providerBySlug(ctx.db, slug), throttled(ctx)]);
  if (!provider?.offered) throw new ProviderRefusal("off");
  const begun = await beginAt(ctx, provider, { next: ownPath(next) });
  await refundAttempt(ctx, "session.start");
  return begun;
}

/**
 * The callback of a provider: checks it, and answers with a session, with what became of another purpose, or with the way back to
 * /sign-in and the word of a refusal. Only what is not the provider's fault, such as a database that does not answer, is thrown.
 */
export async function finishSignIn(request: Request, slug: string): Promise<Response> {
  const ctx = createContext(db(), nobody, { source: sourceOf(request.headers) });
  const cookies = cookiesIn(request.headers.get("cookie"));
  const found = readPurpose(slug, cookies, ctx.now());
  const purpose = found === "void" ? null : found;
  const next = ownPath(cookies[nextCookie(slug)]);
  try {
    const [provider] = await Promise.all([providerBySlug(ctx.db, slug), throttled(ctx)]);
    if (!provider) throw new ProviderRefusal("off");
    const query = Object.fromEntries(new URL(request.url).searchParams);
    if (purpose) {
      await finishPurpose(ctx, provider, purpose, { query, cookies });
      return leadTo(outcomePath(purpose, slug, "passed"), forgetHandshake(slug));
    }
    if (found === "void") return await refuse(ctx, provider, "again", "it took too long");
    if (!provider.offered)
      return await refuse(ctx, provider, "off", "nobody signs in through the identity provider at the moment");
    const proof = await prove(ctx, provider, { query, cookies });
    const started = await signInThrough(ctx, provider, { proof, device: cookies[deviceCookieName()] ?? null });
    const [ours] = await Promise.all([sessionCookies(started), refundAttempt(ctx, "session.start")]);
    const earlier = await decryptSessionId(cookies[cookieName()]);
    if (earlier) await endReplacedSession(ctx, { id: earlier });
    return leadTo(stagePath(started.stage, next), [...forgetHandshake(slug), ...ours]);
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    const back = purpose ? outcomePath(purpose, slug, error.code) : withNext(refusalPath(error.code, slug), next);
    return leadTo(back, isSlug(slug) ? forgetHandshake(slug) : []);
  }
}

async function sessionCookies({ sessionId, device }: StartedSession): Promise<SetCookie[]> {
  const options = cookieOptions();
  return [
    { name: cookieName(), value: await encryptSessionId(sessionId), options },
    { name: deviceCookieName(), value: device, options },
    noSignOutOffer(),
  ];
}
