import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { cookieName, cookieOptions, decryptSessionId, deviceCookieName } from "@/lib/auth/cookie";
import { ownPath } from "@/lib/auth/next-path";
import { nobody } from "@/lib/authz/principal";
import type { Source } from "@/lib/context";
import { createContext } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { db } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { faultOf, log } from "@/lib/platform/log";
import { unavailableOf } from "@/lib/platform/unavailable";
import { endOwnSession, endReplacedSession } from "@/lib/sessions/commands";
import { signIn } from "@/lib/sign-in/sign-in";

/**
 * next-auth behind one module: it does cookies and handshakes, our session row decides. Built for each request.
 * `onFailure`: the database could not say whether the password is right, or a session could not be ended. next-auth itself
 * would answer as if nothing were wrong.
 */
export function authOptions(source: Source, onFailure: (error: unknown) => void): NextAuthOptions {
  return {
    logger: { error: logError, warn: () => {}, debug: () => {} },
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: cookieOptions().maxAge },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: { sessionToken: { name: cookieName(), options: cookieOptions() } },
    providers: [
      CredentialsProvider({
        credentials: { username: { label: "User name or email" }, password: { label: "Password", type: "password" } },
        async authorize(given, request) {
          const name = textOf(given?.username);
          const password = textOf(given?.password);
          const device = cookieIn(request.headers?.cookie, deviceCookieName());
          const ctx = createContext(db(), nobody, { source });
          try {
            const started = await signIn(ctx, { name, password, device });
            const earlier = await decryptSessionId(cookieIn(request.headers?.cookie, cookieName()));
            if (earlier) await endReplacedSession(ctx, { id: earlier });
            return { id: started.userId, sid: started.sessionId };
          } catch (error) {
            const unavailable = unavailableOf(error);
            if (unavailable) onFailure(unavailable);
            // What is thrown here, next-auth writes into the address that it leads to.
            if (!(error instanceof AppError)) log.error({ fault: faultOf(error) }, "sign-in failed");
            return null;
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: (user as { sid?: string }).sid } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => new URL(ownPath(url), baseUrl).href,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid !== "string") return;
        try {
          await endOwnSession(createContext(db(), nobody, { source }), { id: token.sid });
        } catch (error) {
          if (!(error instanceof AppError && error.code === "not_found")) onFailure(error);
        }
      },
    },
  };
}

/** Called for a cookie that is not ours, or no longer, which anybody may send. */
const strangeCookie = new Set(["JWT_SESSION_ERROR", "SIGNOUT_ERROR"]);

/** In place of next-auth's own, which prints statements with their parameters. */
function logError(code: string, metadata: Error | { error: Error }): void {
  if (strangeCookie.has(code)) return;
  log.error({ code, fault: faultOf("error" in metadata ? metadata.error : metadata) }, "next-auth");
}

/** The body may contain anything. */
const textOf = (given: unknown) => (typeof given === "string" ? given : "");

const cookieIn = (header: unknown, name: string): string | undefined =>
  `; ${header ?? ""}`.split(`; ${name}=`)[1]?.split(";")[0];
