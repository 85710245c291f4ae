import type { Client } from "openid-client";
import { isSubject, sidOf } from "@/lib/auth/providers/oidc/claims";
import { type Connection, clientOf } from "@/lib/auth/providers/oidc/client";
import { faultOf, wrongIn } from "@/lib/auth/providers/oidc/faults";
import { OutgoingError } from "@/lib/platform/outgoing";

/** Whom a provider has signed out: a session of its own by its `sid`, a person by the subject, or both. */
export type LogoutToken = { jti: string; issuedAt: Date; endsAt: Date; subject: string | null; sid: string | null };

/** Why it is refused, in our own words: for the log and for the answer, never with anything that was sent. */
export class LogoutTokenError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "LogoutTokenError";
  }
}

const event = "http://schemas.openid.net/event/backchannel-logout";
const required = ["iss", "aud", "iat", "exp", "jti", "events"];

/** What openid-client 5.7.1 checks of an ID token; its types leave it out. */
type Checking = {
  validateJWT(
    token: string,
    algorithm: string,
    required: string[],
  ): Promise<{ protected: { typ?: unknown }; payload: Record<string, unknown> }>;
};

/**
 * Checks a logout token as an ID token is checked, with the keys that are kept, and what else is required of it (OpenID Connect
 * Back-Channel Logout 1.0, 2.6). Throws `LogoutTokenError`.
 */
export async function readLogoutToken(connection: Connection, token: string): Promise<LogoutToken> {
  const { protected: header, payload } = await verified(connection, token);
  const { jti, iat, exp, events, sub, sid } = payload;
  if (!isTyp(header.typ)) throw new LogoutTokenError("it is a token of another kind");
  if (!isObject(events) || !isObject(events[event])) throw new LogoutTokenError("it does not announce a sign-out");
  if (Object.hasOwn(payload, "nonce")) throw new LogoutTokenError("it holds a nonce, as an ID token does");
  if (typeof jti !== "string" || !/^[^\p{Cc}\p{Cs}]{1,500}$/u.test(jti))
    throw new LogoutTokenError("it has no usable id");
  if (sub !== undefined && !isSubject(sub)) throw new LogoutTokenError("its subject is malformed");
  if (sid !== undefined && sidOf(sid) === null) throw new LogoutTokenError("its session is malformed");
  if (sub === undefined && sid === undefined) throw new LogoutTokenError("it names neither a person nor a session");
  return { jti, issuedAt: momentOf(iat), endsAt: endOf(Number(exp)), subject: sub ?? null, sid: sidOf(sid) };
}

async function verified(connection: Connection, token: string) {
  const client = (await clientOf(connection).catch(unread)) as Client & Checking;
  try {
    return await client.validateJWT(token, connection.signingAlgorithm, required);
  } catch (error) {
    const fault = faultOf(error);
    throw new LogoutTokenError(
      fault.code === "untrusted" ? wrongIn(error instanceof Error ? error.message : "") : fault.reason,
    );
  }
}

/** The document could not be read. What the database does not answer is no fault of the token. */
function unread(error: unknown): never {
  throw error instanceof OutgoingError ? new LogoutTokenError(faultOf(error).reason) : error;
}

/** Older providers send none, or that of every token. One of another kind, such as an access token, says so. */
const isTyp = (typ: unknown) =>
  typ === undefined || (typeof typ === "string" && /^(application\/)?(logout\+jwt|jwt)$/i.test(typ));

/** Of any value in a token: the last moment that can be stored at the latest. */
const momentOf = (seconds: unknown) => new Date(Math.min(Number(seconds) * 1000, Date.UTC(9999, 0)));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Until when its id is remembered: a minute beyond its end, since clocks differ. */
const endOf = (exp: number) => momentOf(exp + 60);
