import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { decode } from "next-auth/jwt";
import { cookieName } from "@/lib/auth/cookie";
import { codeOf, virtualAuthenticator } from "./authenticators";
import { hydrated } from "./hydrated";
import { lastMailTo } from "./mailbox";
import { type MadePerson, makePerson, password } from "./people";
import { runningServer } from "./server";
import { signInAs, withDatabase } from "./sign-in-as";

const name = () => cookieName(runningServer().baseUrl.startsWith("https:"));

async function cookieIn(context: BrowserContext): Promise<string> {
  const value = (await context.cookies()).find((cookie) => cookie.name === name())?.value;
  if (!value) throw new Error("This browser holds no session");
  return value;
}

async function sessionIn(context: BrowserContext): Promise<string> {
  const token = await decode({ token: await cookieIn(context), secret: runningServer().secret });
  return String(token?.sid);
}

/** Where a browser with this cookie alone is led. */
async function opensWith(page: Page, value: string): Promise<string> {
  const other = await page.context().browser()!.newContext();
  await other.addCookies([{ name: name(), value, url: runningServer().baseUrl, httpOnly: true, sameSite: "Lax" }]);
  const answer = await other.request.get("/account", { maxRedirects: 0 });
  await other.close();
  return answer.headers().location ?? String(answer.status());
}

const endingOf = async (id: string) =>
  (await withDatabase((sql) => sql`select ended_reason, ended_at from sessions where id = ${id}`))[0]?.ended_reason;

async function enter(page: Page, person: MadePerson) {
  await page.getByLabel("User name or email").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Adds an authenticator app in the dialog of the page, and gives its key. */
async function addApp(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  const adding = page.getByRole("dialog", { name: "Add an authenticator app" });
  const key = await adding.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText();
  await adding.getByLabel("Code", { exact: true }).fill(codeOf(key));
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  const storing = page.getByRole("dialog", { name: "Store your recovery codes" });
  await storing.getByLabel("I have stored them").check();
  await storing.getByRole("button", { name: "Done" }).click();
  await expect(storing).toHaveCount(0);
  return key;
}

test("S7: after the second step the cookie from before it opens nothing, and another tab goes on", async ({ page }) => {
  const person = await makePerson("fixed");
  await signInAs(page, person.username);
  await page.goto("/account/security");
  await hydrated(page);
  const key = await addApp(page);
  await page.context().clearCookies();

  await page.goto("/sign-in?next=/account/security");
  await enter(page, person);
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  const before = await cookieIn(page.context());
  expect(await opensWith(page, before)).toContain("/second-factor");
  const tab = await page.context().newPage();
  await tab.goto("/second-factor?next=/account/sessions");
  await hydrated(tab);

  await page.getByLabel("Code", { exact: true }).fill(codeOf(key, 1));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/account/security");
  expect(await opensWith(page, before)).toContain("/sign-in");
  expect(await opensWith(page, await cookieIn(page.context()))).toBe("200");

  await tab.getByLabel("Code", { exact: true }).fill(codeOf(key, 1));
  await tab.getByRole("button", { name: "Continue" }).click();
  await expect(tab.getByText("Your session changed in the meantime. Reload the page.")).toBeVisible();
  await tab.reload();
  await expect(tab).toHaveURL("/account/sessions");
});

test("S7: the end of an enrolment changes the cookie", async ({ page }) => {
  const person = await makePerson("enrolled");
  const sid = await signInAs(page, person.username);
  await withDatabase((sql) => sql`update sessions set stage = 'enrol_factor' where id = ${sid}`);
  await page.goto("/enrol-factor");
  await hydrated(page);
  await addApp(page);
  const before = await cookieIn(page.context());
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/account");
  expect(await opensWith(page, before)).toContain("/sign-in");
});

test("S5: a new password that was owed changes the cookie", async ({ page }) => {
  const person = await makePerson("owes", { mustChangePassword: true });
  await page.goto("/sign-in");
  await enter(page, person);
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  const before = await cookieIn(page.context());
  await page.getByLabel("New password").fill("seven lanterns over the harbour");
  await page.getByLabel("Confirm Password").fill("seven lanterns over the harbour");
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page).toHaveURL("/account");
  expect(await opensWith(page, before)).toContain("/sign-in");
});

test("a sign-in by password ends the session whose cookie came along", async ({ page }) => {
  const [person, other] = [await makePerson("replacing"), await makePerson("replaced")];
  await page.goto("/sign-in");
  await hydrated(page);
  const earlier = await signInAs(page, other.username);
  await enter(page, person);
  await expect(page).toHaveURL("/account");
  expect(await sessionIn(page.context())).not.toBe(earlier);
  expect(await endingOf(earlier)).toBe("replaced");

  await signInAs(page, other.username);
  await page.goto("/account/sessions");
  await expect(page.getByText("Replaced by a new sign-in")).toBeVisible();
});

test("a sign-in that is refused leaves the session as it is", async ({ page }) => {
  const [person, other] = [await makePerson("wrong"), await makePerson("kept")];
  await page.goto("/sign-in");
  await hydrated(page);
  const earlier = await signInAs(page, other.username);
  await page.getByLabel("User name or email").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  expect(await sessionIn(page.context())).toBe(earlier);
  expect(await endingOf(earlier)).toBeNull();
});

test("a sign-in by passkey ends the session whose cookie came along", async ({ page }) => {
  const person = await makePerson("by-key");
  await signInAs(page, person.username);
  await virtualAuthenticator(page);
  await page.goto("/account/security");
  await hydrated(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const adding = page.getByRole("dialog", { name: "Add a passkey" });
  await adding.getByLabel("Name", { exact: true }).fill("Laptop");
  await adding.getByRole("button", { name: "Continue" }).click();
  const storing = page.getByRole("dialog", { name: "Store your recovery codes" });
  await storing.getByLabel("I have stored them").check();
  await storing.getByRole("button", { name: "Done" }).click();

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await hydrated(page);
  const earlier = await signInAs(page, person.username);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL("/account");
  expect(await sessionIn(page.context())).not.toBe(earlier);
  expect(await endingOf(earlier)).toBe("replaced");
});

test("an invitation that is accepted in the browser of whoever sent it ends their session there", async ({ page }) => {
  const person = await makePerson("guest");
  await withDatabase(async (sql) => {
    await sql`delete from passwords where user_id = ${person.id}`;
    await sql`update users set status = 'invited' where id = ${person.id}`;
  });
  const earlier = await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await page.getByRole("region", { name: "Invitation" }).getByRole("button", { name: /^Send/ }).click();
  const { link } = await lastMailTo(person.email);
  await page.goto(link);
  await page.getByLabel("New Password").fill("seven lanterns over the harbour");
  await page.getByLabel("Confirm Password").fill("seven lanterns over the harbour");
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(page).toHaveURL("/account");
  expect(await sessionIn(page.context())).not.toBe(earlier);
  expect(await endingOf(earlier)).toBe("replaced");
});

test("next-auth's own door ends the session whose cookie came along", async ({ page }) => {
  const person = await makePerson("next-door");
  const earlier = await signInAs(page, person.username);
  const { request } = page.context();
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const answer = await request.post("/api/auth/callback/credentials", {
    form: { csrfToken, json: "true", username: person.username, password },
    headers: { origin: runningServer().baseUrl },
    maxRedirects: 0,
  });
  expect(answer.ok()).toBe(true);
  expect(await sessionIn(page.context())).not.toBe(earlier);
  expect(await endingOf(earlier)).toBe("replaced");
});
