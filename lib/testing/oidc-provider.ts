import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { type Configuration, Provider } from "oidc-provider";

/** Who signs in at a provider of the tests: their claims, by scope as OpenID Connect Core 1.0 has them. */
export type Account = { sub: string; [claim: string]: unknown };

export type OidcProvider = Awaited<ReturnType<typeof startOidcProvider>>;

type Wanted = {
  redirectUri: string;
  /** By which ID tokens are signed. */
  algorithm?: "RS256" | "ES256" | "EdDSA";
  /** Whether the ID token contains the claims of the scopes; else userinfo alone does, as is this library's default. */
  inIdToken?: boolean;
  /** Where it leads back to after a sign-out there, and where it reports one. */
  signOut?: { signedOutUri: string; logoutUri: string };
};

/** The cookies of a browser at the provider. */
type Jar = Map<string, string>;

export const oidcClient = {
  clientId: "gatehouse/console",
  clientSecret: "s3cret: of the test & its provider, 40 chars",
};

/**
 * oidc-provider on a free port of this machine, at which the person named by `signsIn` is signed in without being asked; null cancels.
 * Stop it at the end.
 */
export async function startOidcProvider({ redirectUri, algorithm = "RS256", inIdToken = false, signOut }: Wanted) {
  const keys = await generateKeyPair(algorithm, { extractable: true });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, Account>();
  let present: Account | null = null;
  let asked = 0;
  const told: string[] = [];

  const configuration: Configuration = {
    clients: [
      {
        client_id: oidcClient.clientId,
        client_secret: oidcClient.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        id_token_signed_response_alg: algorithm,
        ...(signOut && {
          post_logout_redirect_uris: [signOut.signedOutUri],
          backchannel_logout_uri: signOut.logoutUri,
          backchannel_logout_session_required: true,
        }),
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(keys.privateKey)), use: "sig", alg: algorithm }] },
    enabledJWA: { idTokenSigningAlgValues: [algorithm] },
    cookies: { keys: ["a key of the tests"] },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["preferred_username", "given_name", "family_name", "name", "groups"],
    },
    conformIdTokenClaims: !inIdToken,
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: signOut !== undefined } },
    // Its own one reaches no address of this machine.
    fetch: (address, options) => {
      told.push(String(options?.body ?? ""));
      return fetch(address, { ...options, dispatcher: undefined } as RequestInit);
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => accounts.get(id) ?? { sub: id } }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId,
        accountId: ctx.oidc.session?.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  };
  const provider = new Provider(issuer, configuration);
  const callback = provider.callback();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.url?.startsWith("/interaction/")) return callback(request, response);
    asked++;
    const result = present
      ? { login: { accountId: present.sub } }
      : { error: "access_denied", error_description: "what the provider says of it" };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  async function ask(at: URL, jar: Jar, posted?: Record<string, string>): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = posted && { method: "POST", body: new URLSearchParams(posted) };
    const answer = await fetch(at, { redirect: "manual", headers: { cookie }, ...sent });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      jar.set(name, value);
    }
    return answer;
  }

  return {
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    signsIn(account: Account | null) {
      present = account;
      if (account) accounts.set(account.sub, account);
    },
    /** How often somebody was asked to sign in. */
    get asked() {
      return asked;
    },
    /** What it has posted, such as logout tokens. */
    told,
    /** Goes where a browser would, and gives the address to which the provider leads back. `jar`: what it keeps of the provider. */
    async visit(address: string, jar: Jar = new Map()): Promise<URL> {
      let at = new URL(address);
      for (let steps = 0; steps < 10; steps++) {
        const answer = await ask(at, jar);
        const location = answer.headers.get("location");
        if (!location) throw new Error(`The provider answers ${answer.status}: ${await answer.text()}`);
        at = new URL(location, at);
        if (at.origin !== issuer) return at;
      }
      throw new Error("The provider does not come to an end");
    },
    /** Signs this browser out at an address of the provider, and gives the one to which that leads back. */
    async leave(address: string, jar: Jar): Promise<URL> {
      const asked = await ask(new URL(address), jar);
      const page = await asked.text();
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1];
      if (!xsrf) throw new Error(`The provider asks nothing: ${asked.status} ${page}`);
      const answer = await ask(new URL("/session/end/confirm", issuer), jar, { xsrf, logout: "yes" });
      return new URL(answer.headers.get("location") ?? "", issuer);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
