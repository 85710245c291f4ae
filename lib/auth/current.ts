import { cookies, headers } from "next/headers";
import { forbidden as forbiddenPage, redirect } from "next/navigation";
import { cache } from "react";
import { cookieName, decryptSessionId } from "@/lib/auth/cookie";
import { takeAccess, takeSession } from "@/lib/auth/handover";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { personActor } from "@/lib/auth/person";
import { sessionEnded } from "@/lib/auth/require-session";
import { findSession, type SessionRow } from "@/lib/auth/session";
import { sourceOf } from "@/lib/auth/source";
import { stagePath } from "@/lib/auth/stages";
import { viewIsOver, viewOf } from "@/lib/auth/view";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { nobody } from "@/lib/authz/principal";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { type OperationKey, operationKeys } from "@/lib/operations";
import { db } from "@/lib/platform/db";

/** The signed-in person of this request, for pages and actions. Asked of the session row, once per request, which the outer wall may have done. */
export const currentSession = cache(async (): Promise<SessionRow | null> => {
  const id = await decryptSessionId((await cookies()).get(cookieName())?.value);
  return id ? (takeSession(id) ?? findSession(db(), id, new Date())) : null;
});

/**
 * Whether the browser sent a session's cookie that opens nothing: ended, expired, replaced, or never ours, which are not
 * distinguished. Signing out forgets the cookie.
 */
export async function hasEndedSession(): Promise<boolean> {
  return Boolean((await cookies()).get(cookieName())?.value) && (await currentSession()) === null;
}

const viewIn = cache((session: SessionRow) => viewOf(db(), session, new Date()));

const contextFor = async (known: Parameters<typeof personActor>[0]): Promise<Ctx<Person>> =>
  createContext(db(), personActor(known), { source: sourceOf(await headers()) });

const ownContextOf = cache(async ({ id: sessionId, user: { id } }: SessionRow): Promise<Ctx<Person>> => {
  const access = takeAccess(id) ?? (await loadAccess(db(), id, new Date()));
  return contextFor({ id, sessionId, access });
});

/** Of the session's person; while they view the console as somebody else, with what that one holds, for reading alone. */
const contextOf = cache(async (session: SessionRow): Promise<Ctx<Person>> => {
  const view = await viewIn(session);
  if (view === null || view === "over") return ownContextOf(session);
  return contextFor({ id: session.user.id, sessionId: session.id, ...view });
});

/** For what a page asks for, in a session whose stage the caller has looked at. Throws `precondition` where its view has ended. */
export async function actionCtx(session: SessionRow): Promise<Ctx<Person>> {
  if ((await viewIn(session)) === "over") throw viewIsOver();
  return contextOf(session);
}

/** For actions: the context, or `unauthenticated`. */
export async function currentCtx(): Promise<Ctx<Person>> {
  const session = await currentSession();
  if (session?.stage !== "open") throw sessionEnded();
  return actionCtx(session);
}

/** The session's own person, also while they view the console as somebody else: for the ways out of a view, and nothing else. */
export async function ownCtx(): Promise<Ctx<Person>> {
  const session = await currentSession();
  if (!session) throw sessionEnded();
  return ownContextOf(session);
}

/** For what everybody may see there: the context, or null for people who are not signed in. */
export async function signedInCtx(): Promise<Ctx<Person> | null> {
  const session = await currentSession();
  return session?.stage === "open" ? contextOf(session) : null;
}

/** For pages: the context, or the way to /sign-in. */
export async function requireSignedIn(): Promise<Ctx<Person>> {
  const session = await currentSession();
  if (!session) redirect(withNext("/sign-in", ownPath((await headers()).get("x-gatehouse-path"))));
  if (session.stage !== "open") redirect(stagePath(session.stage, "/"));
  return contextOf(session);
}

/** For the pages of one's own account, which are no part of a view. */
export async function requireOwnAccount(): Promise<Ctx<Person>> {
  const ctx = await requireSignedIn();
  if (ctx.actor.viewing) redirect("/viewing");
  return ctx;
}

/** For the screens of /admin: the context of somebody who holds one of these beyond themselves, else R12's page with 403. */
export async function requireOperation(...operations: OperationKey[]): Promise<Ctx<Person>> {
  const ctx = await requireSignedIn();
  if (!operations.some((operation) => holdsBeyondSelf(ctx.actor.access, operation))) forbiddenPage();
  return ctx;
}

/** Whether anything in /admin is open to this person. */
export const requireAnyOperation = () => requireOperation(...operationKeys);

/** For routes and actions of people who are not signed in. */
export async function anonymousCtx(): Promise<Ctx> {
  return createContext(db(), nobody, { source: sourceOf(await headers()) });
}
