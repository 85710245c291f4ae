import { expiresIn, issueAccessToken } from "@/lib/client-tokens/access-token";
import { authenticateClient } from "@/lib/client-tokens/authenticate";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Form } from "@/lib/http/form-body";

export type TokenAnswer = { access_token: string; token_type: "Bearer"; expires_in: number };

/** C12: an access token for a client that proves its key, by the grant client_credentials (RFC 6749, 4.4). */
export async function grantToken(ctx: Ctx, form: Form): Promise<TokenAnswer> {
  if (!form.grant_type) throw wrong("invalid_request", "grant_type is missing.");
  if (form.grant_type !== "client_credentials")
    throw wrong("unsupported_grant_type", "The grant_type must be client_credentials.");
  if (form.scope) throw wrong("invalid_scope", "Scopes are not supported: omit scope.");
  const { client } = await authenticateClient(ctx, form);
  return { access_token: await issueAccessToken(ctx, client), token_type: "Bearer", expires_in: expiresIn };
}

const wrong = (oauth: string, sentence: string) =>
  new AppError("invalid", sentence, { details: { problem: oauth.replaceAll("_", "-"), oauth } });
