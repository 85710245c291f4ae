import { type NextRequest, NextResponse } from "next/server";
import { cookieName, decryptSessionId } from "@/lib/auth/cookie";
import { handOver } from "@/lib/auth/handover";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { findSessionAndAccess, forgetView, touchSession } from "@/lib/auth/session";
import { stagePath } from "@/lib/auth/stages";
import { viewIsOver, viewOf } from "@/lib/auth/view";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { operationKeys } from "@/lib/operations";
import { db } from "@/lib/platform/db";
import { isUnwritable, unavailableOf } from "@/lib/platform/unavailable";

/**
 * Signed out → /sign-in with the way back; a session with an open step → its page and nowhere else; signed
 * in without any operation in /admin → R12's page with 403 (S11).
 */
export async function gate(request: NextRequest, headers: Headers): Promise<NextResponse> {
  const onwards = () => NextResponse.next({ request: { headers } });
  return unlessAction(request, decide(request, headers), onwards);
}

async function decide(request: NextRequest, headers: Headers): Promise<NextResponse> {
  const onwards = () => NextResponse.next({ request: { headers } });
  const { pathname } = request.nextUrl;
  if (!isBehindSignIn(pathname)) return onwards();
  const now = new Date();
  const found = await foundBy(request, now);
  if (!found) return isServerAction(request) ? onwards() : toSignIn(request);
  const { session } = found;
  if (session.stage !== "open")
    return isServerAction(request) ? onwards() : redirect(request, stagePath(session.stage, "/"));
  if (isActivity(request)) await touchSession(db(), session, now).catch(unlessUnwritable);
  const view = await viewOf(db(), session, now);
  if (view === "over" && isRead(request)) {
    if (!isWholePage(request)) return wholePageFirst();
    await forgetView(db(), session).catch(unlessUnwritable);
  }
  const inView = view !== null && view !== "over";
  const needed = /^\/admin(\/|$)/.test(pathname);
  const access = inView ? view.access : found.access;
  if (request.method === "GET") handOver(inView ? session : { ...session, viewing: null }, inView ? null : access);
  if (needed && !operationKeys.some((operation) => holdsBeyondSelf(access, operation)))
    return noAccess(request, headers);
  return onwards();
}

/** R12's page in place of the one that was asked for. A POST continues to its action, which refuses by itself. */
function noAccess(request: NextRequest, headers: Headers): NextResponse {
  if (!isRead(request)) return NextResponse.next({ request: { headers } });
  const page = request.nextUrl.clone();
  page.pathname = "/no-access";
  page.search = "";
  return NextResponse.rewrite(page, { request: { headers } });
}

/**
 * To what a script asks for from a page of a view that has ended by itself: the frame would otherwise keep showing what is no longer true.
 * The router then loads the whole page, and the view is forgotten.
 */
const wholePageFirst = () => new NextResponse(`${viewIsOver().message}\n`, { status: 409 });

const isBehindSignIn = (pathname: string) => /^\/(admin|account|viewing)(\/|$)/.test(pathname);

/** Whether the browser goes to an address, and no script of a page asks for it. */
const isWholePage = ({ headers }: NextRequest) => headers.get("accept")?.includes("text/html") === true;

const isRead = ({ method }: NextRequest) => method === "GET" || method === "HEAD";

/** An action returns its own answer, in the form that asked. */
const isServerAction = (request: NextRequest) => request.method === "POST" && request.headers.has("next-action");

/** What the database does not answer here, an action says itself, in the form that asked. */
export async function unlessAction<T>(request: NextRequest, asked: Promise<T>, otherwise: () => T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (isServerAction(request) && unavailableOf(error)) return otherwise();
    throw error;
  }
}

/** Readers can continue while nothing can be stored. */
function unlessUnwritable(error: unknown): void {
  if (!isUnwritable(error)) throw error;
}

/** Polls and prefetches are no activity (S9). */
const isActivity = (request: NextRequest) =>
  !request.headers.has("next-router-prefetch") &&
  request.headers.get("purpose") !== "prefetch" &&
  !request.headers.has("x-gatehouse-poll");

async function foundBy(request: NextRequest, now: Date) {
  const id = await decryptSessionId(request.cookies.get(cookieName())?.value);
  return id ? findSessionAndAccess(db(), id, now) : null;
}

function toSignIn(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  return redirect(request, withNext("/sign-in", request.method === "GET" ? ownPath(pathname + search) : "/"));
}

/** By path, so that it applies whatever Host the request came with. */
const redirect = (request: NextRequest, path: string) => {
  const target = new URL(path, request.url);
  return NextResponse.redirect(target, isRead(request) ? 307 : 303);
};
