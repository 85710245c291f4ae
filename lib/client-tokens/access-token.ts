import { type CryptoKey, decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { newId } from "@/db/columns";
import type { Ctx } from "@/lib/context";
import { onePerProcess } from "@/lib/platform/one-per-process";
import { hashToken } from "@/lib/platform/token";
import { uuid } from "@/lib/platform/uuid";
import { issuer } from "@/lib/signing-keys/issuer";
import { signingAlgorithm, tokenLifetime } from "@/lib/signing-keys/lifetime";
import { signingKey, verifyingKey } from "@/lib/signing-keys/published";

/** RFC 9068 requires `at+jwt`, so that no other JWT of ours is taken for one. */
const typ = "at+jwt";

/** Seconds. */
export const expiresIn = tokenLifetime / 1000;

const claimsSchema = z.object({
  sub: uuid(),
  jti: uuid(),
  iat: z.number(),
  exp: z.number(),
  epoch: z.number().int(),
});

/** `epoch`: that of the client when it was issued; a later one has ended it. */
export type AccessToken = { clientId: string; jti: string; epoch: number; issuedAt: number; endsAt: number };

/** An access token for a client that has proved its key (RFC 9068). Its audience is this installation. */
export async function issueAccessToken(ctx: Ctx, client: { id: string; tokenEpoch: number }): Promise<string> {
  const now = ctx.now();
  const at = Math.floor(now.getTime() / 1000);
  const { id: kid, key } = await signingKey(ctx.db, now);
  const token = {
    clientId: client.id,
    jti: newId(),
    epoch: client.tokenEpoch,
    issuedAt: at,
    endsAt: at + expiresIn,
  };
  const text = await new SignJWT({ client_id: client.id, epoch: client.tokenEpoch })
    .setProtectedHeader({ alg: signingAlgorithm, typ, kid })
    .setIssuer(issuer())
    .setAudience(issuer())
    .setSubject(client.id)
    .setJti(token.jti)
    .setIssuedAt(at)
    .setExpirationTime(token.endsAt)
    .sign(key);
  remember(digestOf(text), { kid, token });
  return text;
}

type Checked = { kid: string; token: AccessToken };

/**
 * What the signatures of tokens have proved, by the digests of their texts: a client sends the same token for ten minutes. One that was made
 * here needs no proof. A signature stays good; whether its key is still published, the token has run out, or the client was stopped is asked each time.
 */
const checked = onePerProcess("checked access tokens", () => new Map<string, Checked>());
/** A few hundred bytes each: more than there are clients that beat in a large house. */
const mostChecked = 20_000;

/** What an access token of ours says; null for any other text, and once it has expired. Nothing is asked of the database. */
export async function readAccessToken(ctx: Ctx, text: string): Promise<AccessToken | null> {
  const digest = digestOf(text);
  const known = checked.get(digest);
  const kid = known?.kid ?? keyNamedBy(text);
  const key = kid === null ? null : await verifyingKey(ctx.db, kid);
  if (!key || kid === null) return null;
  const token = known?.token ?? (await verified(text, key, ctx.now()));
  if (!token || token.endsAt <= Math.floor(ctx.now().getTime() / 1000)) {
    checked.delete(digest);
    return null;
  }
  if (!known) remember(digest, { kid, token });
  return token;
}

const digestOf = (text: string) => hashToken(`${issuer()} ${text}`);

async function verified(text: string, key: CryptoKey, now: Date): Promise<AccessToken | null> {
  const read = await jwtVerify(text, key, {
    algorithms: [signingAlgorithm],
    typ,
    issuer: issuer(),
    audience: issuer(),
    currentDate: now,
    requiredClaims: ["exp"],
  }).catch(() => null);
  const claims = claimsSchema.safeParse(read?.payload);
  if (!claims.success) return null;
  const { sub, jti, epoch, iat, exp } = claims.data;
  return { clientId: sub, jti, epoch, issuedAt: iat, endsAt: exp };
}

/** Beyond the bound the oldest are forgotten, which have the least time left. */
function remember(digest: string, one: Checked): void {
  for (const oldest of checked.keys()) {
    if (checked.size < mostChecked) break;
    checked.delete(oldest);
  }
  checked.set(digest, one);
}

function keyNamedBy(text: string): string | null {
  try {
    return decodeProtectedHeader(text).kid ?? null;
  } catch {
    return null;
  }
}
