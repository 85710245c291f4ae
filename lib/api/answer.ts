import { bearerCtx } from "@/lib/api/bearer";
import { anonymousCtx } from "@/lib/auth/current";
import type { Ctx } from "@/lib/context";
import { problemDetails } from "@/lib/http/problem-details";
import type { TokenActor } from "@/lib/tokens/actor";

/** What a program is answered that brings an access token: JSON, or the problem (P3). */
export async function answerToken(
  request: Request,
  run: (ctx: Ctx<TokenActor>) => Promise<unknown>,
): Promise<Response> {
  const anonymous = await anonymousCtx();
  try {
    const value = await run(await bearerCtx(anonymous, request));
    return Response.json(value, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemDetails(error, anonymous.source.requestId);
  }
}
