import { expect, test } from "@playwright/test";
import { fillIdentity, generate, goOn, newName, openWizard } from "./create-user-steps";
import { signInAs, withDatabase } from "./sign-in-as";

test('R2: "Admin" appears with Quality Manager alone, and lowering clears it with a notice', async ({ page }) => {
  const username = newName("admin");
  const form = await openWizard(page);
  await fillIdentity(form, username);
  await goOn(form);
  const primary = form.getByLabel("Primary Role");
  const admin = form.getByRole("checkbox", { name: /^Admin\b/ });
  await expect(primary).toHaveValue(/./);
  await expect(primary.locator("option:checked")).toHaveText("Quality Engineer");
  await expect(admin).toHaveCount(0);
  await expect(form.getByText("Not available with Quality Engineer:")).toBeVisible();
  await expect(form.getByText('"Admin" can be combined only with Quality Manager.')).toBeVisible();
  await primary.selectOption("Quality Manager");
  await admin.check();
  await primary.selectOption("Quality Lead");
  await expect(admin).toHaveCount(0);
  await expect(form.getByRole("status")).toHaveText('"Admin" was cleared because you chose Quality Lead.');
  await primary.selectOption("Quality Manager");
  await expect(admin).not.toBeChecked();
  await expect(form.getByRole("status")).toHaveText("");
  await admin.check();
  await goOn(form);
  await expect(form.getByRole("radio", { name: /Generate a password/ })).toBeVisible();
  await form.getByRole("button", { name: /Roles and groups/ }).click();
  await expect(admin).toBeChecked();
  await goOn(form);
  await generate(form);
  await form.getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("Store the password for")).toBeVisible();
  const roles = await withDatabase(
    (sql) => sql`
      select r.name from users u join user_roles ur on ur.user_id = u.id join roles r on r.id = ur.role_id
       where u.username_key = ${username}`,
  );
  expect(roles.map(({ name }) => name)).toEqual(["Admin"]);
});

test('R2: alone, "Admin" is a primary role, and beside it no additional one is offered', async ({ page }) => {
  const username = newName("alone");
  const form = await openWizard(page);
  await fillIdentity(form, username);
  await goOn(form);
  const primary = form.getByLabel("Primary Role");
  const admin = form.getByRole("checkbox", { name: /^Admin\b/ });
  await expect(primary.getByRole("option")).toHaveText([/Manager/, /Lead/, /Engineer/, "Admin"]);
  await primary.selectOption("Quality Manager");
  await admin.check();
  await primary.selectOption("Admin");
  await expect(admin).toHaveCount(0);
  await expect(form.getByRole("status")).toHaveText("");
  await expect(form.getByText('"Admin" can be combined only with Quality Manager.')).toHaveCount(0);
  await goOn(form);
  await generate(form);
  await form.getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("Store the password for")).toBeVisible();
  const [stored] = await withDatabase(
    (sql) => sql`
      select r.name, (select count(*)::int from user_roles ur where ur.user_id = u.id) as additional
        from users u join roles r on r.id = u.primary_role_id where u.username_key = ${username}`,
  );
  expect(stored).toEqual({ name: "Admin", additional: 0 });
  await withDatabase((sql) => sql`update users set must_change_password = false where username_key = ${username}`);
  await signInAs(page, username);
  await page.goto("/admin/roles");
  await expect(page.getByRole("link", { name: "Create role" })).toBeVisible();
  await page.goto("/account");
  await expect(page.getByText("Admin", { exact: true }).first()).toBeVisible();
});

test("U4: what the person will hold is told before Create, and afterwards what one may go on with", async ({
  page,
}) => {
  const username = newName("told");
  const form = await openWizard(page);
  await fillIdentity(form, username);
  await goOn(form);
  await form.getByLabel("Primary Role").selectOption("Quality Manager");
  await form.getByRole("checkbox", { name: /^Admin\b/ }).check();
  await goOn(form);
  const summary = form.getByRole("region", { name: "Access of Nils Neumann" });
  await expect(summary).toContainText("Quality Manager, Admin");
  await expect(summary).toContainText("1 person becomes an administrator.");
  await expect(summary.getByRole("button", { name: /^Show \d+ more operations$/ })).toBeVisible();

  await form.getByRole("button", { name: "Back" }).click();
  await form.getByLabel("Primary Role").selectOption("Quality Engineer");
  await goOn(form);
  await expect(summary).toContainText("Quality Engineer");
  await expect(summary).not.toContainText("administrator");

  await form.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/clients$/);
  const receipt = page.getByRole("listitem").filter({ hasText: "Nils Neumann is created" });
  await receipt.getByRole("link", { name: "Provision a client" }).click();
  const generate = page.getByRole("dialog", { name: "Generate a client" });
  await expect(generate).toBeVisible();
  await expect(page).toHaveURL(/\/clients$/);
  await page.keyboard.press("Escape");
  await expect(generate).toBeHidden();
  await expect(receipt.getByRole("link", { name: "Open" })).toHaveAttribute("href", /\/admin\/users\/[0-9a-f-]{36}$/);
  await receipt.getByRole("link", { name: "Create another" }).click();
  await expect(page).toHaveURL("/admin/users/new");
  await expect(page.getByRole("form", { name: "Create User" }).getByLabel("Email")).toHaveValue("");
});
