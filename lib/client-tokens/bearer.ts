import { type AccessToken, readAccessToken } from "@/lib/client-tokens/access-token";
import { deadToken, disconnected, noToken, tokenReplaced } from "@/lib/client-tokens/problems";
import { refused } from "@/lib/client-tokens/refuse";
import { findStanding, isInForce, type Standing, stopOf } from "@/lib/client-tokens/standing";
import type { Ctx } from "@/lib/context";
import type { AppError } from "@/lib/errors";

export type Bearer = { token: AccessToken; standing: Standing };

/** The text of a bearer token (RFC 6750); null where none was sent. */
export const bearerOf = (headers: Headers): string | null =>
  /^bearer +([\w.~+/-]+=*) *$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;

/**
 * By what somebody who asks about tokens proves itself in a header: a bearer, or the password of HTTP Basic (RFC 6749, 2.3.1), which is all that
 * many resource servers can send. The user name beside it says nothing. `token` is null for what cannot be read; without a header it is null altogether.
 */
export type Credential = { token: string | null; challenge: "Bearer" | "Basic" };

export function credentialOf(headers: Headers): Credential | null {
  const header = headers.get("authorization");
  if (header === null) return null;
  if (!/^basic\b/i.test(header)) return { token: bearerOf(headers), challenge: "Bearer" };
  const encoded = /^basic +([\w+/]+=*) *$/i.exec(header)?.[1] ?? "";
  const [, password] = /:(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return { token: password === undefined ? null : formDecoded(password), challenge: "Basic" };
}

/** Both halves are encoded as in a form, by some libraries "_" as well; a token has no letter that this would change. */
const formDecoded = (text: string) => new URLSearchParams(`of=${text.replaceAll("&", "%26")}`).get("of") ?? "";

/**
 * The client whose access token this is, checked each time (C5, C10). Throws `unauthenticated` for a token
 * that is not in force, `forbidden` for a client that is stopped, which comes first: it is why its tokens have ended. `tokenIds`: asked about
 * on the way.
 */
export async function requireBearer(ctx: Ctx, text: string | null, tokenIds: string[] = []): Promise<Bearer> {
  if (text === null) throw noToken();
  const token = await readAccessToken(ctx, text);
  const standing = token && (await findStanding(ctx, token.clientId, [token.jti, ...tokenIds]));
  if (!token || !standing) throw deadToken();
  const stop = stopOf(standing) ?? (isInForce(standing, token) ? null : endOf(standing));
  if (stop) throw await refused(ctx, standing, stop);
  return { token, standing };
}

/** A client whose key was taken from it has to register again; whichever other token ended may be replaced at once. */
const endOf = ({ client }: Standing): AppError =>
  client.publicKey ? disconnected(client.name) : tokenReplaced(client.name);
