import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs } from "./sign-in-as";

const board = (page: Page, name: string) => page.getByRole("table", { name: `Access tokens of ${name}` });
const secretDialog = (page: Page, name: string) => page.getByRole("dialog", { name: `Store the token ${name}` });

const me = (request: APIRequestContext, token: string) =>
  request.get("/api/v1/me", { headers: { authorization: `Bearer ${token}` } });

/** Reads the token while it is shown, says that it is stored, and closes. */
async function store(page: Page, name: string): Promise<string> {
  const dialog = secretDialog(page, name);
  await expect(dialog.getByRole("button", { name: "Copy", exact: true })).toBeFocused();
  await dialog.getByRole("button", { name: "Show" }).click();
  const token = await dialog.getByText(/^gh_pat_[0-9A-Za-z]{49}$/).innerText();
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  return token;
}

test("a token of one's own is made, used, regenerated with an overlap, and revoked (T1 to T3)", async ({
  page,
  request,
}) => {
  const person = await makePerson("Toni", { firstName: "Toni", lastName: "Tokens" });
  await signInAs(page, person.username);
  await page.goto("/account/tokens");
  await hydrated(page);
  await expect(page.getByText("No access token yet")).toBeVisible();
  await page.getByRole("button", { name: "New token" }).click();
  const making = page.getByRole("dialog", { name: "New access token" });
  await making.getByLabel("Name", { exact: true }).fill("nightly build");
  await making.getByRole("button", { name: "Create token" }).click();
  await expect(making.getByText("Choose at least one operation.").first()).toBeVisible();
  await making.getByRole("searchbox", { name: "Find an operation" }).fill("session");
  await making.getByLabel(/^See/).first().check();
  await expect(making.getByText("1 operation chosen")).toBeVisible();
  await expectAccessible(page);
  await making.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("dialog", { name: /^Store the token/ })).toBeVisible();
  await expect(making).toHaveCount(0);
  await expectAccessible(page);
  const first = await store(page, "nightly build");
  await expect(page.getByRole("button", { name: "New token" })).toBeFocused();

  const answer = await me(request, first);
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({
    user: { id: person.id, username: person.username },
    token: { name: "nightly build" },
    operations: [{ operation: "session.read", scopes: ["self"] }],
  });
  const row = board(page, person.name).getByRole("row", { name: /nightly build/ });
  await expect(row).toContainText("active");
  await expect(row).toContainText(`gh_pat_…${first.slice(-4)}`);

  await row.getByRole("button", { name: "Regenerate" }).click();
  const again = page.getByRole("dialog", { name: "Regenerate nightly build" });
  await again.getByLabel("The old token stops").selectOption("In an hour");
  await expectAccessible(page);
  await again.getByRole("button", { name: "Regenerate" }).click();
  const second = await store(page, "nightly build");
  expect([(await me(request, first)).status(), (await me(request, second)).status()]).toEqual([200, 200]);

  const current = board(page, person.name).getByRole("row", { name: /active/ });
  await current.getByRole("button", { name: "Revoke" }).click();
  await page
    .getByRole("alertdialog", { name: "Revoke nightly build?" })
    .getByRole("button", { name: "Revoke" })
    .click();
  await expect(board(page, person.name).getByRole("row", { name: /revoked/ })).toBeVisible();
  const refusal = await me(request, second);
  expect(refusal.status()).toBe(401);
  expect(refusal.headers()["www-authenticate"]).toContain("Bearer");
  expect(await refusal.json()).toMatchObject({
    type: "urn:gatehouse:problem:token-revoked",
    detail: 'The token "nightly build" was revoked. Create a new one.',
  });
  await expectAccessible(page);
});

test("an administrator makes one for a user from the menu, and the user's page and log tell of it (T4, T5)", async ({
  page,
  request,
}) => {
  const person = await makePerson("Tess", { firstName: "Tess", lastName: "Tokens" });
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Access token", exact: true }).click();
  await expect(page).toHaveURL(`/admin/users/${person.id}/tokens`);
  await page.getByRole("button", { name: "New token" }).click();
  const making = page.getByRole("dialog", { name: "New access token" });
  await making.getByLabel("Name", { exact: true }).fill("import");
  await making.getByLabel("Expires").selectOption("In a year");
  await making.getByLabel(/^Edit own name/).check();
  await expect(making.getByLabel("Expires")).toHaveValue("90");
  await making.getByRole("button", { name: "Create token" }).click();
  const token = await store(page, "import");
  expect((await me(request, token)).status()).toBe(200);
  await expect(page.getByRole("link", { name: /^Access Tokens/ })).toContainText("1");
  await expectAccessible(page);

  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Access token", exact: true }).click();
  await page.getByRole("button", { name: "Regenerate" }).click();
  const again = page.getByRole("dialog", { name: "Regenerate import" });
  await again.getByRole("button", { name: "Regenerate" }).click();
  const next = await store(page, "import");
  expect([(await me(request, token)).status(), (await me(request, next)).status()]).toEqual([401, 200]);

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Disable", exact: true }).click();
  await page.getByLabel("Reason").fill("left");
  await page.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("1 access token revoked: import.", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  expect((await me(request, next)).status()).toBe(401);

  await page.goto(`/admin/users/${person.id}/activity`);
  await expect(page.getByText(/created token import/)).toBeVisible();
});

test("nobody is let in by a cookie, no token, or one that was never made", async ({ page, request }) => {
  await signInAs(page, "ada");
  const problems = await Promise.all([
    page.request.get("/api/v1/me"),
    request.get("/api/v1/me"),
    me(request, `gh_pat_${"0".repeat(49)}`),
    request.get("/api/v1/me", { headers: { authorization: "Basic YTpi" } }),
  ]);
  expect(problems.map((one) => one.status())).toEqual([401, 401, 401, 401]);
  expect((await problems[2]!.json()).type).toBe("urn:gatehouse:problem:unknown-token");
});
