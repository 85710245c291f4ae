import { expect, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs } from "./sign-in-as";

test("a page that does not exist keeps the navigation for whoever is signed in, and for nobody else", async ({
  page,
}) => {
  const nothing = page.getByRole("heading", { name: "Page not found" });
  expect((await page.goto("/nothing/here"))?.status()).toBe(404);
  await expect(nothing).toBeVisible();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await signInAs(page, "ada");
  for (const path of ["/nothing/here", "/admin/nothing", "/account/nothing", "/admin/users/nobody"]) {
    expect([path, (await page.goto(path))?.status()]).toEqual([path, 404]);
    await expect(nothing).toBeVisible();
    await expect(page.getByRole("link", { name: "User Management" })).toBeVisible();
  }
});

test("a form that sets somebody's password says to password managers whose it is", async ({ page }) => {
  const person = await makePerson("managed");
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  const form = page.getByRole("form", { name: "User Details" });
  const owner = form.locator("input[autocomplete=username]");
  await expect(owner).toHaveValue(person.username);
  await expect(owner).toHaveAttribute("readonly", "");
  await expect(form.locator("input[type=password]")).toHaveCount(2);
  for (const field of await form.locator("input[type=password]").all())
    await expect(field).toHaveAttribute("autocomplete", "new-password");

  await page.goto("/admin/users/new");
  await hydrated(page);
  const wizard = page.getByRole("form", { name: "Create User" });
  await wizard.getByLabel("User Name").fill("wanda.managed");
  await wizard.getByLabel("First Name").fill("Wanda");
  await wizard.getByLabel("Email").fill("wanda.managed@northwind.example");
  for (let step = 0; step < 2; step++) await wizard.getByRole("button", { name: "Continue" }).click();
  await wizard.getByRole("radio", { name: /Set a password/ }).check();
  await expect(wizard.locator("input[autocomplete=username]")).toHaveValue("wanda.managed");
});

test("numbers of people lead to the people", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin");
  for (const [word, path] of [
    ["active", "/admin/users?status=active"],
    ["invited", "/admin/users?status=invited"],
    ["registered", "/admin/clients?status=registered"],
  ])
    await expect(page.getByRole("link", { name: new RegExp(`^[\\d,]+ ${word}$`) })).toHaveAttribute("href", path ?? "");
  await page.goto("/admin/groups");
  const row = page.getByRole("row").filter({ hasText: "Regression" });
  await row.getByRole("link", { description: "Members of Regression" }).click();
  await expect(page).toHaveURL(/\/admin\/groups\/[0-9a-f-]+\/members$/);
  await page.goto("/admin/roles");
  await page.getByRole("link", { description: "People who hold Quality Engineer" }).click();
  await expect(page).toHaveURL(/\/admin\/users\?role=/);
  await page.goto("/admin/users?q=eve");
  await page
    .getByRole("row")
    .filter({ hasText: "Eve Engineer" })
    .getByRole("link", { name: /registered$/ })
    .click();
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]+\/clients$/);
});
