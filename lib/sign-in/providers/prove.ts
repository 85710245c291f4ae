import { type Fault, faultOf } from "@/lib/auth/providers/oidc/faults";
import type { Proof } from "@/lib/auth/providers/oidc/next-provider";
import { throttle } from "@/lib/auth/throttle";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { connectionOf } from "@/lib/identity-providers/find";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { OutgoingError } from "@/lib/platform/outgoing";
import { cookieHeader, type SetCookie } from "@/lib/sign-in/providers/cookies";
import { type Asked, type Begun, beginHandshake, finishHandshake } from "@/lib/sign-in/providers/handshake";
import { ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import { type Errand, refuse } from "@/lib/sign-in/providers/sign-in";

type Beginning = { next: string; asked?: Asked; errand?: Errand };

/** Throws `ProviderRefusal`, whose event is written, where the provider cannot be gone to. `next`: a path of ours. */
export async function beginAt(ctx: Ctx, provider: ProviderRow, { next, asked, errand }: Beginning): Promise<Begun> {
  const begun = await beginHandshake(connectionOf(ctx.db, provider), next, asked).catch(protocolFault);
  return "code" in begun ? refuse(ctx, provider, begun.code, begun.reason, errand) : begun;
}

/** What a browser brings back from a provider. */
export type Brought = { query: Record<string, string>; cookies: Record<string, string> };

/** Whom a provider has proved; else throws `ProviderRefusal`, whose event is written. */
export async function prove(ctx: Ctx, provider: ProviderRow, brought: Brought, errand?: Errand): Promise<Proof> {
  const { error } = brought.query;
  if (error === "access_denied") return refuse(ctx, provider, "cancelled", "it was cancelled at the provider", errand);
  if (error !== undefined) return refuse(ctx, provider, "declined", "the provider declined", errand);
  const proved = await finishHandshake(connectionOf(ctx.db, provider), brought).catch(protocolFault);
  return "code" in proved ? refuse(ctx, provider, proved.code, proved.reason, errand) : proved;
}

/** The document could not be read, or is another one. What the database does not answer is not ordered. */
function protocolFault(error: unknown): Fault {
  if (!(error instanceof OutgoingError)) throw error;
  return faultOf(error);
}

/** Counted like a wrong password until it has come to an end, so that nobody floods the log from one address. */
export async function throttled(ctx: Ctx): Promise<void> {
  await throttle(ctx, "session.start").catch((error: unknown) => {
    if (error instanceof AppError && error.code === "rate_limited") throw new ProviderRefusal("busy");
    throw error;
  });
}

export function leadTo(path: string, cookies: SetCookie[]): Response {
  const headers = new Headers({ location: path, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookieHeader(cookie));
  return new Response(null, { status: 303, headers });
}
