import { type NextRequest, NextResponse } from "next/server";
import { admit } from "@/lib/auth/admit";
import { isSameOrigin } from "@/lib/auth/origin";
import { isQueueFull } from "@/lib/auth/password-queue";
import { contentSecurityPolicy, securityHeaders } from "@/lib/auth/security-headers";
import { publicUrl } from "@/lib/env";

/**
 * The outer wall: a list of short refusals, and what every request carries further in. Never the only wall: every page,
 * action and route decides again at the data.
 */
export const config = { runtime: "nodejs", matcher: ["/((?!_next/static/).*)"] };

const largestBody = 1_048_576;

export async function middleware(request: NextRequest): Promise<NextResponse> {
  const { pathname } = request.nextUrl;
  const requestId = crypto.randomUUID();
  if (isMalformed(pathname)) return refuse(400, "This address is malformed.", requestId);
  if (Number(request.headers.get("content-length") ?? 0) > largestBody)
    return refuse(413, "This request is larger than 1 MB.", requestId);
  if (request.headers.has("transfer-encoding") && !request.headers.has("content-length"))
    return refuse(411, "This request does not say how long it is.", requestId);
  if (isWrite(request) && !isMachine(pathname) && !isSameOrigin(request.headers))
    return refuse(403, "This request came from another site.", requestId);
  if (!request.nextUrl.searchParams.getAll("callbackUrl").every(isOwnPath))
    return refuse(400, "This address leads elsewhere.", requestId);
  if (isSignIn(request) && isQueueFull())
    return refuse(429, "Too many people are signing in at this moment. Try again in a few seconds.", requestId, {
      "Retry-After": "3",
    });

  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const headers = new Headers(request.headers);
  headers.set("x-request-id", requestId);
  headers.set("x-nonce", nonce);
  headers.set("x-gatehouse-path", pathname + request.nextUrl.search);
  headers.set("content-security-policy", contentSecurityPolicy(nonce));

  const response = isMachine(pathname) ? NextResponse.next({ request: { headers } }) : await admit(request, headers);
  for (const [name, value] of Object.entries(securityHeaders(nonce))) response.headers.set(name, value);
  response.headers.set("x-request-id", requestId);
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

/** Interfaces for programs never look at cookies, so no page can be made to speak for somebody there. */
const isMachine = (pathname: string) => /^\/(api\/v1|api\/health|scim|oauth|\.well-known)(\/|$)/.test(pathname);

const isSignIn = (request: NextRequest) =>
  isWrite(request) && /^\/(sign-in|api\/auth\/callback\/credentials)$/.test(request.nextUrl.pathname);

/** A path, or the configured address itself, which next-auth names in full. */
function isOwnPath(target: string): boolean {
  if (/^\/(?![/\\])/.test(target)) return true;
  return URL.canParse(target) && new URL(target).origin === publicUrl().origin;
}

function refuse(status: number, sentence: string, requestId: string, headers: Record<string, string> = {}) {
  return new NextResponse(`${sentence}\n`, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
      ...headers,
    },
  });
}
