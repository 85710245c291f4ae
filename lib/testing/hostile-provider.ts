import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";

/** What a provider does wrong; nothing: all is well. */
export type Misbehaviour = {
  /** Changes the discovery document. */
  document?: (document: Record<string, unknown>) => object;
  /** Changes the claims of the ID token; undefined leaves one out. */
  claims?: (claims: JWTPayload) => JWTPayload;
  /** In place of the ID token as it was signed. */
  idToken?: (token: string) => string | undefined;
  kid?: string;
  /** Signs by a key that it does not publish. */
  foreignKey?: boolean;
  /** Signs with the client's secret. */
  sharedSecret?: boolean;
  userinfo?: Record<string, unknown>;
  /** How the token endpoint answers. */
  token?: "slow" | "dripping" | "500" | "endless" | "gone" | "redirect" | "invalid_grant" | "invalid_client";
};

type LogoutChanges = {
  claims?: (claims: JWTPayload) => JWTPayload;
  header?: Partial<JWTHeaderParameters>;
  by?: "own" | "foreign" | "client secret" | "public key" | "nobody";
};

export type HostileProvider = Awaited<ReturnType<typeof startHostileProvider>>;

export const hostileClient = { clientId: "gatehouse", clientSecret: "a secret of the hostile provider, 32 characters" };

/**
 * A provider of our own that can do everything wrong, on a free port of this machine. It asks nobody: `authorize` gives what the
 * browser would bring back. Stop it at the end.
 */
export async function startHostileProvider() {
  const [own, foreign] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "own", use: "sig", alg: "RS256" };
  const codes = new Map<string, { nonce: string; challenge: string }>();
  const asked: string[] = [];
  let open = 0;
  let wrong: Misbehaviour = {};
  let person: JWTPayload = {};

  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? "", issuer).pathname);
    open += 1;
    response.on("close", () => {
      open -= 1;
    });
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (body: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    switch (new URL(request.url ?? "", issuer).pathname) {
      case "/.well-known/openid-configuration":
        return send(wrong.document?.(document()) ?? document());
      case "/jwks":
        return send({ keys: [jwk] });
      case "/userinfo":
        return send(wrong.userinfo ?? person);
      case "/token":
        return token(request, response, send);
      default:
        return send({}, 404);
    }
  }

  const document = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ["RS256"],
    authorization_response_iss_parameter_supported: true,
  });

  async function token(
    request: IncomingMessage,
    response: ServerResponse,
    send: (body: unknown, status?: number) => void,
  ) {
    let posted = "";
    for await (const part of request) posted += part;
    const form = new URLSearchParams(posted);
    const known = codes.get(form.get("code") ?? "");
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!known || known.challenge !== verifier) return send({ error: "invalid_grant" }, 400);
    if (wrong.token === "slow") return;
    if (wrong.token === "dripping") {
      response.writeHead(200, { "content-type": "application/json" });
      const dripping = setInterval(() => response.write(" "), 100);
      response.on("close", () => clearInterval(dripping));
      return;
    }
    if (wrong.token === "endless") {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        while (response.write(" ".repeat(65_536)));
      };
      response.on("drain", more);
      return more();
    }
    if (wrong.token === "500") return send({ message: "secrets of the provider's log" }, 500);
    if (wrong.token === "redirect") {
      response.writeHead(302, { location: `${issuer}/elsewhere` }).end();
      return;
    }
    if (wrong.token === "gone") {
      response.destroy();
      return;
    }
    if (wrong.token) return send({ error: wrong.token, error_description: "secrets of the provider's log" }, 400);
    const idToken = await sign(known.nonce);
    send({ access_token: "access", token_type: "Bearer", id_token: wrong.idToken ? wrong.idToken(idToken) : idToken });
  }

  async function sign(nonce: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: issuer, aud: hostileClient.clientId, sub: person.sub, iat: now, exp: now + 60, nonce };
    const claims = wrong.claims?.(good) ?? good;
    if (wrong.sharedSecret)
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256" })
        .sign(new TextEncoder().encode(hostileClient.clientSecret));
    const header = { alg: "RS256", kid: wrong.kid ?? jwk.kid };
    return new SignJWT(claims).setProtectedHeader(header).sign((wrong.foreignKey ? foreign : own).privateKey);
  }

  return {
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    /** Paths that were asked for since `behave`. */
    asked,
    /** How many requests have no whole answer yet. */
    open: () => open,
    behave(how: Misbehaviour = {}, who: JWTPayload = { sub: "somebody" }) {
      wrong = how;
      person = who;
      asked.length = 0;
    },
    /** What the browser brings back from an authorization request. */
    authorize(address: string): URLSearchParams {
      const { searchParams } = new URL(address);
      const code = `code-${codes.size}`;
      codes.set(code, {
        nonce: searchParams.get("nonce") ?? "",
        challenge: searchParams.get("code_challenge") ?? "",
      });
      return new URLSearchParams({ code, state: searchParams.get("state") ?? "", iss: issuer });
    },
    /** A logout token (OpenID Connect Back-Channel Logout 1.0), good but for what is changed. */
    async logoutToken({ claims = (good) => good, header = {}, by = "own" }: LogoutChanges = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
      const good = { iss: issuer, aud: hostileClient.clientId, iat: now, exp: now + 120, jti: randomUUID(), events };
      const changed = claims({ ...good, sub: "somebody" });
      if (by === "nobody") return new UnsecuredJWT(changed).encode();
      const shared = { "client secret": hostileClient.clientSecret, "public key": await exportSPKI(own.publicKey) };
      const signed = new SignJWT(changed);
      if (by === "client secret" || by === "public key")
        return signed.setProtectedHeader({ alg: "HS256", kid: "own" }).sign(new TextEncoder().encode(shared[by]));
      const keys = { own, foreign };
      return signed
        .setProtectedHeader({ alg: "RS256", kid: "own", typ: "logout+jwt", ...header })
        .sign(keys[by].privateKey);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
