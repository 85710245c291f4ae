import { anonymousCtx } from "@/lib/auth/current";
import { registerClient } from "@/lib/clients/register";
import { registerClientSchema } from "@/lib/clients/schema";
import { readJson } from "@/lib/http/json-body";
import { parseInput } from "@/lib/http/parse-input";
import { problemDetails } from "@/lib/http/problem-details";

const bodyLimit = 64 * 1024;

/** C11: a client proves itself by its one-time token. Cookies are never looked at. */
export async function POST(request: Request): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    const input = parseInput(registerClientSchema, await readJson(request, bodyLimit));
    const registered = await registerClient(ctx, input);
    return Response.json(registered, { status: 201, headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemDetails(error, ctx.source.requestId);
  }
}
