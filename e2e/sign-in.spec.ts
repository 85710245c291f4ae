import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makePerson, password } from "./people";
import { signInAs } from "./sign-in-as";
import { signOut } from "./user-menu";

const failure =
  "User name or password is wrong, or the account is locked. After five failures an account locks for 15 minutes.";

async function enter(page: Page, name: string, given = password) {
  await page.getByLabel("User name or email").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(given);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const refusal = (page: Page) => page.getByRole("main").getByRole("alert");

test("S1, S11: the way back is kept: signed out, sign-in, the page that was asked for", async ({ page }) => {
  const person = await makePerson("back");
  await page.goto("/account/security?from=mail");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount%2Fsecurity%3Ffrom%3Dmail$/);
  await expect(page.getByLabel("User name or email")).toBeFocused();
  await enter(page, person.email.toUpperCase());
  await expect(page).toHaveURL("/account/security?from=mail");
  await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
});

test("S1: with the keyboard alone", async ({ page }) => {
  const person = await makePerson("keys");
  await page.goto("/sign-in");
  await expect(page.getByLabel("User name or email")).toBeFocused();
  await page.keyboard.type(person.username);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/account");
});

test("S1: a refusal keeps the name, never the password, and says the same for a name that nobody has", async ({
  page,
}) => {
  const person = await makePerson("wrong");
  await page.goto("/sign-in");
  for (const name of [person.username, "nobody-at-all"]) {
    await enter(page, name, "not the password");
    await expect(refusal(page)).toHaveText(failure);
    await expect(page.getByLabel("User name or email")).toHaveValue(name);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  }
  expect(await page.content()).not.toContain("not the password");
});

test("S4: five failures lock; then the right password is refused with the same words", async ({ page }) => {
  const person = await makePerson("lock");
  await page.goto("/sign-in");
  for (let time = 0; time < 5; time++) {
    await enter(page, person.username, "not the password");
    await expect(refusal(page)).toHaveText(failure);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  await enter(page, person.username);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await expect(refusal(page)).toHaveText(failure);
  await expect(page).toHaveURL("/sign-in");
});

test("U10: an archived account is named after the right password only", async ({ page }) => {
  await page.goto("/sign-in");
  await enter(page, "archie", "not the password");
  await expect(refusal(page)).toHaveText(failure);
  await enter(page, "archie");
  await expect(refusal(page)).toHaveText("Your account has been removed. Ask an administrator to restore it.");
});

test("S2: the password can be shown", async ({ page }) => {
  await page.goto("/sign-in");
  const field = page.getByLabel("Password", { exact: true });
  await expect(field).toHaveAttribute("type", "password");
  await hydrated(page);
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(field).toHaveAttribute("type", "text");
});

test("S11: another site is no way on", async ({ page }) => {
  const person = await makePerson("next");
  await page.goto(`/sign-in?next=${encodeURIComponent("/.//elsewhere.example/admin")}`);
  await enter(page, person.username);
  await expect(page).toHaveURL("/account");
  for (const next of [
    "//elsewhere.example",
    "/.//elsewhere.example",
    "/a/..//elsewhere.example",
    "/%2e//elsewhere.example",
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL("/account");
  }
  await page.goto("/sign-in?next=/account/sessions");
  await expect(page).toHaveURL("/account/sessions");
});

test("signing out ends the session and not only the cookie", async ({ page, context }) => {
  const person = await makePerson("out");
  await signInAs(page, person.username);
  await page.goto("/account");
  const cookies = await context.cookies();
  await signOut(page);
  await expect(page).toHaveURL("/sign-in");
  expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain("gatehouse");
  await context.addCookies(cookies);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("S5: a forced password change comes before everything else", async ({ page }) => {
  const person = await makePerson("owed", { mustChangePassword: true });
  await page.goto("/sign-in?next=/account/sessions");
  await enter(page, person.username);
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  for (const path of ["/account", "/admin", "/"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/new-password/);
  }
  await page.goto("/new-password?next=/account/sessions");
  const [first, second] = [page.getByLabel("New password"), page.getByLabel("Confirm Password")];
  const submit = page.getByRole("button", { name: "Set new password" });
  await first.fill("too short");
  await second.fill("too short");
  await submit.click();
  await expect(page.getByText(/at least 15 characters, and this one has 9/)).toBeVisible();
  await expect(first).toBeFocused();
  await first.fill("seven lanterns over the harbour");
  await second.fill("seven lanterns over the harbor");
  await submit.click();
  await expect(page.getByText("The passwords don't match.")).toBeVisible();
  await second.fill("seven lanterns over the harbour");
  await submit.click();
  await expect(page).toHaveURL("/account/sessions");
  await page.goto("/new-password");
  await expect(page).toHaveURL("/account");
});

test("R12: somebody with no operation in /admin gets a page that says so, with 403", async ({ page }) => {
  await signInAs(page, "eve");
  for (const path of ["/admin", "/admin/users", "/admin/audit"]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(403);
    await expect(page.getByRole("heading", { name: "You don't have access to this page" })).toBeVisible();
    await expect(page.getByText("Ask an administrator of Gatehouse")).toBeVisible();
  }
  await page.getByRole("link", { name: "My profile" }).click();
  await expect(page).toHaveURL("/account");
});

test("what does not exist says so, with 404", async ({ page }) => {
  const response = await page.goto("/no/such/page");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("S1: sign-in works, and a refusal keeps the name", async ({ page }) => {
    const person = await makePerson("plain");
    await page.goto("/sign-in?next=/account/sessions");
    await enter(page, person.username, "not the password");
    await expect(refusal(page)).toHaveText(failure);
    await expect(page.getByLabel("User name or email")).toHaveValue(person.username);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    await enter(page, person.username);
    await expect(page).toHaveURL("/account/sessions");
    await signOut(page);
    await expect(page).toHaveURL("/sign-in");
  });

  test("S5: the owed password can be set", async ({ page }) => {
    const person = await makePerson("plain-owed", { mustChangePassword: true });
    await page.goto("/sign-in");
    await enter(page, person.username);
    await page.getByLabel("New password").fill("seven lanterns over the harbour");
    await page.getByLabel("Confirm Password").fill("seven lanterns over the harbour");
    await page.getByRole("button", { name: "Set new password" }).click();
    await expect(page).toHaveURL("/account");
  });
});

test("next-auth's own door lets in and out through the same rows", async ({ request }) => {
  const person = await makePerson("door");
  const origin = new URL((await request.get("/sign-in")).url()).origin;
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const post = (path: string, form: Record<string, string>) =>
    request.post(path, { form: { csrfToken, json: "true", ...form }, headers: { origin }, maxRedirects: 0 });
  expect(
    (await post("/api/auth/callback/credentials", { username: person.username, password: "wrong" })).status(),
  ).toBe(401);
  expect((await post("/api/auth/callback/credentials", { username: person.username, password })).ok()).toBe(true);
  expect((await request.get("/account", { maxRedirects: 0 })).status()).toBe(200);
  await post("/api/auth/signout", {});
  expect((await request.get("/account", { maxRedirects: 0 })).status()).toBe(307);
});

test("a sign-in from another site is refused", async ({ request }) => {
  const response = await request.post("/sign-in", {
    form: { name: "ada", password },
    headers: { origin: "https://elsewhere.example" },
  });
  expect(response.status()).toBe(403);
});
