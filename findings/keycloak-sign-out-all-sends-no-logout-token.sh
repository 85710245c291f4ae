#!/usr/bin/env bash
# Keycloak 26.7.3 (Maven Central, org.keycloak:keycloak-quarkus-dist). Needs Java 17, Maven, Node 20 or later; fetches about 170 MB.
#
# Good guess: a client with a back-channel logout URL gets a logout token (OpenID Connect Back-Channel Logout 1.0) whenever an
# administrator ends sessions, and "Sign out all active sessions" of the realm is that for everybody.
# Behaviour: "Sign out" of a session and "Logout all sessions" of a person send one. "Sign out all active sessions" of the realm
# (POST /logout-all) ends every session at Keycloak, answers with 2xx, and sends none: each application keeps its people signed in.
# Setting a password anew sends none either, and leaves the session and its refresh token usable.
# Output seen: see the table that is printed; "realm" is: 0 logout tokens, 0 sessions left at Keycloak, refresh refused.
# Cure: end sessions in the applications as well, or sign out each person (POST /users/{id}/logout), which does send a token.
set -euo pipefail
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill -- "-$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack \
  -Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip -DoutputDirectory="$folder"
port=$(node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
export KC_BOOTSTRAP_ADMIN_USERNAME=keeper KC_BOOTSTRAP_ADMIN_PASSWORD=correct-horse
setsid sh keycloak-26.7.3/bin/kc.sh start-dev --http-host=127.0.0.1 --http-port="$port" --cache=local </dev/null >keycloak.log 2>&1 &
server=$!
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const origin = `http://127.0.0.1:${process.argv[2]}`;
const form = (path, values) => fetch(`${origin}${path}`, { method: "POST", body: new URLSearchParams(values) }).then((answer) => answer.json());

let told = 0;
const door = createServer((request, response) => {
  told += 1;
  request.resume().on("end", () => response.writeHead(200).end());
});
await new Promise((listening) => door.listen(0, "127.0.0.1", listening));

for (let waited = 0; ; waited += 1) {
  const up = await fetch(`${origin}/realms/master`).then((answer) => answer.ok, () => false);
  if (up) break;
  if (waited > 90) throw new Error("Keycloak did not start");
  await sleep(2_000);
}
const { access_token: token } = await form("/realms/master/protocol/openid-connect/token", {
  grant_type: "password", client_id: "admin-cli", username: "keeper", password: "correct-horse",
});
async function ask(method, path, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${origin}/admin/realms${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer;
}

await ask("POST", "", { realm: "shop", enabled: true, sslRequired: "none" });
await ask("POST", "/shop/clients", {
  clientId: "app", secret: "secret-of-app", publicClient: false, directAccessGrantsEnabled: true, frontchannelLogout: false,
  attributes: { "backchannel.logout.url": `http://127.0.0.1:${door.address().port}/`, "backchannel.logout.session.required": "true" },
});
const client = { client_id: "app", client_secret: "secret-of-app" };

let count = 0;
async function signedIn() {
  const username = `person-${(count += 1)}`;
  const person = { username, email: `${username}@shop.example`, firstName: "Per", lastName: "Son", emailVerified: true, enabled: true };
  const credentials = [{ type: "password", value: "battery staple", temporary: false }];
  const made = await ask("POST", "/shop/users", { ...person, credentials });
  const id = made.headers.get("location").split("/").at(-1);
  const tokens = await form("/realms/shop/protocol/openid-connect/token", {
    ...client, grant_type: "password", username, password: "battery staple", scope: "openid",
  });
  const { sid } = JSON.parse(Buffer.from(tokens.id_token.split(".")[1], "base64url"));
  return { id, sid, refreshToken: tokens.refresh_token };
}

const acts = {
  session: ({ sid }) => ask("DELETE", `/shop/sessions/${sid}`),
  person: ({ id }) => ask("POST", `/shop/users/${id}/logout`),
  realm: () => ask("POST", "/shop/logout-all"),
  password: ({ id }) => ask("PUT", `/shop/users/${id}/reset-password`, { type: "password", value: "another staple", temporary: false }),
};
const seen = {};
for (const [name, act] of Object.entries(acts)) {
  const person = await signedIn();
  told = 0;
  await act(person);
  await sleep(1_000);
  const left = (await (await ask("GET", `/shop/users/${person.id}/sessions`)).json()).length;
  const refreshed = await form("/realms/shop/protocol/openid-connect/token", {
    ...client, grant_type: "refresh_token", refresh_token: person.refreshToken,
  });
  seen[name] = { "logout tokens": told, "sessions left": left, refresh: refreshed.error ?? "accepted" };
}
console.table(seen);
door.close();

const ended = { "sessions left": 0, refresh: "invalid_grant" };
assert.deepEqual(seen, {
  session: { "logout tokens": 1, ...ended },
  person: { "logout tokens": 1, ...ended },
  realm: { "logout tokens": 0, ...ended },
  password: { "logout tokens": 0, "sessions left": 1, refresh: "accepted" },
});
console.log("As described.");
JS
node run.mjs "$port"
