import { judge } from "@/lib/access/judge";
import { loadAccess } from "@/lib/access/load";
import { cookieName, cookieOptions, deviceCookieName, openSession, sealSession } from "@/lib/auth/cookie";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { personActor } from "@/lib/auth/person";
import {
  cookieHeader,
  cookiesIn,
  forgetHandshake,
  nextCookie,
  readTestPurpose,
  type SetCookie,
  type TestPurpose,
  testPurpose,
} from "@/lib/auth/providers/cookies";
import { connectionOf, providerById, providerBySlug } from "@/lib/auth/providers/find";
import { type Begun, beginHandshake, finishHandshake } from "@/lib/auth/providers/handshake";
import { type Fault, faultOf } from "@/lib/auth/providers/oidc/faults";
import type { Proof } from "@/lib/auth/providers/oidc/next-provider";
import { ProviderRefusal, type RefusalCode, refusalPath } from "@/lib/auth/providers/refusals";
import { refuse, signInThrough } from "@/lib/auth/providers/sign-in";
import { findSession } from "@/lib/auth/session";
import { sourceOf } from "@/lib/auth/source";
import { stagePath } from "@/lib/auth/stages";
import type { StartedSession } from "@/lib/auth/start-session";
import { pardon, throttle } from "@/lib/auth/throttle";
import { OutgoingError } from "@/lib/connections/outgoing";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { requireFresh } from "@/lib/fresh";
import { recordTest } from "@/lib/identity-providers/commands/state";
import { isOfferedNow } from "@/lib/identity-providers/queries";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { nobody } from "@/lib/kernel/principal";
import { endReplacedSession } from "@/lib/sessions/commands";
import { require } from "@/lib/verdict";

/** Begins a sign-in at a provider. Throws `ProviderRefusal`, whose event is written, where it cannot be begun. */
export async function beginSignIn(ctx: Ctx, { slug, next }: { slug: string; next: string }): Promise<Begun> {
  await throttled(ctx);
  const provider = await providerBySlug(ctx.db, slug);
  if (!provider || !(await isOfferedNow(ctx.db, provider.id))) throw new ProviderRefusal("off");
  const begun = await beginHandshake(await connectionOf(ctx.db, provider), ownPath(next)).catch(protocolFault);
  if ("code" in begun) return refuse(ctx, provider, begun.code, begun.reason);
  await pardon(ctx, "session.start");
  return begun;
}

/**
 * Begins a test: a sign-in by somebody who may set up providers, at one in whatever state. It makes no session; its claims are
 * kept with the provider, and the browser goes on to `next` with `?test=` and what became of it.
 */
export async function beginTest(ctx: Ctx<Person>, { id, next }: { id: string; next: string }): Promise<Begun> {
  require(await judge(ctx, ctx.db, "identity_provider.test", { person: null }));
  await requireFresh(ctx, ctx.db);
  const provider = await providerById(ctx.db, id);
  const { sessionId } = ctx.actor;
  if (!provider || sessionId === null) throw notFound("The identity provider");
  const { slug, connectionId } = provider;
  const begun = await beginHandshake(await connectionOf(ctx.db, provider), ownPath(next)).catch(protocolFault);
  if ("code" in begun) return refuse(ctx, provider, begun.code, begun.reason);
  const test = testPurpose(slug, { providerId: id, connectionId, sessionId, next: ownPath(next) }, ctx.now());
  return { ...begun, cookies: [...begun.cookies.filter(({ name }) => name !== test.name), test] };
}

/**
 * The callback of a provider: checks it, and answers with a session, the result of a test, or the way back to /sign-in with the
 * word of a refusal. Only what is not the provider's fault, such as a database that does not answer, is thrown.
 */
export async function finishSignIn(request: Request, slug: string): Promise<Response> {
  const ctx = createContext(db(), nobody, { source: sourceOf(request.headers) });
  const cookies = cookiesIn(request.headers.get("cookie"));
  const test = readTestPurpose(slug, cookies, ctx.now());
  const next = ownPath(cookies[nextCookie(slug)]);
  try {
    const provider = await providerBySlug(ctx.db, slug);
    if (!provider) throw new ProviderRefusal("off");
    const query = Object.fromEntries(new URL(request.url).searchParams);
    await throttled(ctx);
    if (test) return await finishTest(ctx, provider, test, { query, cookies });
    if (!(await isOfferedNow(ctx.db, provider.id)))
      return await refuse(ctx, provider, "off", "nobody signs in through the identity provider at the moment");
    const proof = await prove(ctx, provider, { query, cookies });
    const started = await signInThrough(ctx, provider, { proof, device: cookies[deviceCookieName()] ?? null });
    await pardon(ctx, "session.start");
    const earlier = await openSession(cookies[cookieName()]);
    if (earlier) await endReplacedSession(ctx, { id: earlier });
    return redirect(stagePath(started.stage, next), [...forgetHandshake(slug), ...(await sessionCookies(started))]);
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    const back = test ? withTest(test.next, error.code) : withNext(refusalPath(error.code, slug), next);
    return redirect(back, forgetHandshake(slug));
  }
}

type Brought = { query: Record<string, string>; cookies: Record<string, string> };

async function prove(ctx: Ctx, provider: ProviderRow, brought: Brought): Promise<Proof> {
  const { error } = brought.query;
  if (error === "access_denied") return refuse(ctx, provider, "cancelled", "it was cancelled at the provider");
  if (error !== undefined) return refuse(ctx, provider, "declined", "the provider declined");
  const proved = await finishHandshake(await connectionOf(ctx.db, provider), brought).catch(protocolFault);
  return "code" in proved ? refuse(ctx, provider, proved.code, proved.reason) : proved;
}

/** The document could not be read, or is another one. What the database does not answer is not ordered. */
function protocolFault(error: unknown): Fault {
  if (!(error instanceof OutgoingError)) throw error;
  return faultOf(error);
}

/** Within the session that began it, and by nobody else: their cookie came along. */
async function finishTest(ctx: Ctx, provider: ProviderRow, test: TestPurpose, brought: Brought): Promise<Response> {
  const session = await openSession(brought.cookies[cookieName()]);
  const open = session === test.sessionId ? await findSession(db(), test.sessionId, ctx.now()) : null;
  if (open?.stage !== "open" || test.providerId !== provider.id)
    return refuse(ctx, provider, "again", "the session that began the test is over");
  const { claims } = await prove(ctx, provider, brought);
  await pardon(ctx, "session.start");
  const access = await loadAccess(db(), open.user.id, ctx.now());
  const actor = personActor({ id: open.user.id, sessionId: open.id, access });
  const theirs = createContext(db(), actor, { source: ctx.source, now: ctx.now });
  try {
    await recordTest(theirs, { id: provider.id, connectionId: test.connectionId, claims });
  } catch (error) {
    if (error instanceof AppError) throw new ProviderRefusal("again");
    throw error;
  }
  return redirect(withTest(test.next, "passed"), forgetHandshake(provider.slug));
}

const withTest = (next: string, result: "passed" | RefusalCode) =>
  `${next}${next.includes("?") ? "&" : "?"}test=${result}`;

/** Counted like a wrong password until it has come to an end, so that nobody floods the log from one address. */
async function throttled(ctx: Ctx): Promise<void> {
  await throttle(ctx, "session.start").catch((error: unknown) => {
    if (error instanceof AppError && error.code === "rate_limited") throw new ProviderRefusal("busy");
    throw error;
  });
}

async function sessionCookies({ sessionId, device }: StartedSession): Promise<SetCookie[]> {
  const options = cookieOptions();
  return [
    { name: cookieName(), value: await sealSession(sessionId), options },
    { name: deviceCookieName(), value: device, options },
  ];
}

function redirect(path: string, cookies: SetCookie[]): Response {
  const headers = new Headers({ location: path, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookieHeader(cookie));
  return new Response(null, { status: 303, headers });
}
