import { expect, type Locator, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const newName = (prefix: string) => `${prefix}-${v7().slice(-8)}`;
const dialog = (page: Page) => page.getByRole("dialog", { name: "Create User" });
const goOn = (form: Locator) => form.getByRole("button", { name: "Continue" }).click();
const generate = (form: Locator) => form.getByRole("radio", { name: /Generate a password/ }).check();

/** The wizard over the list. */
async function openWizard(page: Page): Promise<Locator> {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("link", { name: "Create User" }).click();
  return dialog(page).getByRole("form", { name: "Create User" });
}

async function fillIdentity(form: Locator, username: string, email = `${username}@northwind.example`) {
  await form.getByLabel("User Name").fill(username);
  await form.getByLabel("First Name").fill("Nils");
  await form.getByLabel("Last Name").fill("Neumann");
  await form.getByLabel("Email").fill(email);
}

test("U4: the wizard is a dialog over the list, with an address of its own", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users?q=eve");
  await hydrated(page);
  const link = page.getByRole("link", { name: "Create User" });
  await link.click();
  await expect(dialog(page)).toBeVisible();
  await expect(page).toHaveURL("/admin/users/new?q=eve");
  await expect(page.getByRole("table", { name: "Users", includeHidden: true })).toBeVisible();
  await page.goBack();
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL("/admin/users?q=eve");

  await link.focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL("/admin/users?q=eve");
  await expect(link).toBeFocused();

  await page.goForward();
  await expect(dialog(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Create User", level: 1 })).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL("/admin/users?q=eve");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
});

test("U4, U5: three steps, a generated password shown once, then Client Provision", async ({ page }) => {
  const username = newName("nils");
  const form = await openWizard(page);
  const step = (name: string) => form.getByRole("listitem").filter({ hasText: name });
  await expect(step("Identity")).toHaveAttribute("aria-current", "step");
  await goOn(form);
  await expect(form.getByLabel("User Name")).toHaveAccessibleDescription(/A user name has 3 to 64 characters\./);
  await expect(form.getByLabel("First Name")).toHaveAccessibleDescription(/Enter the first name\./);
  await expect(form.getByLabel("Email")).toHaveAccessibleDescription("This is not an email address.");
  await expect(form.getByLabel("Email")).toBeFocused();
  await fillIdentity(form, username);
  await goOn(form);

  await expect(step("Roles and groups")).toHaveAttribute("aria-current", "step");
  await form.getByRole("combobox", { name: "Manager" }).click();
  await page.getByPlaceholder("Search people").fill("lee lead");
  await page.getByRole("option", { name: /Lee Lead/ }).click();
  await form.getByRole("combobox", { name: "Groups" }).click();
  await page.getByRole("option", { name: "Staging" }).click();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeVisible();
  await expect(form.getByRole("list", { name: "Chosen: Groups" })).toContainText("Staging");
  await goOn(form);

  await expect(form.getByRole("radio", { name: /Send an invitation link/ })).toBeChecked();
  await generate(form);
  await expect(form.getByText("Creates Nils as active and shows the generated password once.")).toBeVisible();
  await form.getByRole("button", { name: "Create" }).click();

  const shown = page.getByRole("dialog", { name: "Store the password for Nils Neumann" });
  const password = (await shown.getByRole("code").textContent()) ?? "";
  expect(password.length).toBeGreaterThanOrEqual(15);
  await expect(shown.getByRole("button", { name: "Close" })).toHaveAttribute("aria-disabled", "true");
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Close" }).click();

  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}\/clients$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nils Neumann");
  await expect(page.getByRole("link", { name: "Client Provision" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("Reports to Lee Lead")).toBeVisible();
  expect(await page.content()).not.toContain(password);
  await page.goBack();
  await expect(page).toHaveURL("/admin/users");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await expect(dialog(page)).toBeHidden();

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("Username or email").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
});

test("U5: a generated password that is still shown is not lost by Escape or a click beside it", async ({ page }) => {
  const username = newName("kept");
  const form = await openWizard(page);
  await fillIdentity(form, username);
  await goOn(form);
  await goOn(form);
  await generate(form);
  await form.getByRole("button", { name: "Create" }).click();
  const shown = page.getByRole("dialog", { name: "Store the password for Nils Neumann" });
  await expect(shown.getByRole("button", { name: "Copy" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(shown).toBeVisible();
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(/\/clients$/);
});

test("U5: a password that one sets, refused by its rules first, and none forced to change it", async ({ page }) => {
  const username = newName("setpw");
  const form = await openWizard(page);
  await fillIdentity(form, username);
  await goOn(form);
  await goOn(form);
  await form.getByRole("radio", { name: /Set a password/ }).check();
  const [first, second] = [form.getByLabel("Password", { exact: true }), form.getByLabel("Confirm Password")];
  const create = form.getByRole("button", { name: "Create" });
  await first.fill("fourteen chars");
  await second.fill("fourteen chars");
  await create.click();
  await expect(first).toHaveAccessibleDescription(/at least 15 characters, and this one has 14/);
  await expect(first).toBeFocused();
  await first.fill("seven lanterns over the harbour");
  await second.fill("seven lanterns over the harbor");
  await create.click();
  await expect(second).toHaveAccessibleDescription("The passwords don't match.");
  await second.fill("seven lanterns over the harbour");
  await form.getByLabel("Force password change at next sign-in").uncheck();
  await create.click();
  await expect(page).toHaveURL(/\/clients$/);

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("Username or email").fill(username);
  await page.getByLabel("Password", { exact: true }).fill("seven lanterns over the harbour");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/account");
});

test("U7: a taken user name or email is refused at its field, and its step opens", async ({ page }) => {
  const taken = await makePerson("taken", { firstName: "Tara", lastName: "Taken" });
  const form = await openWizard(page);
  await fillIdentity(form, taken.username.toUpperCase(), `  ${taken.email.toUpperCase()}`);
  await goOn(form);
  await expect(form.getByLabel("User Name")).toHaveAccessibleDescription(/is taken by Tara Taken\. User names ignore/);
  await expect(form.getByLabel("Email")).toHaveAccessibleDescription(/is taken by Tara Taken\./);
  await expect(form.getByLabel("Email")).toBeVisible();
  await expect(form.getByLabel("Email")).toBeFocused();
  await expect(form.getByLabel("User Name")).toHaveValue(taken.username.toUpperCase());

  await form.getByLabel("User Name").fill(taken.email);
  await form.getByLabel("Email").fill(`${newName("free")}@northwind.example`);
  await expect(form.getByRole("alert")).toHaveCount(0);
  await goOn(form);
  await expect(form.getByLabel("User Name")).toHaveAccessibleDescription(/is taken by Tara Taken\./);
  await expect(form.getByLabel("Email")).toHaveAccessibleDescription("");
});

test("U7: names that somebody takes after they were checked are refused by Create, and their step opens", async ({
  page,
}) => {
  const username = newName("raced");
  const form = await openWizard(page);
  await fillIdentity(form, username);
  await goOn(form);
  await goOn(form);
  const raced = await makePerson("winner", { firstName: "Wanda", lastName: "Winner" });
  await withDatabase((sql) => sql`insert into sign_in_names (key, user_id) values (${username}, ${raced.id})`);
  await form.getByRole("button", { name: "Create" }).click();
  await expect(form.getByLabel("User Name")).toHaveAccessibleDescription(/is taken by Wanda Winner\./);
  await expect(form.getByLabel("User Name")).toBeFocused();
});

test("U4: the user name follows the email until somebody changes it", async ({ page }) => {
  const form = await openWizard(page);
  const [email, username] = [form.getByLabel("Email"), form.getByLabel("User Name")];
  await expect(email).toBeFocused();
  await email.fill("Nils.Neumann+lab@northwind.example");
  await expect(username).toHaveValue("nils.neumann");
  await email.fill("al@northwind.example");
  await expect(username).toHaveValue("al@northwind.example");
  await username.fill("alan");
  await email.fill("alan.turing@northwind.example");
  await expect(username).toHaveValue("alan");
});

test("U7: a name of somebody archived leads to that user, who can be restored", async ({ page }) => {
  const gone = await makePerson("gone", { firstName: "Gerda", lastName: "Gone" });
  await withDatabase(
    (sql) =>
      sql`update users set status = 'archived', status_before_archive = 'active', archived_at = now() where id = ${gone.id}`,
  );
  const form = await openWizard(page);
  await fillIdentity(form, gone.username);
  await goOn(form);
  await expect(form.getByRole("alert")).toContainText("Restore that user instead?");
  await form.getByRole("link", { name: "Open Gerda Gone" }).click();
  await expect(page).toHaveURL(`/admin/users/${gone.id}`);
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("heading", { name: "Gerda Gone", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "More actions", description: "Gerda Gone" }).click();
  await expect(page.getByRole("menuitem", { name: "Restore" })).toBeVisible();
});

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
  await expect(receipt.getByRole("link", { name: "Provision a client" })).toHaveAttribute("href", /\/clients$/);
  await expect(receipt.getByRole("link", { name: "Open" })).toHaveAttribute("href", /\/admin\/users\/[0-9a-f-]{36}$/);
  await receipt.getByRole("link", { name: "Create another" }).click();
  await expect(page).toHaveURL("/admin/users/new");
  await expect(page.getByRole("form", { name: "Create User" }).getByLabel("Email")).toHaveValue("");
});

test("U4: a double click on Create makes one user", async ({ page }) => {
  const username = newName("twice");
  const form = await openWizard(page);
  await fillIdentity(form, username);
  await goOn(form);
  await goOn(form);
  await generate(form);
  await form.getByRole("button", { name: "Create" }).dblclick();
  await expect(page.getByText("Store the password for")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  const told = await withDatabase(
    (sql) => sql`
      select e.outcome from events e where e.operation = 'user.create'
         and e.person_id = (select id from users where username_key = ${username})`,
  );
  expect(told.map(({ outcome }) => outcome)).toEqual(["succeeded"]);
});
