import { anonymousCtx } from "@/lib/auth/current";
import { bearerOf } from "@/lib/client-tokens/bearer";
import { revoke } from "@/lib/client-tokens/revoke";
import { readForm } from "@/lib/http/form-body";
import { oauthError } from "@/lib/http/oauth-error";

const bodyLimit = 64 * 1024;

/** RFC 7009: whoever asks proves itself by an assertion or an access token. Cookies are never looked at. */
export async function POST(request: Request): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    await revoke(ctx, bearerOf(request.headers), await readForm(request, bodyLimit));
    return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
  } catch (error) {
    return oauthError(error, ctx.source.requestId);
  }
}
