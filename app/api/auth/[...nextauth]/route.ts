import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";
import { sourceOf } from "@/lib/auth/source";
import type { AppError } from "@/lib/errors";
import { BodyError } from "@/lib/json-body";
import { problemOf } from "@/lib/problem";
import { answerRefusal } from "@/lib/refusal";

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

async function handler(request: NextRequest, context: Context): Promise<Response> {
  if (isPasswordByGet(request.method, (await context.params).nextauth))
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  if (!(await isReadable(request))) return answerRefusal(request.nextUrl.pathname, unreadable, requestIdOf(request));
  let refused: AppError | undefined;
  const options = authOptions(sourceOf(request.headers), (refusal) => {
    refused = refusal;
  });
  const answer: Response = await NextAuth(request as never, context as never, options);
  return refused ? problemOf(refused, request.headers.get("x-request-id")) : answer;
}

export { handler as GET, handler as POST };
