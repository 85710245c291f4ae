#!/usr/bin/env bash
# Keycloak 26.7.3 (Maven Central, org.keycloak:keycloak-quarkus-dist) and oauth4webapi 3.8.8. Needs Java 17, Maven, Node 20 or later; fetches about 170 MB.
#
# Good guess: with the client's setting "Use "at+jwt" as access token header type", Keycloak's access tokens follow RFC 9068, so a
# resource server that validates by that RFC takes them.
# Behaviour: the setting changes the header only. A token of a person carries `azp` and no `client_id`, which RFC 9068 section 2.2
# requires, and oauth4webapi's validateJwtAccessToken refuses it. A token that the same client gets for itself (client
# credentials) carries `client_id` and is taken: tests with a service account pass, and the first person is turned away.
# Output seen: "person: at+jwt, azp app, no client_id: refused" and "service account: at+jwt, client_id app: accepted".
# Cure: a mapper of the type "Hardcoded claim" on the client that puts `client_id` into its access tokens: then the person's is taken too.
set -euo pipefail
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill -- "-$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund oauth4webapi@3.8.8 >/dev/null
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack \
  -Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip -DoutputDirectory="$folder"
port=$(node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
export KC_BOOTSTRAP_ADMIN_USERNAME=keeper KC_BOOTSTRAP_ADMIN_PASSWORD=correct-horse
setsid sh keycloak-26.7.3/bin/kc.sh start-dev --http-host=127.0.0.1 --http-port="$port" --cache=local </dev/null >keycloak.log 2>&1 &
server=$!
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as oauth from "oauth4webapi";

const origin = `http://127.0.0.1:${process.argv[2]}`;
const form = (path, values) => fetch(`${origin}${path}`, { method: "POST", body: new URLSearchParams(values) }).then((answer) => answer.json());

for (let waited = 0; ; waited += 1) {
  const up = await fetch(`${origin}/realms/master`).then((answer) => answer.ok, () => false);
  if (up) break;
  if (waited > 90) throw new Error("Keycloak did not start");
  await sleep(2_000);
}
const { access_token: admin } = await form("/realms/master/protocol/openid-connect/token", {
  grant_type: "password", client_id: "admin-cli", username: "keeper", password: "correct-horse",
});
async function create(path, body) {
  const headers = { authorization: `Bearer ${admin}`, "content-type": "application/json" };
  const answer = await fetch(`${origin}/admin/realms${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `POST ${path}: ${answer.status}`);
  return answer;
}

await create("", { realm: "shop", enabled: true, sslRequired: "none" });
const audience = { "included.custom.audience": "https://api.shop.example", "access.token.claim": "true" };
const made = await create("/shop/clients", {
  clientId: "app", secret: "secret-of-app", publicClient: false, directAccessGrantsEnabled: true, serviceAccountsEnabled: true,
  attributes: { "access.token.header.type.rfc9068": "true" },
  protocolMappers: [{ name: "audience", protocol: "openid-connect", protocolMapper: "oidc-audience-mapper", config: audience }],
});
const credentials = [{ type: "password", value: "battery staple", temporary: false }];
const person = { username: "person-1", email: "person-1@shop.example", firstName: "Per", lastName: "Son", emailVerified: true, enabled: true };
await create("/shop/users", { ...person, credentials });

const token = "/realms/shop/protocol/openid-connect/token";
const client = { client_id: "app", client_secret: "secret-of-app" };
const signIn = () => form(token, { ...client, grant_type: "password", username: "person-1", password: "battery staple" });
const [ofPerson, ofService] = [await signIn(), await form(token, { ...client, grant_type: "client_credentials" })];
const claim = { "claim.name": "client_id", "claim.value": "app", "jsonType.label": "String", "access.token.claim": "true" };
await create(`/shop/clients/${made.headers.get("location").split("/").at(-1)}/protocol-mappers/models`, {
  name: "client id", protocol: "openid-connect", protocolMapper: "oidc-hardcoded-claim-mapper", config: claim,
});

const insecure = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(`${origin}/realms/shop`);
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
async function validated({ access_token }) {
  const [header, claims] = access_token.split(".").map((part) => Buffer.from(part, "base64url").toString());
  const { typ } = JSON.parse(header);
  const { azp, client_id } = JSON.parse(claims);
  const request = new Request("https://api.shop.example/orders", { headers: { authorization: `Bearer ${access_token}` } });
  const verdict = await oauth.validateJwtAccessToken(server, request, "https://api.shop.example", insecure).then(
    () => "accepted",
    ({ message }) => `refused (${message})`,
  );
  return { typ, azp, client_id, verdict };
}
const seen = { person: await validated(ofPerson), "service account": await validated(ofService), "person, with the mapper": await validated(await signIn()) };
console.table(seen);
assert.deepEqual(seen.person, { typ: "at+jwt", azp: "app", client_id: undefined, verdict: 'refused (JWT "client_id" (client id) claim missing)' });
assert.deepEqual(seen["service account"], { typ: "at+jwt", azp: "app", client_id: "app", verdict: "accepted" });
assert.deepEqual(seen["person, with the mapper"], seen["service account"]);
console.log("As described.");
JS
node run.mjs "$port"
