import { request as http } from "node:http";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { makeToken } from "./made-tokens";
import { runningServer } from "./server";

type Sent = { data?: unknown; headers?: Record<string, string> };

const programOf =
  (request: APIRequestContext, token: string) =>
  async (method: string, address: string, { data, headers = {} }: Sent = {}) => {
    const answer = await request.fetch(`/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(data !== undefined && { data }),
    });
    return { status: answer.status(), headers: answer.headers(), body: await answer.json() };
  };

test("programs of an administrator, a lead and an engineer see and do what their owners may (P1, R11)", async ({
  browser,
  request,
}) => {
  const [ada, lee, eve] = await Promise.all(
    ["ada", "lee", "eve"].map(async (username) => {
      const page = await (await browser.newContext()).newPage();
      return programOf(request, await makeToken(page, username));
    }),
  );
  if (!ada || !lee || !eve) throw new Error("Three tokens were wanted");

  const first = await ada("GET", "/users?limit=200&sort=username");
  expect(first.body.items).toHaveLength(200);
  const rest = await ada("GET", `/users?limit=200&sort=username&after=${first.body.next}`);
  expect(rest.body.items).toHaveLength(first.body.total.value - 200);
  expect(rest.body.next).toBeNull();
  const own = await lee("GET", "/users");
  expect(own.body.total.value).toBeLessThan(first.body.total.value);
  const [quinn] = (await ada("GET", "/users?q=quinn")).body.items;
  const [engineer] = (await ada("GET", "/users?q=eve@")).body.items;
  expect((await lee("GET", `/users/${engineer.id}`)).body.username).toBe("eve");
  expect((await lee("GET", `/users/${quinn.id}`)).status).toBe(404);
  expect([403, 404]).toContain((await eve("GET", `/users/${quinn.id}`)).status);

  const name = `Programs ${Date.now()}`;
  const dry = await ada("POST", "/groups?dryRun=true", { data: { name } });
  expect(dry).toMatchObject({ status: 200, body: { dryRun: true, changes: { name: { after: name } } } });
  const headers = { "idempotency-key": `k-${Date.now()}` };
  const posts = await Promise.all(
    Array.from({ length: 50 }, () => ada("POST", "/groups", { data: { name }, headers })),
  );
  const made = posts.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
  expect(posts.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  expect((await ada("GET", `/groups?q=${encodeURIComponent(name)}`)).body.total).toEqual({ value: 1, exact: true });

  const address = `/groups/${made[0]?.body.id}`;
  const group = await ada("GET", address);
  const stale = await ada("PATCH", address, { data: { description: "x" }, headers: { "if-match": '"99"' } });
  expect([group.headers.etag, stale.status]).toEqual([`"${group.body.version}"`, 412]);
  expect((await eve("DELETE", address)).status).not.toBe(200);
  expect((await ada("DELETE", address)).status).toBe(200);

  const [event] = (await ada("GET", "/audit-events?operation=group.delete&limit=1")).body.items;
  expect(event).toMatchObject({ operation: "group.delete", actor: { kind: "token", name: "Ada Admin" } });
});

test("P3: a body in chunks is read, one that is too large is refused, and other refusals are problems", async ({
  page,
  request,
}) => {
  const token = await makeToken(page, "ada");
  const chunked = (chunks: string[]) =>
    new Promise<number>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "transfer-encoding": "chunked",
      };
      const sent = http(
        `${runningServer().baseUrl}/api/v1/groups?dryRun=true`,
        { method: "POST", headers },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      sent.on("error", reject);
      for (const chunk of chunks) sent.write(chunk);
      sent.end();
    });
  expect(await chunked(['{"name":', '"In chunks"}'])).toBe(200);
  expect(await chunked(['{"name":"', ...Array.from({ length: 20 }, () => "x".repeat(65_536)), '"}'])).toBe(413);
  const ada = programOf(request, token);
  const unknown = await ada("GET", "/nothing");
  expect(unknown.headers["content-type"]).toBe("application/problem+json");
  expect([unknown.status, (await ada("DELETE", "/users")).headers.allow]).toEqual([404, "GET, HEAD, POST, OPTIONS"]);
  const description = await request.get("/api/v1/openapi.json");
  expect((await description.json()).openapi).toBe("3.1.0");
});
