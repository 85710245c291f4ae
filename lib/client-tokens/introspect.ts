import { authorize } from "@/lib/authz/authorize";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { heldScopes } from "@/lib/authz/held-scopes";
import { earlier } from "@/lib/authz/model";
import { type AccessToken, readAccessToken } from "@/lib/client-tokens/access-token";
import { authenticateClient } from "@/lib/client-tokens/authenticate";
import { type Credential, requireBearer } from "@/lib/client-tokens/bearer";
import { challenged, clientsAlone, mayNotIntrospect, noCredential, twoCredentials } from "@/lib/client-tokens/problems";
import { findStanding, isInForce, type Standing, stopOf } from "@/lib/client-tokens/standing";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Form } from "@/lib/http/form-body";
import { issuer } from "@/lib/signing-keys/issuer";
import { asToken, type InspectedToken, inspectToken } from "@/lib/tokens/actor";
import { refusedRead } from "@/lib/tokens/refused-read";

/** A token that a client asks about, and the client. */
type Asked = { caller: Standing; token: AccessToken | null };

/** What RFC 7662 says of a token in force, and whose it is. */
type Introspected = { person: { id: string; name: string }; answer: Record<string, unknown> };

const inactive = { active: false };

/**
 * RFC 7662: what a token says, as long as it is in force. A client learns about its own tokens; a caller with an access token of Gatehouse, about
 * those of everybody at whom it carries `token.introspect`. What is out of the caller's sight is inactive (P7).
 */
export async function introspect(ctx: Ctx, credential: Credential | null, form: Form): Promise<object> {
  const proof = proofIn(credential, form);
  if (proof && !isJwt(proof.token)) return introspectFor(ctx, proof, tokenIn(form));
  const { caller, token } = await askedToken(ctx, proof, form);
  if (!token || !isInForce(caller, token)) return inactive;
  return { active: true, ...answerOfClient(token) };
}

/** The client that asks to end a token, and the token, where it is its own. Throws for other callers. */
export async function ownToken(ctx: Ctx, credential: Credential | null, form: Form): Promise<Asked> {
  const proof = proofIn(credential, form);
  if (proof && !isJwt(proof.token)) throw clientsAlone();
  return askedToken(ctx, proof, form);
}

/**
 * The client that asks, by its own access token or by an assertion, and the token that the form names. The same query says whether that one
 * was revoked: an assertion takes one more statement, which uses it up.
 */
async function askedToken(ctx: Ctx, proof: Proof | null, form: Form): Promise<Asked> {
  const token = await readAccessToken(ctx, tokenIn(form));
  const ids = token ? [token.jti] : [];
  const caller = proof ? await callerBy(ctx, proof, ids) : await authenticateClient(ctx, form, ids);
  return { caller, token: token?.clientId === caller.client.id ? token : null };
}

const callerBy = async (ctx: Ctx, { token, challenge }: Proof, ids: string[]) =>
  (await challengedWith(challenge, requireBearer(ctx, token, ids))).standing;

type Proof = Credential & { token: string };

/** What was sent in the header; null where a client asserts itself in the form. Who sends neither is not counted as a client that failed. */
function proofIn(credential: Credential | null, form: Form): Proof | null {
  const { token = null, challenge = "Basic" } = credential ?? {};
  if (credential && form.client_assertion !== undefined) throw twoCredentials();
  if (token !== null) return { token, challenge };
  if (credential || form.client_assertion === undefined) throw noCredential(challenge);
  return null;
}

/** Those of clients are; no other token is. */
const isJwt = (text: string) => text.split(".").length === 3;

function tokenIn({ token }: Form): string {
  if (token) return token;
  throw new AppError("invalid", "token is missing.", { details: { problem: "invalid-request" } });
}

async function challengedWith<T>(challenge: Credential["challenge"], proving: Promise<T>): Promise<T> {
  try {
    return await proving;
  } catch (error) {
    throw error instanceof AppError && error.code === "unauthenticated" ? challenged(error, challenge) : error;
  }
}

async function introspectFor(anonymous: Ctx, { token, challenge }: Proof, text: string): Promise<object> {
  const ctx = await challengedWith(challenge, asToken(anonymous, token));
  if (!holdsBeyondSelf(ctx.actor.access, "token.introspect"))
    throw await refusedRead(ctx, "token.introspect", mayNotIntrospect(ctx.actor.tokenName, challenge));
  const found = isJwt(text) ? await introspectedClient(ctx, text) : await introspectedToken(ctx, text);
  if (!found || !(await authorize(ctx, ctx.db, "token.introspect", { person: found.person })).ok) return inactive;
  return { active: true, ...found.answer };
}

async function introspectedClient(ctx: Ctx, text: string): Promise<Introspected | null> {
  const token = await readAccessToken(ctx, text);
  const standing = token && (await findStanding(ctx, token.clientId, [token.jti]));
  if (!standing || stopOf(standing) || !isInForce(standing, token)) return null;
  const { client, owner, username } = standing;
  const answer = { ...answerOfClient(token), subject_type: "client", user_id: client.userId, username };
  return { person: { id: client.userId, name: owner.name }, answer };
}

const answerOfClient = (token: AccessToken) => ({
  iss: issuer(),
  aud: issuer(),
  sub: token.clientId,
  client_id: token.clientId,
  jti: token.jti,
  iat: token.issuedAt,
  exp: token.endsAt,
  token_type: "Bearer",
});

async function introspectedToken(ctx: Ctx, text: string): Promise<Introspected | null> {
  const token = await inspectToken(ctx, text);
  return token?.owner ? { person: token.owner, answer: answerOfToken(token, token.owner) } : null;
}

/**
 * `operations`: what it gives now, and on whom; `scope`: those of them that it gives on everybody, as the request names no person.
 * It ends with its owner's access.
 */
function answerOfToken(token: InspectedToken, owner: NonNullable<InspectedToken["owner"]>) {
  const operations = heldScopes(token.access);
  const everywhere = operations.filter(({ scopes }) => scopes.includes("all")).map(({ operation }) => operation);
  const endsAt = earlier(token.expiresAt, token.access.endsAt);
  const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);
  const subject = token.accountId
    ? { sub: token.accountId, subject_type: "service_account" }
    : { sub: owner.id, subject_type: "user", user_id: owner.id, username: owner.username };
  return {
    iss: issuer(),
    aud: issuer(),
    ...subject,
    ...(everywhere.length > 0 && { scope: everywhere.join(" ") }),
    operations,
    jti: token.id,
    iat: seconds(token.createdAt),
    ...(endsAt && { exp: seconds(endsAt) }),
    token_type: "Bearer",
  };
}
