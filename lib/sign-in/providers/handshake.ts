import type { NextAuthOptions } from "next-auth";
import { cookieName, cookieOptions } from "@/lib/auth/cookie";
import { ownPath } from "@/lib/auth/next-path";
import { type Connection, clientOf, documentOf } from "@/lib/auth/providers/oidc/client";
import type { ProviderDocument } from "@/lib/auth/providers/oidc/discovery";
import { type Fault, faultOf } from "@/lib/auth/providers/oidc/faults";
import { nextProvider, type Proof } from "@/lib/auth/providers/oidc/next-provider";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { env } from "@/lib/platform/env";
import { askNextAuth } from "@/lib/sign-in/providers/ask-next-auth";
import { handshakeCookies, noPurpose, type SetCookie } from "@/lib/sign-in/providers/cookies";

/**
 * The handshake with a provider, as far as it is next-auth's: it makes and checks state, nonce and PKCE. Its options are made for
 * each request, since providers are rows. What it answers is read, never passed on: its errors are one word, and some of them are
 * texts of exceptions in an address.
 */
type Provider = ProviderRow & Connection;

/** Where a browser is sent to sign in, and what it keeps in the meantime. */
export type Begun = { url: string; cookies: SetCookie[] };

/** Parameters of the request beside the usual ones (OpenID Connect Core 1.0, 3.1.2.1). */
export type Asked = { max_age?: "0"; login_hint?: string };

/** Throws what `faultOf` orders. `next`: where to go afterwards. */
export async function beginHandshake(provider: Provider, next: string, asked: Asked = {}): Promise<Begun> {
  const document = await documentOf(provider);
  const options = optionsFor(provider, document, {}, asked);
  const { csrfToken, cookies: its } = await formToken(options);
  const { location, cookies } = await askNextAuth(options, {
    method: "POST",
    action: "signin",
    slug: provider.slug,
    cookies: its,
    body: { csrfToken, callbackUrl: ownPath(next) },
  });
  if (!location.startsWith(document.authorization_endpoint)) throw new Error("next-auth did not begin the sign-in");
  return { url: location, cookies: [...kept(cookies, provider.slug), noPurpose(provider.slug)] };
}

type FormToken = { csrfToken: string; cookies: Record<string, string> };

let known: { secret: string; token: FormToken } | undefined;

/** Of the form that next-auth requires. No browser ever sees it, so one serves every sign-in. */
async function formToken(options: NextAuthOptions): Promise<FormToken> {
  const secret = env().NEXTAUTH_SECRET;
  if (known?.secret === secret) return known.token;
  const { body, cookies } = await askNextAuth(options, { method: "GET", action: "csrf" });
  const { csrfToken } = body as { csrfToken: string };
  const { name } = handshakeCookies("").csrfToken;
  const token = { csrfToken, cookies: Object.fromEntries(cookies.filter((one) => one[0] === name)) };
  known = { secret, token };
  return token;
}

/** What next-auth sets for the time at the provider; not its form's token, which was used here. */
function kept(cookies: [name: string, value: string][], slug: string): SetCookie[] {
  const { csrfToken: _, ...names } = handshakeCookies(slug);
  return cookies.flatMap(([name, value]) => {
    const known = Object.values(names).find((one) => one.name === name);
    return known ? [{ ...known, value }] : [];
  });
}

/**
 * Checks what the browser brought back, and asks the provider for the proof; a fault where there is none. The checks of next-auth
 * fail before anything is asked: then the sign-in was begun elsewhere, or used already.
 */
export async function finishHandshake(
  provider: Provider,
  { query, cookies }: { query: Record<string, string>; cookies: Record<string, string> },
): Promise<Proof | Fault> {
  const told: Told = {};
  const options = optionsFor(provider, await documentOf(provider), told);
  // Made here already: within next-auth, a database that does not answer would be a fault of the provider.
  await clientOf(provider);
  await askNextAuth(options, { method: "GET", action: "callback", slug: provider.slug, query, cookies });
  if (told.fault !== undefined) return faultOf(told.fault);
  return told.proof ?? { code: "again", reason: "it was started elsewhere, or used already" };
}

type Told = { proof?: Proof; fault?: unknown };

function optionsFor(provider: Provider, document: ProviderDocument, told: Told, asked: Asked = {}): NextAuthOptions {
  return {
    // Its own logger prints what providers have sent.
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt" },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: { ...handshakeCookies(provider.slug), sessionToken: { name: cookieName(), options: cookieOptions() } },
    providers: [
      nextProvider(provider, document, {
        asked,
        onProof: (proof) => {
          told.proof = proof;
        },
        onFault: (fault) => {
          told.fault = fault;
        },
      }),
    ],
    callbacks: {
      // The session is ours; next-auth goes no further than the proof.
      signIn: () => "/",
      redirect: ({ url, baseUrl }) => new URL(ownPath(url), baseUrl).href,
    },
  };
}
