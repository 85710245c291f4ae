import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";
import { sourceOf } from "@/lib/auth/source";
import type { AppError } from "@/lib/errors";
import { problemOf } from "@/lib/problem";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: NextRequest, context: Context): Promise<Response> {
  let refused: AppError | undefined;
  const options = authOptions(sourceOf(request.headers), (refusal) => {
    refused = refusal;
  });
  const answer: Response = await NextAuth(request as never, context as never, options);
  return refused ? problemOf(refused, request.headers.get("x-request-id")) : answer;
}

export { handler as GET, handler as POST };
