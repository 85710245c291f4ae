import { readFileSync } from "node:fs";
import { type APIResponse, expect, test } from "@playwright/test";
import { hiddenFields } from "../cli/sign-in-form";
import { askPlainly } from "./plain-request";
import { requestsOf } from "./requests";
import { logFile } from "./server";

const register = "/api/v1/clients/register";
const own = (baseURL: string | undefined) => ({ origin: new URL(baseURL ?? "").origin });

test("malformed addresses are refused, signed in or not", async ({ request, browser }) => {
  for (const asked of [request, await requestsOf(browser, "ada")])
    for (const path of [
      "/admin/users/%ff",
      "/%c0%ae%c0%ae",
      "/admin/users/a%00b",
      "/admin/users/%00",
      "/%",
      "/%E0%A4%A",
    ]) {
      const answer = await asked.get(path, { maxRedirects: 0 });
      expect([path, answer.status()]).toEqual([path, 400]);
    }
});

test("an address that others read in different ways is refused, and its line in the log holds no secret", async ({
  baseURL,
}) => {
  const secret = "S".repeat(43);
  const from = readFileSync(logFile, "utf8").length;
  const written = () => readFileSync(logFile, "utf8").slice(from);
  // The announced body never comes, so no other request may follow on this connection.
  const headers = { ...own(baseURL), "content-length": "5000000", connection: "close" };
  for (const address of ["/x/../account/picture", "/account/./picture", "/account/%2e/picture", "/account/picture#a"])
    expect([address, (await askPlainly({ method: "POST", address, headers })).status]).toEqual([address, 400]);
  expect((await askPlainly({ method: "POST", address: "/%61ccount/picture", headers })).status).toBe(401);
  for (const [address, status] of [
    [`/x/../invite/${secret}`, 400],
    [`/invite\\${secret}`, 400],
    [`//invite/${secret}`, 308],
    [`/%69nvite/${secret}`, 404],
    [`${baseURL}/invite/${secret}`, 404],
    ["/_next/static/../../account/data", 400],
  ] as const)
    expect([address, (await askPlainly({ method: "GET", address, headers: {} })).status]).toEqual([address, status]);
  await expect.poll(written).toContain("/_next/static/../../account/data");
  expect(written()).toContain("/invite/…");
  expect(written()).not.toContain(secret);
});

test("strange ids and queries are answered, never by a fault", async ({ browser }) => {
  const ada = await requestsOf(browser, "ada");
  const wide = "9".repeat(3000);
  for (const id of [
    "1",
    "null",
    "..%2f..%2fetc",
    "%F0%9F%92%A9",
    "'%20or%201=1--",
    "00000000-0000-0000-0000-000000000000",
    wide,
  ])
    for (const tab of ["", "/clients", "/access", "/owned", "/sessions", "/activity"]) {
      const answer = await ada.get(`/admin/users/${id}${tab}`, { maxRedirects: 0 });
      expect([id.slice(0, 40), tab, answer.status()]).toEqual([id.slice(0, 40), tab, 404]);
    }
  for (const query of [
    "q=%00",
    "q=%ff",
    "q=%ED%A0%80",
    `q=${wide}`,
    "sort=constructor",
    "sort=id;drop%20table%20users",
    "after=%00&before=x",
    "after=e30",
    "status=__proto__&role=x&manager='&dormant=-1&dormant=1e9",
    "view=nothing&q=a&q=b",
  ])
    for (const path of ["/admin/users", "/admin/audit", "/admin"]) {
      const answer = await ada.get(`${path}?${query}`, { maxRedirects: 0 });
      expect([path, query.slice(0, 40), answer.status()]).toEqual([path, query.slice(0, 40), 200]);
    }
});

/** The status of what is posted in pieces, without its length. */
async function statusInPieces(address: string, headers: Record<string, string>, data: BlobPart) {
  const body = new Blob([data]).stream();
  const answer = await fetch(address, { method: "POST", headers, body, duplex: "half" } as RequestInit);
  return answer.status;
}

test("bodies that are too large are refused, with a length and without one", async ({ request, baseURL }) => {
  const data = Buffer.alloc(2 * 1024 * 1024, "a");
  const headers = { ...own(baseURL), "content-type": "application/json" };
  for (const path of ["/sign-in", "/admin/users", register]) {
    expect([path, (await request.post(path, { data, headers })).status()]).toEqual([path, 413]);
  }
  // Interfaces for programs take a body without a length, and it is counted as it comes.
  for (const [path, sent, status] of [
    ["/sign-in", "{}", 411],
    [register, data, 413],
  ] as const) {
    expect([path, await statusInPieces(`${baseURL}${path}`, headers, sent)]).toEqual([path, status]);
  }
});

test("what the outer wall refuses is a problem for programs, and a sentence for people (P3)", async ({
  request,
  baseURL,
}) => {
  const large = { data: Buffer.alloc(2 * 1024 * 1024, "a"), headers: own(baseURL) };
  const body = new Blob(["{}"]).stream();
  const unmeasured = { method: "POST", body, duplex: "half" } as RequestInit;
  const endless = await fetch(`${baseURL}/api/auth/callback/credentials`, unmeasured);
  const told: [string, { status: number; type: string | null; body: unknown }][] = [
    ["malformed-address", await problemIn(await request.get("/api/v1/%ff"))],
    ["unknown-method", await problemIn(await request.get(register))],
    ["foreign-address", await problemIn(await request.get("/api/health/live?callbackUrl=//evil.example"))],
    ["body-too-large", await problemIn(await request.post(register, large))],
    [
      "length-required",
      { status: endless.status, type: endless.headers.get("content-type"), body: await endless.json() },
    ],
  ];
  for (const [kind, { status, type, body: problem }] of told) {
    expect([kind, type]).toEqual([kind, "application/problem+json"]);
    expect(problem).toEqual({
      type: `urn:gatehouse:problem:${kind}`,
      title: "Invalid request",
      status,
      detail: expect.stringMatching(/^This .+\.$/),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  }
  const person = await request.get("/admin/%ff");
  expect([person.status(), person.headers()["content-type"]]).toEqual([400, "text/plain; charset=utf-8"]);
});

const problemIn = async (answer: APIResponse) => ({
  status: answer.status(),
  type: answer.headers()["content-type"] ?? null,
  body: await answer.json(),
});

test("a change that comes from elsewhere is refused", async ({ browser, baseURL }) => {
  const ada = await requestsOf(browser, "ada");
  const paths = ["/admin/users", "/admin/users/new", "/admin/users/x.png", "/account", "/sign-in", "/api/auth/signout"];
  const { host } = new URL(baseURL ?? "");
  for (const headers of [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "%" },
    { origin: `http://${host}.evil.example` },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ] as Record<string, string>[])
    for (const path of paths) {
      const answer = await ada.post(path, { form: { a: "b" }, headers, maxRedirects: 0 });
      expect([path, headers, answer.status()]).toEqual([path, headers, 403]);
    }
});

test("a forwarded host that is not ours changes nothing about a form of ours", async ({ request, baseURL }) => {
  const answer = await request.post("/sign-in", {
    multipart: { ...(await hiddenFields(baseURL ?? "")), name: "nobody.there", password: "x" },
    headers: { ...own(baseURL), "x-forwarded-host": "evil.example" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain("User name or password is wrong");
});

test("no address of ours leads to another site", async ({ request, baseURL }) => {
  for (const target of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "javascript:alert(1)",
    "http://%",
    "",
  ])
    for (const path of ["/api/auth/signin", "/sign-in", "/api/auth/callback/credentials", "/admin"])
      for (const query of [
        `callbackUrl=${encodeURIComponent(target)}`,
        `callbackUrl=/a&callbackUrl=${encodeURIComponent(target)}`,
      ]) {
        const answer = await request.get(`${path}?${query}`, { maxRedirects: 0 });
        expect([path, query, answer.status()]).toEqual([path, query, 400]);
      }
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  for (const callbackUrl of ["https://evil.example/x", "http://%", "//evil.example", "/.//evil.example"])
    for (const path of ["/api/auth/signout", "/api/auth/callback/credentials", "/api/auth/signin/credentials"]) {
      const answer = await request.post(path, {
        form: { csrfToken, callbackUrl, username: "nobody", password: "x" },
        headers: own(baseURL),
        maxRedirects: 0,
      });
      expect([path, callbackUrl, answer.status() < 500]).toEqual([path, callbackUrl, true]);
      expect(answer.headers().location ?? "").not.toMatch(/^(https?:)?\/\/(?!localhost[:/])/);
    }
});

test("an Authorization that cannot be read is a refusal and no fault", async ({ request, baseURL }) => {
  for (const authorization of [
    "Bearer %",
    "Bearer %ff",
    "Bearer",
    "Basic !!!",
    "Bearer \u00ff",
    `Bearer ${"a".repeat(8000)}`,
  ]) {
    const headers = { authorization, ...own(baseURL) };
    const answers: [string, APIResponse][] = [
      ["/api/auth/session", await request.get("/api/auth/session", { headers })],
      ["/sign-in", await request.get("/sign-in", { headers })],
      [register, await request.post(register, { headers, data: {} })],
      ["/api/v1/nothing", await request.get("/api/v1/nothing", { headers })],
    ];
    for (const [path, answer] of answers) expect([path, answer.status() < 500]).toEqual([path, true]);
    expect((await request.post(register, { headers, data: {} })).status()).toBe(400);
    expect((await request.get("/admin/users", { headers, maxRedirects: 0 })).status()).toBe(307);
  }
});

test("the interface for clients refuses what is no registration", async ({ request }) => {
  const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
  const post = (data: string | Buffer, type = "application/json") =>
    request.post(register, { data: Buffer.from(data), headers: { "content-type": type } });
  for (const body of [
    deep,
    `{"token":${deep}}`,
    "[".repeat(60_000),
    '{"__proto__":{"token":"x"}}',
    '{"token":"a\\u0000b","publicKey":{},"version":"1","platform":"x"}',
    '{"token":"gh_cli_x","publicKey":{"kty":"OKP"},"version":"\\ud800","platform":"\\u0000"}',
    "",
    "null",
    Buffer.from([0xff, 0xfe, 0x00]),
  ]) {
    const answer = await post(body);
    expect([body.slice(0, 40).toString(), answer.status()]).toEqual([body.slice(0, 40).toString(), 400]);
    expect(answer.headers()["content-type"]).toBe("application/problem+json");
    expect(await answer.text()).not.toMatch(/node_modules|\/lib\/|drizzle|postgres|at \w+ \(/i);
  }
  expect((await post("[".repeat(100_000))).status()).toBe(413);
  expect((await post("{}", "text/plain")).status()).toBe(415);
  expect((await request.get(register)).status()).toBe(405);
});
