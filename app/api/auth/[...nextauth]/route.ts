import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { sourceOf } from "@/lib/auth/source";
import { notFound } from "@/lib/errors";
import { BodyError } from "@/lib/http/json-body";
import { problemDetails } from "@/lib/http/problem-details";
import { answerRefusal } from "@/lib/http/refusal";
import { authOptions } from "@/lib/sign-in/next-auth";
import { finishSignIn } from "@/lib/sign-in/providers/flow";

type Context = { params: Promise<{ nextauth: string[] }> };

/** A password is posted. next-auth would answer its callback with 500. */
const isPasswordByGet = (method: string, [action, provider]: string[]) =>
  method === "GET" && action === "callback" && provider === "credentials";

/** next-auth answers 500 to JSON that it cannot read. */
async function isReadable(request: NextRequest): Promise<boolean> {
  if (request.method !== "POST" || !request.headers.get("content-type")?.includes("application/json")) return true;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null;
}

const unreadable = new BodyError(400, "malformed-json", "The body is not a JSON object.");

const requestIdOf = (request: NextRequest) => request.headers.get("x-request-id") ?? "";

/** Where next-auth would write into our log whatever is posted. */
const isLog = ([action]: string[]) => action === "_log";

/** The callback of an identity provider, which is ours: next-auth's answers are not shown. */
const providerOf = (method: string, [action, slug = ""]: string[]) =>
  method === "GET" && action === "callback" && slug !== "" && slug !== "credentials" ? slug : null;

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (isLog(nextauth)) return problemDetails(notFound("This address"), requestIdOf(request));
  const slug = providerOf(request.method, nextauth);
  if (slug !== null) return finishSignIn(request, slug);
  if (isPasswordByGet(request.method, nextauth)) return new Response(null, { status: 405, headers: { allow: "POST" } });
  if (!(await isReadable(request))) return answerRefusal(request.nextUrl.pathname, unreadable, requestIdOf(request));
  const failures: unknown[] = [];
  const options = authOptions(sourceOf(request.headers), (error) => failures.push(error));
  const answer: Response = await NextAuth(request as never, context as never, options);
  return failures.length > 0 ? problemDetails(failures[0], request.headers.get("x-request-id")) : answer;
}

export { handler as GET, handler as POST };
