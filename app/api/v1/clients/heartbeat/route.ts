import { after } from "next/server";
import { anonymousCtx } from "@/lib/auth/current";
import { bearerOf } from "@/lib/client-tokens/bearer";
import { beat } from "@/lib/client-tokens/heartbeat";
import { heartbeatSchema } from "@/lib/clients/schema";
import { readJson } from "@/lib/http/json-body";
import { parseInput } from "@/lib/http/parse-input";
import { problemDetails } from "@/lib/http/problem-details";

const bodyLimit = 64 * 1024;

/** C12: a client proves itself by its access token. Cookies are never looked at. A server that stops writes first what it has answered. */
export async function POST(request: Request): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    const report = async () => parseInput(heartbeatSchema, await readJson(request, bodyLimit));
    const { directives, written } = await beat(ctx, bearerOf(request.headers), report);
    after(written);
    return Response.json(directives, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemDetails(error, ctx.source.requestId);
  }
}
