import type { TokenActor } from "@/lib/authz/principal";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { asToken } from "@/lib/tokens/actor";

/**
 * The context of a request of a program, by its access token (RFC 6750, 2.1). Cookies are never looked at. Throws `unauthenticated`
 * without one, and as `asToken` does.
 */
export async function bearerCtx(anonymous: Ctx, request: Request): Promise<Ctx<TokenActor>> {
  const text = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!text)
    throw new AppError("unauthenticated", "Send an access token in the header Authorization: Bearer <token>.", {
      details: { problem: "token-missing" },
    });
  return asToken(anonymous, text);
}
