import type { OAuthConfig } from "next-auth/providers/oauth";
import { type CallbackParamsType, type OpenIDCallbackChecks, TokenSet, type UserinfoResponse } from "openid-client";
import { authTimeOf } from "@/lib/auth/providers/oidc/auth-time";
import { isSubject, sidOf, storable } from "@/lib/auth/providers/oidc/claims";
import { type Connection, clientOf } from "@/lib/auth/providers/oidc/client";
import type { ProviderDocument } from "@/lib/auth/providers/oidc/discovery";
import { OutgoingError } from "@/lib/platform/outgoing";

/** What a provider has proved: every claim of the ID token, and what userinfo adds to it. */
export type Proof = {
  issuer: string;
  subject: string;
  sid: string | null;
  /** When the ID token was made, by the provider's clock. */
  issuedAt: Date;
  /** When they proved who they are there, according to the ID token alone; null or absent: it does not say. */
  authenticatedAt?: Date | null;
  claims: Record<string, unknown>;
  /** The ID token itself, where it can tell the provider whom to sign out; empty: too long for that. Else null. */
  idToken: string | null;
};

type Told = { asked: Record<string, string>; onProof: (proof: Proof) => void; onFault: (error: unknown) => void };

/** Milliseconds for all that a callback asks of a provider. */
const patience = 9_000;

/**
 * A provider as next-auth is given it. next-auth makes and checks state, nonce and PKCE, each in a cookie; the code is exchanged
 * by a client of our own, since its own one reads the document and the keys each time, and limits neither time nor size of an
 * answer. `onFault` receives what next-auth would reduce to one word.
 */
export function nextProvider(
  connection: Connection & { slug: string; name: string; scopes: string[] },
  document: ProviderDocument,
  { asked, onProof, onFault }: Told,
): OAuthConfig<Record<string, unknown>> {
  const told = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await withPatience(answer);
    } catch (error) {
      onFault(error);
      throw error;
    }
  };
  return {
    id: connection.slug,
    name: connection.name,
    type: "oauth",
    issuer: document.issuer,
    jwks_endpoint: document.jwks_uri,
    clientId: connection.clientId,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { url: document.authorization_endpoint, params: { ...asked, scope: connection.scopes.join(" ") } },
    token: {
      url: document.token_endpoint,
      request: ({ params, checks }) => told(exchange(connection, params, checks)),
    },
    userinfo: {
      request: ({ tokens }) => told(claimsOf(connection, document, new TokenSet({ ...tokens }), onProof)),
    },
    profile: ({ sub }) => ({ id: String(sub) }),
  };
}

async function exchange(connection: Connection, params: CallbackParamsType, checks: OpenIDCallbackChecks) {
  const client = await clientOf(connection);
  // Without the last, openid-client takes an answer without a code for one that is whole.
  const tokens = await client.callback(connection.redirectUri, params, { ...checks, response_type: "code" });
  return { tokens };
}

/** The claims of the ID token, and beside them those of userinfo, whose subject has to be the same. */
async function claimsOf(
  connection: Connection,
  document: ProviderDocument,
  tokens: TokenSet,
  onProof: Told["onProof"],
): Promise<Record<string, unknown>> {
  const signed = tokens.claims();
  const client = await clientOf(connection);
  const more: UserinfoResponse | object = document.userinfo_endpoint ? await client.userinfo(tokens) : {};
  const claims = storable({ ...more, ...signed }) as Record<string, unknown>;
  if (JSON.stringify(claims).length > mostClaims) throw new Error("The claims are too long");
  const subject: unknown = signed.sub;
  if (!isSubject(subject)) throw new Error("There is no usable subject");
  const idToken = document.end_session_endpoint ? hintOf(tokens.id_token) : null;
  const told = { issuedAt: new Date(signed.iat * 1000), authenticatedAt: authTimeOf(signed.auth_time) };
  onProof({ issuer: signed.iss, subject, sid: sidOf(signed.sid), ...told, claims, idToken });
  return claims;
}

/** Characters of an ID token that still fits into an address beside everything else. */
const longestHint = 6_000;

const hintOf = (token = "") => (token.length <= longestHint ? token : "");

/** Characters of the claims as JSON. */
const mostClaims = 100_000;

async function withPatience<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new OutgoingError("unreachable", "The provider took too long.")), patience);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
