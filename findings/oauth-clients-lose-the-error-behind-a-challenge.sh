#!/usr/bin/env bash
# oauth4webapi 3.8.8 and openid-client 6.9.0, beside openid-client 5.7.1, simple-oauth2 5.1.0, @badgateway/oauth2-client 3.3.1 and arctic 3.7.0. Needs Node 20 or later. Takes 20 seconds.
#
# Good guess: a token endpoint that answers 401 with `{"error":"invalid_client","error_description":"..."}` reaches the program as `invalid_client` and that sentence.
# RFC 6749, 5.2, asks for a `WWW-Authenticate` header beside it when the client signed in by the header `Authorization`.
# Behaviour: with that header, oauth4webapi and openid-client 6 throw `WWWAuthenticateChallengeError`, which has neither the error nor the sentence: `error` and
# `error_description` are undefined and the code is OAUTH_WWW_AUTHENTICATE_CHALLENGE, whatever the body says. Without the header the same answer is a `ResponseBodyError` with both.
# openid-client 5, the version before, gives both in either case, so that an upgrade to 6 loses them; so do @badgateway/oauth2-client and arctic, and simple-oauth2 in `data.payload`.
# A handler for `error === "invalid_client"` is therefore never reached on the servers that follow the RFC most closely.
# Output seen: the table that is printed.
# Cure: catch `WWWAuthenticateChallengeError` too, and read its `response`, whose body is not used up. A server that wants its sentence read leaves the header out where the client did not
# sign in by `Authorization`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund oauth4webapi@3.8.8 openid-client@6.9.0 openid-client-5@npm:openid-client@5.7.1 simple-oauth2@5.1.0 @badgateway/oauth2-client@3.3.1 arctic@3.7.0 >/dev/null
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import * as arctic from "arctic";
import { OAuth2Client } from "@badgateway/oauth2-client";
import * as oauth from "oauth4webapi";
import * as six from "openid-client";

const require = createRequire(import.meta.url);
const { Issuer } = require("openid-client-5");
const { ClientCredentials } = require("simple-oauth2");

const said = { error: "invalid_client", error_description: "The secret of this client has ended." };
const server = createServer((request, response) => {
  const challenge = request.url === "/challenge" ? { "www-authenticate": 'Basic realm="tokens"' } : {};
  response.writeHead(401, { "content-type": "application/json", "cache-control": "no-store", ...challenge });
  response.end(JSON.stringify(said));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${server.address().port}`;
const [id, secret] = ["client", "secret"];

const asks = {
  "oauth4webapi 3.8.8": async (token_endpoint) => {
    const as = { issuer: base, token_endpoint };
    const options = { [oauth.allowInsecureRequests]: true };
    const answer = await oauth.clientCredentialsGrantRequest(as, { client_id: id }, oauth.ClientSecretBasic(secret), {}, options);
    return oauth.processClientCredentialsResponse(as, { client_id: id }, answer);
  },
  "openid-client 6.9.0": async (token_endpoint) => {
    const config = new six.Configuration({ issuer: base, token_endpoint }, id, {}, six.ClientSecretBasic(secret));
    six.allowInsecureRequests(config);
    return six.clientCredentialsGrant(config);
  },
  "openid-client 5.7.1": async (token_endpoint) => {
    const issuer = new Issuer({ issuer: base, token_endpoint });
    return new issuer.Client({ client_id: id, client_secret: secret }).grant({ grant_type: "client_credentials" });
  },
  "simple-oauth2 5.1.0": async (token_endpoint) => {
    const { pathname } = new URL(token_endpoint);
    return new ClientCredentials({ client: { id, secret }, auth: { tokenHost: base, tokenPath: pathname } }).getToken({});
  },
  "@badgateway/oauth2-client 3.3.1": async (tokenEndpoint) =>
    new OAuth2Client({ server: base, clientId: id, clientSecret: secret, tokenEndpoint }).clientCredentials(),
  "arctic 3.7.0": async (tokenEndpoint) =>
    new arctic.OAuth2Client(id, secret, null).validateAuthorizationCode(tokenEndpoint, "code", null),
};

/** What a program finds in the error: the code of OAuth, and whether the sentence is there. */
const found = (error) => {
  const body = error.data?.payload ?? error;
  const code = [body.error, body.oauth2Code, body.code].find((one) => typeof one === "string") ?? "none";
  const sentence = [body.error_description, body.description, body.message].some((one) => `${one}`.includes(said.error_description));
  return { name: error.constructor.name, code, sentence };
};

const rows = [];
for (const [library, ask] of Object.entries(asks))
  for (const path of ["/plain", "/challenge"]) {
    const error = await ask(base + path).then(() => assert.fail("accepted"), (error) => error);
    rows.push({ library, header: path === "/challenge", ...found(error) });
    if (error.name === "WWWAuthenticateChallengeError" || error.constructor.name === "WWWAuthenticateChallengeError")
      assert.deepEqual(await error.response.json(), said);
  }
server.close();
console.table(rows);
for (const { library, header, code, sentence } of rows) {
  const lost = header && /^(oauth4webapi|openid-client 6)/.test(library);
  assert.equal(sentence, !lost, `${library} ${header}`);
  assert.equal(code, lost ? "OAUTH_WWW_AUTHENTICATE_CHALLENGE" : "invalid_client", `${library} ${header}`);
}
console.log("As described.");
JS
node run.mjs
