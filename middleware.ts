import { type NextRequest, NextResponse } from "next/server";
import { gate, unlessAction } from "@/lib/auth/gate";
import { ownAddress } from "@/lib/auth/next-path";
import { isQueueFull } from "@/lib/auth/password-queue";
import { contentSecurityPolicy, securityHeaders } from "@/lib/auth/security-headers";
import { sourceOf } from "@/lib/auth/source";
import { tarpit } from "@/lib/auth/tarpit";
import { type Throttled, throttledFor, throttleSentence } from "@/lib/auth/throttle";
import { AppError, forbidden } from "@/lib/errors";
import { markAdmitted } from "@/lib/http/action-progress";
import { BodyError } from "@/lib/http/json-body";
import { isSameOrigin } from "@/lib/http/origin";
import { actionFault, answerForwardedAction, isForwardedAction, mayBeAction } from "@/lib/http/posted-action";
import { answerRefusal, type Refusal } from "@/lib/http/refusal";
import { db } from "@/lib/platform/db";
import { carriesSecret } from "@/lib/platform/secret-paths";

/**
 * The outer wall: a list of short refusals, and what every request carries further in. Never the only wall: every page,
 * action and route decides again at the data.
 */
export const config = { runtime: "nodejs", matcher: ["/((?!_next/static/).*)"] };

const largestBody = 1_048_576;
/** Of the one upload that there is, a picture; its route counts the bytes again. */
const largestUpload = 5 * 1_048_576;

export async function middleware(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  const requestId = crypto.randomUUID();
  const refuse = (refusal: Refusal) => answerRefusal(pathname, refusal, requestId);
  if (isMalformed(pathname)) return refuse(invalid("malformed-address", "This address is malformed."));
  if (isForwardedAction(request)) return answerForwardedAction(request, largestBody);
  const limit = isUpload(request) ? largestUpload : largestBody;
  if (Number(request.headers.get("content-length") ?? 0) > limit)
    return refuse(new BodyError(413, "body-too-large", `This request is larger than ${limit / 1_048_576} MB.`));
  // What programs send is counted as it arrives.
  if (isUnmeasured(request) && !isMachine(pathname))
    return refuse(new BodyError(411, "length-required", "This request does not state its length."));
  const isAction = mayBeAction(request) && !isUpload(request);
  if (isWrite(request) && (isAction || !isMachine(pathname)) && !isSameOrigin(request.headers))
    return refuse(forbidden("This request came from another site."));
  const fault = isAction ? actionFault(request) : null;
  if (fault) return refuse(fault);
  if (!request.nextUrl.searchParams.getAll("callbackUrl").every(ownAddress))
    return refuse(invalid("foreign-address", "This address leads elsewhere."));
  if (isSignIn(request) && isQueueFull())
    return refuse(tooMany("Too many people are signing in right now. Try again in a few seconds.", 3));
  const wait = await unlessAction(request, waitOf(request), () => null);
  if (wait !== null) {
    await tarpit();
    return refuse(tooMany(throttleSentence, wait));
  }

  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const headers = new Headers(request.headers);
  headers.set("x-request-id", requestId);
  headers.set("x-nonce", nonce);
  headers.set("x-gatehouse-path", pathname + request.nextUrl.search);
  headers.set("content-security-policy", contentSecurityPolicy(nonce));
  if (isWrite(request)) agreeOnHost(headers);
  if (isMachine(pathname)) headers.delete("cookie");

  const response = isMachine(pathname) ? NextResponse.next({ request: { headers } }) : await gate(request, headers);
  for (const [name, value] of Object.entries(securityHeaders(nonce))) response.headers.set(name, value);
  if (/^\/(pictures|\.well-known)\//.test(pathname)) response.headers.delete("cache-control");
  // Not no-referrer: browsers then post forms with Origin: null, and without JavaScript the form would be refused.
  if (carriesSecret(pathname)) response.headers.set("referrer-policy", "strict-origin");
  response.headers.set("x-request-id", requestId);
  markAdmitted();
  return response;
}

function isMalformed(pathname: string): boolean {
  try {
    return decodeURIComponent(pathname).includes("\0");
  } catch {
    return true;
  }
}

const isWrite = (request: NextRequest) => !["GET", "HEAD", "OPTIONS"].includes(request.method);

/** Interfaces for programs are handed no cookie, so no page can be made to speak for somebody there. */
const isMachine = (pathname: string) =>
  /^\/(api\/v1|api\/health|api\/auth\/backchannel-logout|scim|oauth|\.well-known)(\/|$)/.test(pathname);

/** In pieces: lib/connections/pieces.ts counts those of interfaces for programs, as their routes do again. */
const isUnmeasured = (request: NextRequest) =>
  request.headers.has("transfer-encoding") && !request.headers.has("content-length");

const isUpload = (request: NextRequest) => request.method === "POST" && request.nextUrl.pathname === "/account/picture";

const isSignIn = (request: NextRequest) =>
  isWrite(request) && /^\/(sign-in|api\/auth\/callback\/credentials)$/.test(request.nextUrl.pathname);

/** Where something is tried from outside: beyond its number for one address it is refused before any work is done (S4). */
const tried: [RegExp, Throttled][] = [
  [/^\/(sign-in|api\/auth\/callback\/credentials)$/, "session.start"],
  [/^\/api\/auth\/backchannel-logout\/[^/]+$/, "session.end_by_provider"],
  [/^\/second-factor$/, "session.verify"],
  [/^\/forgot-password$/, "password.request"],
];

async function waitOf(request: NextRequest): Promise<number | null> {
  const kind = isWrite(request) && tried.find(([path]) => path.test(request.nextUrl.pathname))?.[1];
  return kind ? throttledFor(db(), kind, sourceOf(request.headers).address, new Date()) : null;
}

/** Next compares the Origin with a host that anybody may have forwarded. Ours was compared above, and is the one answer. */
function agreeOnHost(headers: Headers): void {
  const origin = headers.get("origin");
  if (origin && URL.canParse(origin)) headers.set("x-forwarded-host", new URL(origin).host);
  else headers.delete("x-forwarded-host");
}

const invalid = (problem: string, sentence: string) => new AppError("invalid", sentence, { details: { problem } });

const tooMany = (sentence: string, retryAfter: number) => new AppError("rate_limited", sentence, { retryAfter });
