#!/usr/bin/env bash
# Spring Security 7.1.2 (Maven Central, spring-security-oauth2-jose) with Nimbus JOSE + JWT 10.9.1. Needs Java 17, Maven, Node 20 or later.
#
# Good guess: a resource server that is given nothing but the issuer (`NimbusJwtDecoder.withIssuerLocation`, Boot's `issuer-uri`) takes the access
# tokens of an authorization server that follows RFC 8414 and RFC 9068; and `validateType(false)`, which the builder offers, is what lets their
# `typ` of `at+jwt` through.
# Behaviour: all of them are refused, "the given typ value needs to be one of [JWT]". `validateType(false)` changes nothing: it has been the
# default since 7.0 and only keeps Nimbus from looking; the validators that the decoder has by default look as well. With `withJwkSetUri` and a
# key of P-256 the sentence is another one, "Another algorithm expected, or no matching key(s) found", because that way takes RS256 alone.
# Output seen: "issuer: refused, typ", "issuer, validateType(false): refused, typ", "keys: refused, algorithm", "issuer, validator for at+jwt: accepted".
# Cure: `decoder.setJwtValidator(JwtValidators.createAtJwtValidator().issuer(...).audience(...).build())`.
set -euo pipefail
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jose@6.2.13 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.springframework.security</groupId><artifactId>spring-security-oauth2-jose</artifactId><version>7.1.2</version></dependency>
    <dependency><groupId>org.springframework.security</groupId><artifactId>spring-security-oauth2-resource-server</artifactId><version>7.1.2</version></dependency>
    <dependency><groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId><version>2.20.1</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies -DoutputDirectory=jars >/dev/null
cat >issuer.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

const { publicKey, privateKey } = await generateKeyPair("ES256");
const key = { ...(await exportJWK(publicKey)), kid: "key-1", alg: "ES256", use: "sig" };
const server = createServer((request, response) => {
  const found = {
    "/.well-known/jwks.json": { keys: [key] },
    "/.well-known/oauth-authorization-server": { issuer, jwks_uri: `${issuer}/.well-known/jwks.json`, response_types_supported: [] },
  }[request.url];
  response.writeHead(found ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(found ?? {}));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const token = await new SignJWT({ client_id: "client-1", jti: "1" })
  .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "key-1" })
  .setIssuer(issuer)
  .setAudience(issuer)
  .setSubject("client-1")
  .setIssuedAt()
  .setExpirationTime("10m")
  .sign(privateKey);
writeFileSync("made.txt", `${issuer}\n${token}\n`);
JS
node issuer.mjs &
server=$!
for _ in $(seq 50); do [ -s made.txt ] && break; sleep 0.2; done
cat >Run.java <<'JAVA'
import java.nio.file.*;
import java.util.*;
import org.springframework.security.oauth2.jwt.*;

public class Run {
  static String ask(JwtDecoder decoder, String token) {
    try {
      decoder.decode(token);
      return "accepted";
    } catch (JwtException error) {
      String said = error.getMessage();
      if (said.contains("typ value needs to be one of [JWT]")) return "refused, typ";
      return said.contains("Another algorithm expected") ? "refused, algorithm" : said;
    }
  }

  public static void main(String[] args) throws Exception {
    List<String> made = Files.readAllLines(Path.of("made.txt"));
    String issuer = made.get(0), token = made.get(1);
    NimbusJwtDecoder validated = NimbusJwtDecoder.withIssuerLocation(issuer).build();
    validated.setJwtValidator(JwtValidators.createAtJwtValidator().issuer(issuer).audience(issuer).build());
    Map<String, String> seen = new LinkedHashMap<>();
    seen.put("issuer", ask(NimbusJwtDecoder.withIssuerLocation(issuer).build(), token));
    seen.put("issuer, validateType(false)", ask(NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build(), token));
    seen.put("keys", ask(NimbusJwtDecoder.withJwkSetUri(issuer + "/.well-known/jwks.json").build(), token));
    seen.put("issuer, validator for at+jwt", ask(validated, token));
    seen.forEach((name, found) -> System.out.println(name + ": " + found));
    List<String> expected = List.of("refused, typ", "refused, typ", "refused, algorithm", "accepted");
    if (!expected.equals(List.copyOf(seen.values()))) throw new AssertionError("the behaviour has changed");
    System.exit(0);
  }
}
JAVA
java -cp 'jars/*' Run.java 2>/dev/null
