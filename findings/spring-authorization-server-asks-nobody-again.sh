#!/usr/bin/env bash
# Spring Authorization Server 7.1.2 (in Spring Security since 7.0), with Spring Boot 4.1.2 and its defaults. Needs Java 17, Maven, Node 20 or later.
#
# Good guess: an OpenID provider that puts `auth_time` into its ID tokens also follows `max_age`, which every provider must (OpenID Connect Core 1.0,
# 3.1.2.1 and 15.1), and `prompt=login`, so a program can have a person confirm who they are.
# Behaviour: both are ignored. A person with a session gets a code at once, without a page, and `auth_time` remains the time of their first sign-in.
# `prompt=none` without a session leads a browser to the login page, and not back with `login_required`. Nothing in the metadata says so (there is no
# `prompt_values_supported`). A program that does not compare `auth_time` with the time at which it asked takes an old sign-in for a new one; one that
# does, such as `maxAge` of openid-client 6, refuses the person each time.
# Output seen: a table whose column "page" is "none, a code at once" wherever there is a session and "login" wherever there is none, and whose `auth_time`
# never changes.
# Cure: the person signs out at the provider first; or a filter of the provider's own before its authorization endpoint ends the session for these parameters.
set -euo pipefail
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>4.1.2</version></parent>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-security-oauth2-authorization-server</artifactId></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=jars >/dev/null
cat >App.java <<'JAVA'
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication(scanBasePackages = "nothing.of.ours")
public class App {
  public static void main(String[] arguments) {
    SpringApplication.run(App.class, arguments);
  }
}
JAVA
cat >application.yml <<'YAML'
server: { port: 0, address: 127.0.0.1 }
spring:
  security:
    user: { name: someone, password: "{noop}example" }
    oauth2.authorizationserver.client.console.registration:
      client-id: console
      client-secret: "{noop}example"
      client-authentication-methods: [client_secret_basic]
      authorization-grant-types: [authorization_code]
      redirect-uris: ["http://127.0.0.1:9/back"]
      scopes: [openid]
YAML
mkdir classes
javac -cp "jars/*" -d classes App.java
java -cp "classes:jars/*" App --spring.config.location=./application.yml >server.log 2>&1 &
server=$!
for _ in $(seq 180); do grep -q "Started App" server.log && break; sleep 1; done
cat >ask.mjs <<'JS'
import assert from "node:assert/strict";

const base = `http://127.0.0.1:${process.argv[2]}`;
const back = "http://127.0.0.1:9/back";
const basic = `Basic ${btoa("console:example")}`;
// The pair of RFC 7636, appendix B.
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const cookies = new Map();

async function visit(address, init = {}) {
  const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
  const answer = await fetch(new URL(address, base), { redirect: "manual", headers: { accept: "text/html", cookie }, ...init });
  for (const line of answer.headers.getSetCookie()) cookies.set(...line.split(";")[0].split("="));
  return answer;
}

const authorize = (asked) =>
  visit(
    `/oauth2/authorize?${new URLSearchParams({ response_type: "code", client_id: "console", redirect_uri: back, scope: "openid", state: "state", code_challenge: challenge, code_challenge_method: "S256", ...asked })}`,
  );

async function authTime(location) {
  const body = new URLSearchParams({ grant_type: "authorization_code", code: location.searchParams.get("code"), redirect_uri: back, code_verifier: verifier });
  const { id_token } = await (await fetch(`${base}/oauth2/token`, { method: "POST", headers: { authorization: basic }, body })).json();
  return JSON.parse(Buffer.from(id_token.split(".")[1], "base64url")).auth_time;
}

const rows = [];
async function ask(asked) {
  const began = Math.floor(Date.now() / 1000);
  const location = new URL((await authorize(asked)).headers.get("location"));
  const page = location.pathname === "/login" ? "login" : location.searchParams.get("error") ?? "none, a code at once";
  const auth_time = location.searchParams.has("code") ? await authTime(location) : null;
  rows.push({ asked: new URLSearchParams(asked).toString(), page, auth_time, "after the request": auth_time === null ? null : auth_time >= began });
}

await ask({});
const form = await (await visit("/login")).text();
const csrf = /name="_csrf"[^>]*value="([^"]*)"/.exec(form)[1];
await visit("/login", { method: "POST", body: new URLSearchParams({ username: "someone", password: "example", _csrf: csrf }) });
await new Promise((later) => setTimeout(later, 2_500));
for (const asked of [{}, { max_age: "0" }, { max_age: "1" }, { prompt: "login" }, { prompt: "none" }]) await ask(asked);
cookies.clear();
await ask({ prompt: "none" });
console.table(rows);
const metadata = await (await fetch(`${base}/.well-known/openid-configuration`)).json();
console.log("prompt_values_supported:", metadata.prompt_values_supported ?? "not stated");
assert.deepEqual(
  rows.map(({ page }) => page),
  ["login", ...Array(5).fill("none, a code at once"), "login"],
);
assert.equal(new Set(rows.slice(1, -1).map(({ auth_time }) => auth_time)).size, 1);
assert.ok(rows.slice(1, -1).every((row) => row["after the request"] === false));
assert.equal(metadata.prompt_values_supported, undefined);
JS
node ask.mjs "$(grep -o "Tomcat started on port [0-9]*" server.log | grep -o "[0-9]*$")"
echo "Seen as described."
