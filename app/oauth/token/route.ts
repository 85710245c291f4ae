import { anonymousCtx } from "@/lib/auth/current";
import { grantToken } from "@/lib/client-tokens/token";
import { readForm } from "@/lib/http/form-body";
import { oauthError } from "@/lib/http/oauth-error";

const bodyLimit = 64 * 1024;

/** C12: a client proves itself by a signed assertion. Cookies are never looked at. */
export async function POST(request: Request): Promise<Response> {
  const ctx = await anonymousCtx();
  try {
    const granted = await grantToken(ctx, await readForm(request, bodyLimit));
    return Response.json(granted, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return oauthError(error, ctx.source.requestId);
  }
}
