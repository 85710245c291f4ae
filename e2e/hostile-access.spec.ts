import { type APIRequestContext, expect, test } from "@playwright/test";
import { asRsc, asSegment, headerBypasses } from "./bypass-variants";
import { hydrated } from "./hydrated";
import { makePerson, password } from "./people";
import { requestsOf } from "./requests";
import { signInAs, withDatabase } from "./sign-in-as";

const canary = "eve@northwind.example";
const forged = { "x-forwarded-for": "6.6.6.6", "x-real-ip": "6.6.6.6", "x-gatehouse-peer": "6.6.6.6" };

const idOf = (username: string) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select id from users where username_key = ${username}`;
    return row?.id as string;
  });

test("no variant of an address or header opens the console to whoever may not see it", async ({
  request,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const eve = await idOf("eve");
  const outsider = await makePerson("outside");
  const paths = [
    "/admin/users?q=eve",
    `/admin/users/${eve}`,
    `/admin/users/${eve}/access`,
    `/admin/audit?person=${eve}`,
  ];
  const variants = [
    ...paths,
    ...paths.map(asRsc),
    ...paths.map(asSegment),
    "//admin/users?q=eve",
    "/admin//users?q=eve",
    "/admin/users/?q=eve",
    "/%61dmin/users?q=eve",
    "/admin%2fusers?q=eve",
    "/ADMIN/users?q=eve",
    "/admin/users.png?q=eve",
    "/admin/users/x.png?q=eve",
    "/_next/data/x/admin/users.json?q=eve",
    "/_next/static/%2e%2e/%2e%2e/admin/users?q=eve",
    "/admin/audit/export?format=ndjson",
    "/no-access/../admin/users?q=eve",
  ];
  const seen = await (await requestsOf(browser, "ada")).get("/admin/users?q=eve");
  expect(await seen.text()).toContain(canary);
  for (const [who, asked] of [
    ["a stranger", request],
    ["an engineer", await requestsOf(browser, outsider.username)],
  ] as const)
    for (const path of variants)
      await Promise.all(
        headerBypasses.map(async (headers) => {
          const answer = await asked.get(`${baseURL}${path}`, { headers });
          const told = [who, path, headers];
          expect([...told, answer.status() < 500]).toEqual([...told, true]);
          expect([...told, (await answer.text()).includes(canary)]).toEqual([...told, false]);
        }),
      );
  for (const path of paths) {
    const head = await request.head(path, { maxRedirects: 0 });
    expect([path, head.status()]).toEqual([path, 307]);
    const options = await request.fetch(path, { method: "OPTIONS", maxRedirects: 0 });
    expect(await options.text()).not.toContain(canary);
  }
});

test("an action answers for itself: replayed by others it changes nothing", async ({ page, browser, request }) => {
  const person = await makePerson("replayed");
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await page.getByLabel("First Name").fill("Once");
  const [sent] = await Promise.all([
    page.waitForRequest((asked) => asked.method() === "POST" && "next-action" in asked.headers()),
    page.getByRole("button", { name: "Update" }).click(),
  ]);
  await expect(page.getByText("Once Newcomer is saved")).toBeVisible();
  const headers = Object.fromEntries(
    Object.entries(sent.headers()).filter(([name]) => !["cookie", "content-length"].includes(name)),
  );
  const [first] = sent.postDataJSON() as [{ version: number }];
  const replay = (asked: APIRequestContext, change: object, more: Record<string, string> = {}) =>
    asked.post(sent.url(), {
      headers: { ...headers, origin: new URL(sent.url()).origin, ...more },
      data: JSON.stringify([{ ...first, version: first.version + 1, firstName: "Twice", ...change }]),
      maxRedirects: 0,
    });
  const name = () =>
    withDatabase(async (sql) => (await sql`select first_name from users where id = ${person.id}`)[0]?.first_name);
  const outsider = await makePerson("replayer");
  const ada = page.request;
  for (const [asked, change, more] of [
    [request, {}, {}],
    [await requestsOf(browser, outsider.username), {}, {}],
    [await requestsOf(browser, "audrey"), {}, {}],
    [await requestsOf(browser, "quinn"), {}, {}],
    [ada, {}, { origin: "https://evil.example" }],
    [ada, { firstName: "a\u0000b" }, {}],
    [ada, { firstName: "\ud800" }, {}],
    [ada, { firstName: "a".repeat(101) }, {}],
    [ada, { email: "eve@northwind.example\u0000" }, {}],
    [ada, { username: "forged" }, {}],
    [ada, { version: "1" }, {}],
    [ada, { version: 1.5 }, {}],
    [ada, { primaryRoleId: person.id }, {}],
    [ada, { managerId: person.id }, {}],
    [ada, { accessEndsAt: "tomorrow" }, {}],
  ] as [APIRequestContext, object, Record<string, string>][]) {
    const answer = await replay(asked, change, more);
    expect([change, more, answer.status() < 500]).toEqual([change, more, true]);
    expect([change, more, await name()]).toEqual([change, more, "Once"]);
  }
  expect((await replay(ada, {})).status()).toBe(200);
  expect(await name()).toBe("Twice");
});

test("every answer carries the headers of a careful server", async ({ request, browser }) => {
  const ada = await requestsOf(browser, "ada");
  const evil = { "content-security-policy": "default-src *", "x-nonce": "ZXZpbA==" };
  for (const [asked, path] of [
    [request, "/sign-in"],
    [request, "/nothing/here"],
    [request, "/api/health/live"],
    [ada, "/admin"],
    [ada, "/admin/users"],
    [ada, "/account"],
  ] as const) {
    const answers = [await asked.get(path, { headers: evil }), await asked.get(path)];
    const nonces = answers.map((answer) => {
      const headers = answer.headers();
      expect(headers).toMatchObject({
        "cache-control": expect.stringContaining("no-store"),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
      });
      expect(headers["x-powered-by"]).toBeUndefined();
      const policy = headers["content-security-policy"] ?? "";
      for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(policy).toContain(part);
      expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic';/);
      expect(policy).not.toMatch(/\*|ZXZpbA|unsafe-eval/);
      return /'nonce-([^']+)'/.exec(policy)?.[1];
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  }
});

test("cookies cannot be read by scripts nor sent from other sites, and the session is no secret of the page", async ({
  page,
  baseURL,
}) => {
  const person = await makePerson("cookies");
  await page.goto("/sign-in");
  await page.getByLabel("User name or email").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/account");
  await page.request.get("/api/auth/csrf");
  const cookies = (await page.context().cookies()).filter(({ name }) => name !== "tz" && name !== "theme");
  expect(cookies.length).toBeGreaterThan(1);
  for (const { name, httpOnly, sameSite, secure } of cookies)
    expect([name, httpOnly, sameSite, secure]).toEqual([name, true, "Lax", baseURL?.startsWith("https:") ?? false]);
  const session = cookies.find(({ name }) => name === "gatehouse")?.value ?? "";
  expect(session).not.toBe("");
  expect(await page.content()).not.toContain(session);
  expect(await (await page.request.get("/api/auth/session")).text()).not.toMatch(/northwind|cookies-|sid/);
});

test("a forged address is not what the audit log tells", async ({ browser }) => {
  const person = await makePerson("address");
  const theirs = await (await browser.newContext({ extraHTTPHeaders: forged })).newPage();
  await theirs.goto("/sign-in");
  for (const given of ["not the password", password]) {
    await theirs.getByLabel("User name or email").fill(person.username);
    await theirs.getByLabel("Password", { exact: true }).fill(given);
    await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
    if (given === password) await expect(theirs).toHaveURL("/account");
    else await expect(theirs.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  await theirs.context().close();
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, "ada");
  for (const tab of ["activity", "sessions"]) {
    await page.goto(`/admin/users/${person.id}/${tab}`);
    await expect(page.getByText(/127\.0\.0\.1|::1/).first()).toBeVisible();
    await expect(page.getByText("6.6.6.6")).toHaveCount(0);
  }
  const [told] = await withDatabase(
    (sql) => sql`select count(*)::int as forged from event_values where values::text like '%6.6.6.6%'`,
  );
  expect(told?.forged).toBe(0);
  await page.context().close();
});
