import { type AccessToken, readAccessToken } from "@/lib/client-tokens/access-token";
import { authenticateClient } from "@/lib/client-tokens/authenticate";
import { requireBearer } from "@/lib/client-tokens/bearer";
import { isInForce, type Standing } from "@/lib/client-tokens/standing";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Form } from "@/lib/http/form-body";
import { issuer } from "@/lib/signing-keys/issuer";

/** A token that somebody asks about, and the client that asks. */
type Asked = { caller: Standing; token: AccessToken | null };

/**
 * Who asks, by its own access token or by an assertion, and the token that the form names. The same query says whether that one
 * was revoked: an assertion takes one more statement, which uses it up.
 */
export async function askedToken(ctx: Ctx, bearer: string | null, form: Form): Promise<Asked> {
  if (!form.token) throw new AppError("invalid", "token is missing.", { details: { problem: "invalid-request" } });
  const token = await readAccessToken(ctx, form.token);
  const ids = token ? [token.jti] : [];
  const caller =
    bearer === null ? await authenticateClient(ctx, form, ids) : (await requireBearer(ctx, bearer, ids)).standing;
  return { caller, token: token?.clientId === caller.client.id ? token : null };
}

/** RFC 7662: what a token says, as long as it is in force. What is out of the caller's sight is inactive (P7). */
export async function introspect(ctx: Ctx, bearer: string | null, form: Form): Promise<object> {
  const { caller, token } = await askedToken(ctx, bearer, form);
  if (!token || !isInForce(caller, token)) return { active: false };
  return {
    active: true,
    iss: issuer(),
    aud: issuer(),
    sub: token.clientId,
    client_id: token.clientId,
    jti: token.jti,
    iat: token.issuedAt,
    exp: token.endsAt,
    token_type: "Bearer",
  };
}
