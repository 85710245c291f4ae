import { expect, test } from "@playwright/test";
import { dialog, fillIdentity, generate, goOn, newName, openWizard } from "./create-user-steps";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { stallRoute } from "./stall-route";

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
  await page.getByPlaceholder("Search groups").fill("staging");
  await page.getByRole("option", { name: /^Staging/ }).click();
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
  await page.getByLabel("User name or email").fill(username);
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
  await page.getByLabel("User name or email").fill(username);
  await page.getByLabel("Password", { exact: true }).fill("seven lanterns over the harbour");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/account");
});

test("U7: a taken user name or email is refused at its field, and its step opens", async ({ page }) => {
  const taken = await makePerson("taken", { firstName: "Tara", lastName: "Taken" });
  const form = await openWizard(page);
  await fillIdentity(form, taken.username.toUpperCase(), `  ${taken.email.toUpperCase()}`);
  await goOn(form);
  await expect(form.getByLabel("User Name")).toHaveAccessibleDescription(
    /is already in use by Tara Taken\. User names are not/,
  );
  await expect(form.getByLabel("Email")).toHaveAccessibleDescription(/is already in use by Tara Taken\./);
  await expect(form.getByLabel("Email")).toBeVisible();
  await expect(form.getByLabel("Email")).toBeFocused();
  await expect(form.getByLabel("User Name")).toHaveValue(taken.username.toUpperCase());

  await form.getByLabel("User Name").fill(taken.email);
  await form.getByLabel("Email").fill(`${newName("free")}@northwind.example`);
  await expect(form.getByRole("alert")).toHaveCount(0);
  await goOn(form);
  await expect(form.getByLabel("User Name")).toHaveAccessibleDescription(/is already in use by Tara Taken\./);
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
  await expect(form.getByRole("radio", { name: /Generate a password/ })).toBeVisible();
  const raced = await makePerson("winner", { firstName: "Wanda", lastName: "Winner" });
  await withDatabase((sql) => sql`insert into sign_in_names (key, user_id) values (${username}, ${raced.id})`);
  await form.getByRole("button", { name: "Create" }).click();
  await expect(form.getByLabel("User Name")).toHaveAccessibleDescription(/is already in use by Wanda Winner\./);
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

test("U4: a user name that is typed stays, also where it is the one that was proposed, until it is cleared", async ({
  page,
}) => {
  const form = await openWizard(page);
  const [email, username] = [form.getByLabel("Email"), form.getByLabel("User Name")];
  await email.fill("alan@northwind.example");
  await expect(username).toHaveValue("alan");
  await username.press("End");
  await username.press("x");
  await username.press("Backspace");
  await expect(username).toHaveValue("alan");
  await email.fill("alan.turing@northwind.example");
  await expect(username).toHaveValue("alan");
  await username.fill("");
  await email.fill("alan.mathison@northwind.example");
  await expect(username).toHaveValue("alan.mathison");
});

test("U4: a step that is opened while Continue is asked about stays open", async ({ page }) => {
  const form = await openWizard(page);
  const step = (name: string) => form.getByRole("listitem").filter({ hasText: name });
  await fillIdentity(form, newName("early"));
  await goOn(form);
  await expect(step("Roles and groups")).toHaveAttribute("aria-current", "step");
  const letGo = await stallRoute(page, "**/admin/users/new");
  await goOn(form);
  const proceed = form.getByRole("button", { name: "Continue" });
  await expect(proceed).toHaveAttribute("aria-busy", "true");
  await step("Identity").getByRole("button").click();
  await expect(step("Identity")).toHaveAttribute("aria-current", "step");
  letGo();
  await expect(proceed).not.toHaveAttribute("aria-busy");
  await expect(step("Identity")).toHaveAttribute("aria-current", "step");
  await expect(form.getByLabel("Email")).toBeFocused();
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
  await expect(page.getByRole("menuitem", { name: "Restore", exact: true })).toBeVisible();
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
