import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { randomFrom } from "@/db/seed/random";
import { boundary, malformedForms, malformedParts, malformedReplies } from "./malformed-bodies";
import { type MadePerson, makePerson } from "./people";
import { askPlainly } from "./plain-request";
import { serverActions } from "./route-inventory";
import { seedOfRun } from "./seed";
import { logFile, runningServer } from "./server";
import { cookieOf, startSession, withDatabase } from "./sign-in-as";

const seed = seedOfRun();
const { next: pick } = randomFrom(seed);
const [multipart, text] = [`multipart/form-data; boundary=${boundary}`, "text/plain;charset=UTF-8"];
const own = () => ({ origin: runningServer().baseUrl });

type Post = { address: string; headers: Record<string, string>; data: string };

/** Posts all of them, eight at a time; gives how many got which status, and those that were a fault of ours. */
async function postAll(posts: Post[]) {
  const counts: Record<number, number> = {};
  const faults: unknown[] = [];
  const queue = [...posts];
  const one = async () => {
    for (let post = queue.pop(); post; post = queue.pop()) {
      const { status } = await askPlainly({ method: "POST", ...post });
      counts[status] = (counts[status] ?? 0) + 1;
      if (status >= 500) faults.push({ ...post, status });
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  console.log(`${posts.length} posts: ${JSON.stringify(counts)}; seed ${seed}`);
  return { counts, faults };
}

const stored = (people: MadePerson[]) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select
      (select string_agg(u::text, ';' order by id) from users u where id = any(${people.map(({ id }) => id)})) as users,
      (select string_agg(r::text, ';' order by id) from roles r
         where r.name in ('Admin', 'Quality Manager', 'Quality Lead', 'Quality Engineer')) as roles`;
    return row;
  });

test("whatever is posted in place of an action changes nothing, and is never a fault of ours", async () => {
  const administrator = await makePerson("posts", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });
  const people = [
    administrator,
    await makePerson("lead", { primaryRole: "Quality Lead" }),
    await makePerson("engineer"),
  ];
  const { name, value } = await cookieOf(await startSession(administrator.username));
  const actions = serverActions({ user: "0", group: "0", role: "0", provider: "0", account: "0" });
  const named = ["signInAction", "secondFactorAction", "completeSetupAction", "updateUserAction", "pickRoleAction"];
  const chosen = named.map((wanted) => actions.find(({ name: known }) => known === wanted)?.id ?? "");
  expect(chosen).not.toContain("");
  const before = await stored(people);
  expect(before?.users.split(";")).toHaveLength(people.length);
  const posts = ["/sign-in", "/admin/users", "/nothing/here", "/api/v1/nothing"].flatMap((address) =>
    ["", `${name}=${value}`].flatMap((cookie) =>
      chosen.flatMap((id): Post[] => {
        const post = (type: string, data: string, more = {}) => ({
          address,
          data,
          headers: { ...own(), cookie, "content-type": type, ...more },
        });
        const named = { "next-action": id };
        return [
          ...malformedForms(id, pick).map((data) => post(multipart, data)),
          ...malformedReplies(pick).map((data) => post(text, data, named)),
          ...malformedParts(pick).map((data) => post(multipart, data, named)),
        ];
      }),
    ),
  );
  const { counts, faults } = await postAll(posts);
  expect(faults).toEqual([]);
  // Most of these actions stand on few pages, and are answered as unknown on the others.
  expect(counts[400] ?? 0).toBeGreaterThan(posts.length / 6);
  const refused = [400, 401, 409].reduce((sum, status) => sum + (counts[status] ?? 0), 0);
  expect(refused).toBeGreaterThan(posts.length * 0.9);
  expect(await stored(people)).toEqual(before);
});

test("what anybody posts stands in no line of the log: bodies of actions are counted, cookies that are not ours ignored", async () => {
  const id =
    serverActions({ user: "0", group: "0", role: "0", provider: "0", account: "0" }).find(
      ({ name }) => name === "signInAction",
    )?.id ?? "";
  const from = readFileSync(logFile, "utf8").length;
  const written = () => readFileSync(logFile, "utf8").slice(from);
  const canary = "canary at the wall";
  const asReply = { "content-type": text, "next-action": id };
  for (const [headers, data] of [
    [asReply, canary],
    [asReply, `["${canary}`],
    [asReply, `{"a":"\n${canary}`],
    [{ "content-type": multipart, "next-action": id }, malformedParts(() => 0.5)[1]?.replace("[", canary) ?? ""],
    [{ "content-type": multipart }, malformedForms(id, () => 0.5)[6]?.replace("[", canary) ?? ""],
  ] as const)
    expect(
      (await askPlainly({ method: "POST", address: "/sign-in", headers: { ...own(), ...headers }, data })).status,
    ).toBe(400);
  const cookie = "gatehouse=canary";
  const session = await askPlainly({ method: "GET", address: "/api/auth/session", headers: { cookie } });
  expect([session.status, session.text]).toEqual([200, "{}"]);
  const log = { level: "error", code: canary, message: canary };
  const headers = { ...own(), "content-type": "application/json" };
  const data = JSON.stringify(log);
  expect((await askPlainly({ method: "POST", address: "/api/auth/_log", headers, data })).status).toBe(404);
  await expect.poll(written).toContain('"msg":"bodies of actions refused"');
  expect(written()).not.toMatch(/canary|⨯|next-auth/);
});

test("an action that no browser of ours can have sent is refused at the wall", async () => {
  const id = serverActions({ user: "0", group: "0", role: "0", provider: "0", account: "0" })[0]?.id ?? "";
  const told: [number, Record<string, string>][] = [
    [400, { "content-type": text, "next-action": "x" }],
    [400, { "content-type": text, "next-action": "toString" }],
    [400, { "content-type": "multipart/form-data" }],
    [400, { "content-type": "multipart/form-data; boundary=", "next-action": id }],
    [415, { "content-type": "application/json", "next-action": id }],
    [415, { "content-type": "application/x-www-form-urlencoded", "next-action": id }],
  ];
  for (const [status, headers] of told) {
    const answer = await askPlainly({
      method: "POST",
      address: "/sign-in",
      headers: { ...own(), ...headers },
      data: "[]",
    });
    expect([headers, answer.status]).toEqual([headers, status]);
  }
  for (const [address, status] of [
    // Programs are answered before Next, which alone knows actions.
    ["/api/v1/nothing", 401],
    ["/scim/v2/nothing", 403],
    ["/oauth/nothing", 404],
    ["/.well-known/nothing", 403],
  ] as const) {
    const headers = { "content-type": text, "next-action": id };
    expect([address, (await askPlainly({ method: "POST", address, headers, data: "[]" })).status]).toEqual([
      address,
      status,
    ]);
  }
});

test("an action sent to a page that does not have it is answered, and no exception is left uncaught", async () => {
  const actions = serverActions({ user: "0", group: "0", role: "0", provider: "0", account: "0" });
  const elsewhere = actions.filter(({ name, address }) => address.startsWith("/admin") && name !== "signOutAction");
  expect(elsewhere.length).toBeGreaterThan(20);
  const posts = elsewhere.flatMap(({ id }) =>
    ["/sign-in", "/forgot-password", "/nothing/here"].map((address) => ({
      address,
      headers: { ...own(), "content-type": text, "next-action": id },
      data: "[{}]",
    })),
  );
  const { faults } = await postAll(posts);
  expect(faults).toEqual([]);
  expect(readFileSync(logFile, "utf8")).not.toMatch(/uncaughtException|unhandledRejection/);
});

test("a method that an address does not know is 405 with those that it does", async () => {
  const asset = /\/_next\/static\/[^"]+\.js/.exec(
    (await askPlainly({ method: "GET", address: "/sign-in", headers: {} })).text,
  )?.[0];
  const known: [string, string][] = [
    ["/sign-in", "GET, HEAD, POST"],
    ["/account", "GET, HEAD, POST"],
    ["/admin/users", "GET, HEAD, POST"],
    ["/nothing/here", "GET, HEAD, POST"],
    [asset ?? "", "GET, HEAD"],
    ["/icon.svg", "GET, HEAD"],
  ];
  for (const [address, allow] of known)
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "PURGE"]) {
      const { status, headers } = await askPlainly({ method, address, headers: own() });
      expect([method, address, status, headers.allow]).toEqual([method, address, 405, allow]);
    }
  for (const address of [asset ?? "", "/icon.svg"])
    expect((await askPlainly({ method: "POST", address, headers: own(), data: "a" })).status).toBe(405);
  const routes: [string, string, string[]][] = [
    ["/api/v1/clients/register", "POST, OPTIONS", ["GET", "PUT", "DELETE", "TRACE", "PROPFIND"]],
    ["/api/health/live", "GET, HEAD, OPTIONS", ["POST", "PATCH", "PURGE"]],
    ["/api/auth/csrf", "GET, HEAD, POST, OPTIONS", ["PUT", "DELETE"]],
    ["/account/data", "GET, HEAD", ["POST", "PUT", "OPTIONS"]],
    ["/account/picture", "POST", ["GET", "HEAD", "DELETE"]],
  ];
  for (const [address, allow, methods] of routes)
    for (const method of methods) {
      const { status, headers } = await askPlainly({ method, address, headers: own() });
      expect([method, address, status, headers.allow]).toEqual([method, address, 405, allow]);
    }
});

test("next-auth answers what it does not know with a refusal", async () => {
  const callback = "/api/auth/callback/credentials";
  const byGet = await askPlainly({ method: "GET", address: `${callback}?username=a&password=b`, headers: {} });
  expect([byGet.status, byGet.headers.allow]).toEqual([405, "POST"]);
  const paths = [
    "",
    "/",
    "/callback",
    "/callback/nothing",
    "/callback/credentials/more",
    "/nothing",
    "/_log",
    "/error",
  ];
  const more = [
    "/signin/nothing",
    "/signin/credentials",
    "/signout",
    "/session",
    "/csrf",
    "/providers",
    "/verify-request",
  ];
  for (const path of [...paths, ...more])
    for (const [method, data, type] of [
      ["GET", undefined, text],
      ["HEAD", undefined, text],
      ["POST", "[", "application/json"],
      ["POST", "null", "application/json"],
      ["POST", "%", "application/x-www-form-urlencoded"],
      ["POST", "x", multipart],
    ] as const) {
      const headers = { ...own(), "content-type": type };
      const { status } = await askPlainly({ method, address: `/api/auth${path}`, headers, data });
      expect([method, path, type, data, status < 500]).toEqual([method, path, type, data, true]);
    }
});

test("every status carries nosniff", async () => {
  const seen = new Map<number, string[]>();
  for (const [method, address] of [
    ["GET", "/sign-in"],
    ["GET", "/icon.svg"],
    ["GET", "/_next/static/nothing.js"],
    ["GET", "/_next/image?url=x"],
    ["GET", "/account"],
    ["GET", "/%"],
    ["GET", "/_next/static/%"],
    ["PUT", "/_next/static/nothing.js"],
    ["TRACE", "/"],
    ["POST", "/sign-in"],
    ["GET", "/api/health/ready"],
    ["GET", "/api/v1/nothing"],
    ["OPTIONS", "/api/v1/clients/register"],
  ] as const) {
    const { status, headers } = await askPlainly({ method, address, headers: {} });
    expect([address, headers["x-content-type-options"]]).toEqual([address, "nosniff"]);
    seen.set(status, [...(seen.get(status) ?? []), address]);
  }
  expect([...seen.keys()].toSorted()).toEqual([200, 204, 307, 400, 401, 403, 404, 405]);
});
