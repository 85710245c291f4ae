import { expect, test } from "@playwright/test";
import { exportJWK } from "jose";
import * as oauth from "oauth4webapi";
import { Issuer } from "openid-client";
import * as oidc from "openid-client-6";
import { newKey, signAssertion, type TestKey, tokenForm } from "@/lib/testing/assertions";
import { makeToken } from "./made-tokens";
import { makePerson } from "./people";
import { makeClient } from "./reference-client";
import { runningServer } from "./server";

const server = () => runningServer().baseUrl;

/** A client whose key is bound, as any program would do it. */
async function registered(name: string, key: TestKey) {
  const client = await makeClient(await makePerson(name), `${name}-rig`);
  const body = JSON.stringify({ token: client.token, publicKey: key.publicKey, version: "3.0", platform: "Any 1" });
  const answer = await post("/api/v1/clients/register", body, { "content-type": "application/json" });
  expect(answer.status).toBe(201);
  return client;
}

const post = (path: string, body: RequestInit["body"], headers: Record<string, string> = {}, more: object = {}) =>
  fetch(`${server()}${path}`, { method: "POST", body, headers, ...more } as RequestInit);

const ask = (form: Record<string, string>) => post("/oauth/token", new URLSearchParams(form));

const sign = (key: TestKey, id: string, changes: Parameters<typeof signAssertion>[2] = {}) =>
  signAssertion(key, id, { ...changes, claims: { aud: server(), ...changes.claims } });

for (const alg of ["Ed25519", "ES256"] as const)
  test(`oauth4webapi, as it is, with ${alg}: discovery, token, its check as RFC 9068 has it, introspection, revocation`, async () => {
    const key = await newKey(alg);
    const { id } = await registered(`owen-${alg.toLowerCase()}`, key);
    const http = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(server());
    const found = await oauth.discoveryRequest(issuer, { ...http, algorithm: "oauth2" });
    const as = await oauth.processDiscoveryResponse(issuer, found);
    expect(as.issuer).toBe(server());
    const client = { client_id: id };
    const auth = oauth.PrivateKeyJwt(key.privateKey);
    const asked = await oauth.clientCredentialsGrantRequest(as, client, auth, {}, http);
    const granted = await oauth.processClientCredentialsResponse(as, client, asked);
    expect(granted).toMatchObject({ token_type: "bearer", expires_in: 600 });

    const bearer = { headers: { authorization: `Bearer ${granted.access_token}` } };
    const claims = await oauth.validateJwtAccessToken(as, new Request(server(), bearer), server(), http);
    expect(claims).toMatchObject({ client_id: id, sub: id });

    const introspect = async () => {
      const answer = await oauth.introspectionRequest(as, client, auth, granted.access_token, http);
      return oauth.processIntrospectionResponse(as, client, answer);
    };
    expect(await introspect()).toMatchObject({ active: true, client_id: id });
    const revoked = await oauth.revocationRequest(as, client, auth, granted.access_token, http);
    await oauth.processRevocationResponse(revoked);
    expect(await introspect()).toEqual({ active: false });

    const stranger = oauth.PrivateKeyJwt((await newKey(alg)).privateKey);
    const refused = await oauth.clientCredentialsGrantRequest(as, client, stranger, {}, http);
    await expect(oauth.processClientCredentialsResponse(as, client, refused)).rejects.toMatchObject({
      error: "invalid_client",
      status: 401,
      cause: { type: "urn:gatehouse:problem:unknown-key" },
    });
  });

test("a service asks by an access token, as libraries send it: as a bearer, and as the secret of a client", async ({
  page,
}) => {
  const key = await newKey();
  const { id } = await registered("serena", key);
  const service = await makeToken(page, "ada");
  const http = { [oauth.allowInsecureRequests]: true };
  const found = await oauth.discoveryRequest(new URL(server()), { ...http, algorithm: "oauth2" });
  const as = await oauth.processDiscoveryResponse(new URL(server()), found);
  const client = { client_id: id };
  const asked = await oauth.clientCredentialsGrantRequest(as, client, oauth.PrivateKeyJwt(key.privateKey), {}, http);
  const { access_token: token } = await oauth.processClientCredentialsResponse(as, client, asked);

  const shop = { client_id: "shop" };
  const basic = await oauth.introspectionRequest(as, shop, oauth.ClientSecretBasic(service), token, http);
  const told = await oauth.processIntrospectionResponse(as, shop, basic);
  expect(told).toMatchObject({
    active: true,
    sub: id,
    subject_type: "client",
    username: expect.stringMatching(/^serena/),
  });
  const bearer = await post("/oauth/introspect", new URLSearchParams({ token }), {
    authorization: `Bearer ${service}`,
  });
  expect(await bearer.json()).toEqual(told);
  const wrong = await oauth.introspectionRequest(as, shop, oauth.ClientSecretBasic(`${service}x`), token, http);
  expect([wrong.status, wrong.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="gatehouse"']);
});

for (const alg of ["Ed25519", "ES256"] as const)
  test(`openid-client 6, as it is, with ${alg}: discovery by the address of the metadata, token, introspection, revocation`, async () => {
    const key = await newKey(alg);
    const { id } = await registered(`olga-${alg.toLowerCase()}`, key);
    const metadata = new URL(`${server()}/.well-known/oauth-authorization-server`);
    const discover = (privateKey = key.privateKey) =>
      oidc.discovery(metadata, id, undefined, oidc.PrivateKeyJwt(privateKey), {
        algorithm: "oauth2",
        execute: [oidc.allowInsecureRequests],
      });
    const config = await discover();
    expect(config.serverMetadata().issuer).toBe(server());
    const granted = await oidc.clientCredentialsGrant(config);
    expect(granted).toMatchObject({ token_type: "bearer", expires_in: 600 });
    const token = granted.access_token;
    expect(await oidc.tokenIntrospection(config, token)).toMatchObject({ active: true, client_id: id, sub: id });
    await oidc.tokenRevocation(config, token);
    expect(await oidc.tokenIntrospection(config, token)).toEqual({ active: false });
    const stranger = await discover((await newKey(alg)).privateKey);
    await expect(oidc.clientCredentialsGrant(stranger)).rejects.toMatchObject({ error: "invalid_client", status: 401 });
  });

test("openid-client 5, as it is, finds the server and gets a token", async () => {
  const key = await newKey("ES256");
  const { id } = await registered("opal", key);
  const issuer = await Issuer.discover(`${server()}/.well-known/oauth-authorization-server`);
  const jwks = { keys: [{ ...(await exportJWK(key.privateKey)), alg: "ES256" }] } as never;
  const client = new issuer.Client(
    { client_id: id, token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "ES256" },
    jwks,
  );
  const granted = await client.grant({ grant_type: "client_credentials" });
  expect(granted.token_type).toBe("Bearer");
  const token = String(granted.access_token);
  expect(await client.introspect(token)).toMatchObject({ active: true, client_id: id });
  await client.revoke(token);
  expect(await client.introspect(token)).toEqual({ active: false });
  const clientAssertionPayload = { aud: [server(), `${server()}/oauth/token`] };
  await expect(client.grant({ grant_type: "client_credentials" }, { clientAssertionPayload })).rejects.toMatchObject({
    error: "invalid_client",
    error_description: expect.stringContaining("check aud"),
  });
});

test("a refusal is an error of OAuth, with a cause by which a program can act", async () => {
  const key = await newKey();
  const { id } = await registered("rhea", key);
  const form = tokenForm(await sign(key, id));
  expect((await ask(form)).status).toBe(200);
  const hour = new Date(Date.now() - 3_600_000);
  const tries: [Record<string, string>, number, string, string][] = [
    [form, 401, "invalid_client", "assertion-replayed"],
    [tokenForm(await sign(await newKey(), id)), 401, "invalid_client", "unknown-key"],
    [tokenForm(await sign(key, id, { now: hour })), 401, "invalid_client", "clock-off"],
    [
      tokenForm(await sign(key, id, { claims: { aud: `${server()}/oauth/token` } })),
      401,
      "invalid_client",
      "wrong-audience",
    ],
    [{ grant_type: "password" }, 400, "unsupported_grant_type", "unsupported-grant-type"],
    [{}, 400, "invalid_request", "invalid-request"],
  ];
  for (const [tried, status, error, problem] of tries) {
    const answer = await ask(tried);
    expect([problem, answer.status, answer.headers.get("cache-control")]).toEqual([problem, status, "no-store"]);
    expect(answer.headers.get("content-type")).toBe("application/json");
    const body = await answer.json();
    expect(body).toMatchObject({ error, status, type: `urn:gatehouse:problem:${problem}` });
    expect(body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect((await post("/oauth/token", "{}", { "content-type": "application/json" })).status).toBe(415);
  expect((await fetch(`${server()}/oauth/token`)).status).toBe(405);
});

test("bodies that come in pieces are read, and bounded as they come", async () => {
  const key = await newKey();
  const { id } = await registered("cher", key);
  const pieces = (text: string, count = 1) =>
    new ReadableStream({
      start(controller) {
        for (const piece of text.match(/.{1,40}/gs) ?? [])
          controller.enqueue(new TextEncoder().encode(piece.repeat(count)));
        controller.close();
      },
    });
  const form = new URLSearchParams(tokenForm(await sign(key, id))).toString();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await post("/oauth/token", pieces(form), type, { duplex: "half" });
  expect(answer.status).toBe(200);
  const { access_token: token } = await answer.json();
  const beat = JSON.stringify({ version: "3.0", platform: "Any 1" });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const directives = await post("/api/v1/clients/heartbeat", pieces(beat), headers, { duplex: "half" });
  expect(await directives.json()).toEqual({
    clientId: id,
    name: "cher-rig",
    state: "active",
    interval: 60,
    serverTime: expect.stringMatching(/^\d{4}-/),
  });
  for (const [path, more] of [
    ["/oauth/token", type],
    ["/api/v1/clients/heartbeat", headers],
  ] as const) {
    const large = await post(path, pieces("x".repeat(4_000), 100), more, { duplex: "half" });
    expect([path, large.status]).toEqual([path, 413]);
  }
});

test("a heartbeat without a token of its own says so, and a cookie opens nothing", async () => {
  const body = JSON.stringify({ version: "3.0", platform: "Any 1" });
  const unasked = 'Bearer realm="gatehouse"';
  const refused = `${unasked}, error="invalid_token"`;
  for (const [authorization, challenge] of [
    ["", unasked],
    ["Bearer x", refused],
    ["Bearer %", unasked],
    ["Basic eDp5", unasked],
  ] as const) {
    const headers = { "content-type": "application/json", cookie: "next-auth.session-token=x", authorization };
    const answer = await post("/api/v1/clients/heartbeat", body, headers);
    expect([authorization, answer.status]).toEqual([authorization, 401]);
    expect([authorization, answer.headers.get("www-authenticate")]).toEqual([authorization, challenge]);
  }
});

test("the keys are public, may be kept for a while, and hold nothing secret", async () => {
  const answer = await fetch(`${server()}/.well-known/jwks.json`);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=600");
  const { keys } = await answer.json();
  for (const one of keys) expect(Object.keys(one).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
  expect(keys.length).toBeGreaterThan(0);
});
