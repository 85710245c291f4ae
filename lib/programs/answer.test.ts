import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Tx } from "@/db/client";
import { allowedAt } from "@/lib/connections/methods";
import { pathOf } from "@/lib/http/target";
import { answerPrograms } from "@/lib/programs/answer";
import { programRoutes } from "@/lib/programs/routes";
import { rolledBack } from "@/lib/testing/database";
import { takeForOwn } from "@/lib/testing/process-database";

/** Addresses of other routes are answered with 418. */
async function start(tx: Tx): Promise<string> {
  takeForOwn(tx);
  const server = createServer((request, response) => {
    const path = pathOf(request.url) ?? "";
    if (!answerPrograms(request, response, path, allowedAt(path))) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const addresses = [
  "/api/v1/clients/heartbeat",
  "/api/v1/clients/register",
  "/api/v1/openapi.json",
  "/api/v1/users",
  "/oauth/token",
  "/oauth/introspect",
  "/oauth/revoke",
  "/.well-known/oauth-authorization-server",
  "/.well-known/jwks.json",
  "/oauth/authorize",
];

test("every address of programs is answered here, and is one of those whose methods are known", () => {
  const first = addresses.map((address) => programRoutes.findIndex(({ path }) => path.test(address)));
  expect(first.toSorted((a, b) => a - b)).toEqual(programRoutes.map((_, at) => at));
  for (const address of addresses) expect(allowedAt(address)).not.toBe(allowedAt("/some/page"));
});

test("programs are answered without their cookies, with a reference and the headers of every answer", async () => {
  await rolledBack(async (tx) => {
    const base = await start(tx);
    const cookie = "gatehouse=some-session";
    const me = await fetch(`${base}/api/v1/me`, { headers: { cookie } });
    expect(me.status).toBe(401);
    expect(me.headers.get("www-authenticate")).toBe('Bearer realm="gatehouse"');
    const wrong = await fetch(`${base}/api/v1/me`, { headers: { authorization: "Bearer wrong" } });
    expect(wrong.headers.get("www-authenticate")).toBe('Bearer realm="gatehouse", error="invalid_token"');
    expect(me.headers.get("content-type")).toBe("application/problem+json");
    expect(me.headers.get("cache-control")).toBe("no-store");
    expect(me.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(me.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);

    const keys = await fetch(`${base}/.well-known/jwks.json`);
    expect([keys.status, keys.headers.get("cache-control")]).toEqual([200, "public, max-age=600"]);
    expect(await keys.json()).toEqual({ keys: expect.any(Array) });
  });
});

test("HEAD has the headers of GET and no body, OPTIONS what is allowed; a body is compressed for who asks", async () => {
  await rolledBack(async (tx) => {
    const base = await start(tx);
    const address = `${base}/api/v1/openapi.json`;
    const plain = await fetch(address, { headers: { "accept-encoding": "identity" } });
    const text = await plain.text();
    expect([plain.headers.get("content-encoding"), plain.headers.get("vary")]).toEqual([null, "Accept-Encoding"]);

    const head = await fetch(address, { method: "HEAD", headers: { "accept-encoding": "identity" } });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      String(Buffer.byteLength(text)),
      "",
    ]);
    const options = await fetch(address, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);

    const allowed = async (path: string) =>
      (await fetch(`${base}/api/v1${path}`, { method: "OPTIONS" })).headers.get("allow");
    expect(await allowed("/me")).toBe("GET, HEAD, OPTIONS");
    expect(await allowed("/groups")).toBe("GET, HEAD, POST, OPTIONS");
    expect(await allowed("/clients/heartbeat")).toBe("POST, OPTIONS");
    expect(await allowed("/nothing")).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");

    const zipped = await fetch(address, { headers: { "accept-encoding": "gzip" } });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(await zipped.text()).toBe(text);

    const encodingFor = async (accepted: string) => {
      const answer = await fetch(address, { headers: { "accept-encoding": accepted } });
      expect(await answer.text()).toBe(text);
      return answer.headers.get("content-encoding");
    };
    for (const refused of ["gzip;q=0", "gzip; q=0.0, identity", "br, deflate", "*;q=0, identity"])
      expect([refused, await encodingFor(refused)]).toEqual([refused, null]);
    for (const taken of ["GZIP", "br;q=1.0, gzip;q=0.8", "deflate,gzip;q=0.001"])
      expect([taken, await encodingFor(taken)]).toEqual([taken, "gzip"]);
  });
});

test("what is too long or malformed is refused, and what is no address of theirs is left to Next", async () => {
  await rolledBack(async (tx) => {
    const base = await start(tx);
    const post = (path: string, body: string, type = "application/json") =>
      fetch(base + path, { method: "POST", body, headers: { "content-type": type } });
    const long = await post("/api/v1/clients/heartbeat", "x".repeat(1_048_577));
    expect([long.status, (await long.json()).type]).toEqual([413, "urn:gatehouse:problem:body-too-large"]);
    const twice = await post("/api/v1/clients/register", '{"token":"a","token":"b","more":1}');
    expect([twice.status, (await twice.json()).errors]).toEqual([
      400,
      [{ pointer: "/token", detail: "This field appears twice." }],
    ]);
    const unknown = await post("/api/v1/clients/register", '{"more":1}');
    expect((await unknown.json()).errors).toContainEqual({ pointer: "/more", detail: "Unknown field." });
    const malformed = await fetch(`${base}/api/v1/users/%zz`);
    expect([malformed.status, (await malformed.json()).type]).toEqual([400, "urn:gatehouse:problem:malformed-address"]);
    expect((await fetch(`${base}/api/v1/users/%00`)).status).toBe(400);
    for (const query of ["%zz", "%", "%00", "%ff", "%ed%a0%80", "%c0%af"]) {
      const refused = await fetch(`${base}/api/v1/users?q=${query}`);
      expect([query, refused.status, (await refused.json()).type]).toEqual([
        query,
        400,
        "urn:gatehouse:problem:malformed-address",
      ]);
    }
    expect((await fetch(`${base}/api/v1/users?q=%25+%C3%A9&x=%E2%82%AC`)).status).toBe(401);
    for (const coding of ["gzip", "br", "identity, gzip"]) {
      const headers = { "content-type": "application/json", "content-encoding": coding };
      const coded = await fetch(`${base}/api/v1/clients/register`, { method: "POST", body: "{}", headers });
      expect([coding, coded.status, coded.headers.get("accept-encoding")]).toEqual([coding, 415, "identity"]);
      expect((await coded.json()).type).toBe("urn:gatehouse:problem:content-encoding-unknown");
    }
    const identity = { "content-type": "application/json", "content-encoding": "Identity" };
    const plain = await fetch(`${base}/api/v1/clients/register`, { method: "POST", body: "{}", headers: identity });
    expect(plain.status).toBe(400);
    const form = await post("/oauth/token", "{}");
    expect([form.status, (await form.json()).error]).toEqual([415, "invalid_request"]);
    for (const path of ["/api/v1", "/api/v1/", "/api/v1/users/", "/api/v1//users", "/oauth", "/oauth/more"]) {
      const nothing = await fetch(base + path);
      expect([path, nothing.status]).toEqual([path, 404]);
      expect((await nothing.json()).detail).toBe("There is nothing at this address.");
    }
    expect((await fetch(`${base}/users`)).status).toBe(418);
  });
});
