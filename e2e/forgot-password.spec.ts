import { expect, type Page, test } from "@playwright/test";
import { askWithForgedHost } from "./link-steps";
import { lastMailTo, mailsTo } from "./mailbox";
import { makePerson } from "./people";
import { runningServer } from "./server";
import { signInAs, withDatabase } from "./sign-in-as";

const newPassword = "seven lanterns over the harbour";
const answer = "If an account matches this name or address, a link was sent to it.";

async function ask(page: Page, name: string) {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot password" })).toBeVisible();
  await page.getByLabel("User name or email").fill(name);
  await page.getByRole("button", { name: "Send a link" }).click();
  await expect(page.getByRole("status").filter({ hasText: answer })).toBeVisible();
}

test("S4, S6, S10: a forgotten password is set by a link, which unlocks, ends sessions and works once", async ({
  page,
  browser,
}) => {
  const person = await makePerson("forgot");
  await withDatabase((sql) => sql`update users set locked_at = now() where id = ${person.id}`);
  const elsewhere = await (await browser.newContext()).newPage();
  await signInAs(elsewhere, person.username);
  await ask(page, person.email.toUpperCase());
  const { link } = await lastMailTo(person.email);
  expect(link).toMatch(/\/reset-password\/[\w-]{43}$/);

  const seen = await page.goto(link);
  expect(seen?.headers()).toMatchObject({ "referrer-policy": "strict-origin", "cache-control": "no-store" });
  await page.reload();
  await expect(page.getByText(`For the user name ${person.username}.`)).toBeVisible();
  await page.getByLabel("New Password").fill("too short");
  await page.getByLabel("Confirm Password").fill("too short");
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByLabel("New Password")).toHaveAccessibleDescription(/at least 15 characters/);
  await page.getByLabel("New Password").fill(newPassword);
  await page.getByLabel("Confirm Password").fill(newPassword);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByText("Your password is set. Sign in with it.")).toBeVisible();
  await expect(page.getByText("This is not the configured address")).toHaveCount(0);
  await page.getByLabel("User name or email").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(newPassword);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/account");
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL(/\/sign-in\?next=/);
  expect((await lastMailTo(person.email, { subject: /password was changed/ })).text).toContain("If this wasn't you");

  const again = await page.goto(link);
  expect(again?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  await expect(page).toHaveURL("/forgot-password");
});

test("S1: a name that nobody has is answered the same, and nothing is sent", async ({ page }) => {
  await ask(page, "nobody-has-this-name@northwind.example");
  expect(await mailsTo("nobody-has-this-name@northwind.example")).toEqual([]);
});

test("S6: a newer link ends the older one", async ({ page }) => {
  const person = await makePerson("newer");
  await ask(page, person.username);
  const { link: older } = await lastMailTo(person.email);
  await ask(page, person.username);
  const { link: newer } = await lastMailTo(person.email, { least: 2 });
  expect((await page.goto(older))?.status()).toBe(404);
  expect((await page.goto(newer))?.status()).toBe(200);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("S1: the whole way is plain forms", async ({ page }) => {
    const person = await makePerson("plain");
    await ask(page, person.username);
    const { link } = await lastMailTo(person.email);
    await page.goto(link);
    await page.getByLabel("New Password").fill(newPassword);
    await page.getByLabel("Confirm Password").fill(newPassword);
    await page.getByRole("button", { name: "Set new password" }).click();
    await expect(page.getByText("Your password is set. Sign in with it.")).toBeVisible();
  });
});

const forged: [string, Record<string, string>][] = [
  ["Host and Origin", { host: "evil.example", origin: "http://evil.example" }],
  ["Host alone", { host: "evil.example", origin: "" }],
  ["X-Forwarded-Host", { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", origin: "" }],
  ["Forwarded", { forwarded: "host=evil.example;proto=https", origin: "" }],
];

for (const [what, headers] of forged)
  test(`S6: with a forged ${what} the link stays on the configured address, or none is sent`, async ({ request }) => {
    const person = await makePerson("host");
    const { baseUrl } = runningServer();
    const response = await askWithForgedHost(request, person.username, {
      ...headers,
      origin: headers.origin || baseUrl,
    });
    if (response.ok() && (await response.text()).includes("a link was sent to it")) {
      const { link } = await lastMailTo(person.email);
      expect(new URL(link).origin).toBe(new URL(baseUrl).origin);
    } else expect(await mailsTo(person.email)).toEqual([]);
  });

for (const token of ["x", "A".repeat(43), "..%2f..%2fsign-in", "%F0%9F%98%80"])
  test(`S6: what never was a link is told plainly: ${token}`, async ({ page }) => {
    for (const path of ["/reset-password", "/invite", "/confirm-email"]) {
      const response = await page.goto(`${path}/${token}`);
      expect(response?.status(), path).toBe(404);
    }
  });
