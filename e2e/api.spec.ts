import { request as http } from "node:http";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { v7 } from "uuid";
import { makeToken } from "./made-tokens";
import { runningServer } from "./server";
import { withDatabase } from "./sign-in-as";

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

/** The ids of all who are not archived. */
const everybody = () =>
  withDatabase(async (sql) => {
    const rows = await sql<{ id: string }[]>`select id from users where status <> 'archived'`;
    return rows.map(({ id }) => id);
  });

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

  const before = await everybody();
  const first = await ada("GET", "/users?limit=200&sort=username");
  expect(first.body.items).toHaveLength(200);
  const pages = [first];
  for (let page = first; page.body.next; pages.push(page))
    page = await ada("GET", `/users?limit=200&sort=username&after=${page.body.next}`);
  const after = await everybody();
  const listed = pages.flatMap(({ body }) => body.items.map(({ id }: { id: string }) => id));
  expect(pages.length).toBeGreaterThan(1);
  // Other journeys create and remove people meanwhile.
  const throughout = before.filter((id) => after.includes(id));
  const ever = [...new Set([...before, ...after])];
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(throughout));
  expect(ever).toEqual(expect.arrayContaining(listed));
  expect(first.body.total).toEqual({ value: expect.any(Number), exact: true });
  expect(first.body.total.value).toBeGreaterThanOrEqual(throughout.length);
  expect(first.body.total.value).toBeLessThanOrEqual(ever.length);
  const own = await lee("GET", "/users");
  expect(own.body.total.value).toBeLessThan(first.body.total.value);
  const called = async (username: string) =>
    (await ada("GET", `/users?q=${username}`)).body.items.find(
      (user: { username: string }) => user.username === username,
    );
  const [quinn, engineer] = [await called("quinn"), await called("eve")];
  expect((await lee("GET", `/users/${engineer.id}`)).body.username).toBe("eve");
  expect((await lee("GET", `/users/${quinn.id}`)).status).toBe(404);
  expect([403, 404]).toContain((await eve("GET", `/users/${quinn.id}`)).status);

  const name = `Programs ${v7()}`;
  const dry = await ada("POST", "/groups?dryRun=true", { data: { name } });
  expect(dry).toMatchObject({ status: 200, body: { dryRun: true, changes: { name: { after: name } } } });
  const headers = { "idempotency-key": `k-${v7()}` };
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

  const [event] = (await ada("GET", `/audit-events?operation=group.delete&target=${made[0]?.body.id}`)).body.items;
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
