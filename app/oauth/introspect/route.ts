import { anonymousCtx } from "@/lib/auth/current";
import { bearerOf } from "@/lib/client-tokens/bearer";
import { introspect } from "@/lib/client-tokens/introspect";
import { readForm } from "@/lib/http/form-body";
import { oauthError } from "@/lib/http/oauth-error";

const bodyLimit = 64 * 1024;

/** C12, RFC 7662: whoever asks proves itself by an assertion or an access token. Cookies are never looked at. */
export async function POST(request: Request): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    const answer = await introspect(ctx, bearerOf(request.headers), await readForm(request, bodyLimit));
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return oauthError(error, ctx.source.requestId);
  }
}
