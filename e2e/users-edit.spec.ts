import { expect, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, startSession, withDatabase } from "./sign-in-as";
import { confirm, details, open, pick, preview, stored, update } from "./user-steps";

test("U6: every field that can be edited is saved by one Update, and a blank password is left", async ({ page }) => {
  const person = await makePerson("edited", { firstName: "Edda", lastName: "Edited" });
  await startSession(person.username);
  const before = await stored(person);
  await open(page, person);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit User Edda Edited");
  await expect(update(page)).toHaveAttribute("aria-disabled", "true");
  await expect(update(page)).toHaveAccessibleDescription("Nothing has changed yet.");
  const form = details(page);
  await form.getByLabel("First Name").fill("Edith");
  await form.getByLabel("Last Name").fill("");
  await form.getByLabel("Email").fill(`new-${person.email}`);
  await pick(page, "Manager", "quinn", "Quinn Manager quinn");
  await form.getByLabel("Primary Role").selectOption("Quality Lead");
  await form.getByLabel("Auditor").check();
  await form.getByLabel("Access ends").fill("2099-12-31T18:00");
  await update(page).click();
  await confirm(page, "This changes what 1 person can do");
  await expect(page.getByText("Edith is saved")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit User Edith");
  await expect(update(page)).toHaveAttribute("aria-disabled", "true");

  await page.reload();
  await expect(form.getByLabel("First Name")).toHaveValue("Edith");
  await expect(form.getByLabel("Last Name")).toHaveValue("");
  await expect(form.getByLabel("Email")).toHaveValue(`new-${person.email}`);
  await expect(form.getByRole("combobox", { name: "Manager" })).toContainText("Quinn Manager");
  await expect(form.getByLabel("Primary Role").locator("option:checked")).toHaveText("Quality Lead");
  await expect(form.getByLabel("Auditor")).toBeChecked();
  await expect(form.getByLabel("Access ends")).toHaveValue("2099-12-31T18:00");
  expect(await stored(person)).toMatchObject({ hash: before?.hash, must_change_password: false });
  const [sessions] = await withDatabase(
    (sql) => sql`select count(*)::int as open from sessions where user_id = ${person.id} and ended_at is null`,
  );
  expect(sessions?.open).toBe(1);
});

test("U6: a field that is wrong says so, and takes the focus", async ({ page }) => {
  const person = await makePerson("wrongs");
  await open(page, person);
  const form = details(page);
  await form.getByLabel("First Name").fill(" ");
  await form.getByLabel("Email").fill("two@at@northwind.example");
  await form.getByLabel("Password", { exact: true }).fill("fourteen chars");
  await update(page).click();
  await expect(form.getByLabel("First Name")).toHaveAccessibleDescription("Enter the first name.");
  await expect(form.getByLabel("First Name")).toBeFocused();
  await expect(form.getByLabel("Email")).toHaveAccessibleDescription("This is not an email address.");
  await form.getByLabel("First Name").fill("Nora");
  await form.getByLabel("Email").fill("eve@northwind.example");
  await form.getByLabel("Password", { exact: true }).fill("");
  await update(page).click();
  await expect(form.getByLabel("Email")).toHaveAccessibleDescription(/is already in use by Eve Engineer\./);
  await expect(form.getByLabel("Email")).toBeFocused();
  expect(await stored(person)).toMatchObject({ email: person.email });
});

test("U6: a password set by somebody else ends the sessions and must be changed", async ({ page, browser }) => {
  const person = await makePerson("reset");
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  await theirs.goto("/account");
  await open(page, person);
  const form = details(page);
  await form.getByLabel("Password", { exact: true }).fill("seven lanterns over the harbour");
  await form.getByLabel("Confirm Password").fill("seven lanterns over the harbor");
  await update(page).click();
  await expect(form.getByLabel("Confirm Password")).toHaveAccessibleDescription("The passwords don't match.");
  await form.getByLabel("Confirm Password").fill("seven lanterns over the harbour");
  await update(page).click();
  await expect(page.getByText("Nora Newcomer is saved")).toBeVisible();
  await expect(form.getByLabel("Password", { exact: true })).toHaveValue("");

  await theirs.getByRole("link", { name: "Sessions" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.getByLabel("User name or email").fill(person.username);
  await theirs.getByLabel("Password", { exact: true }).fill("seven lanterns over the harbour");
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(theirs.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await theirs.context().close();
});

test("U6: user name and configuration are fixed, also when they are posted by hand", async ({ page }) => {
  const person = await makePerson("fixed");
  await open(page, person);
  const form = details(page);
  for (const fixed of ["Configuration", "User Name"]) {
    const group = form.getByRole("group", { name: fixed });
    await expect(group).toHaveAccessibleDescription("Cannot be changed.");
    await expect(group.getByRole("textbox")).toHaveCount(0);
  }
  await page.route(`**/admin/users/${person.id}`, (route) => {
    const sent = route.request().postDataJSON() as [object];
    return route.continue({ postData: JSON.stringify([{ ...sent[0], username: "forged", configuration: "ldap" }]) });
  });
  await form.getByLabel("First Name").fill("Forged");
  await update(page).click();
  await expect(form.getByRole("alert")).toBeVisible();
  expect(await stored(person)).toMatchObject({
    username: person.username,
    configuration: "default",
    first_name: "Nora",
  });
});

test("R2: lowering the primary role clears Admin with a notice; by hand it is refused", async ({ page }) => {
  const person = await makePerson("lowered", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });
  await open(page, person);
  const form = details(page);
  await expect(form.getByRole("checkbox", { name: /^Admin\b/ })).toBeChecked();
  let keeps: string[] = [];
  await page.route(`**/admin/users/${person.id}`, (route) => {
    const [sent] = route.request().postDataJSON() as [{ additionalRoleIds: string[] }];
    return route.continue({ postData: JSON.stringify([{ ...sent, additionalRoleIds: keeps }]) });
  });
  keeps = await withDatabase(async (sql) =>
    (await sql`select id from roles where name = 'Admin'`).map(({ id }) => id as string),
  );
  await form.getByLabel("Primary Role").selectOption("Quality Engineer");
  await expect(form.getByRole("checkbox", { name: /^Admin\b/ })).toHaveCount(0);
  await expect(form.getByText('"Admin" was cleared because you chose Quality Engineer.')).toBeVisible();
  await update(page).click();
  await expect(form.getByText('"Admin" cannot be combined with Quality Engineer.').first()).toBeVisible();
  expect(await stored(person)).toMatchObject({ role: "Quality Manager", additional: ["Admin"] });
  await page.unroute(`**/admin/users/${person.id}`);
  await update(page).click();
  await expect(preview(page).getByText("1 person is no longer an administrator.")).toBeVisible();
  await confirm(page, "This changes what 1 person can do");
  await expect(page.getByText("Nora Newcomer is saved")).toBeVisible();
  expect(await stored(person)).toMatchObject({ role: "Quality Engineer", additional: null });
});

test("R5, R6: a role that has ended or fits no more says so in the form, and can be taken away", async ({ page }) => {
  const person = await makePerson("sleeper", { firstName: "Sile", lastName: "Sleeper", additionalRoles: ["Auditor"] });
  await withDatabase(
    (sql) => sql`insert into user_roles (user_id, role_id) select ${person.id}, id from roles where name = 'Admin'`,
  );
  await withDatabase(
    (sql) => sql`update user_roles set ends_at = now() - interval '1 day' where user_id = ${person.id}
                   and role_id = (select id from roles where name = 'Auditor')`,
  );
  await open(page, person);
  const form = details(page);
  await expect(form.getByText(/Ended on .+\. Its end is under "Roles and Groups"\./)).toBeVisible();
  const admin = form.getByRole("checkbox", { name: /^Admin\b/ });
  await expect(admin).toBeChecked();
  await expect(form.getByText("Not in force: needs Quality Manager.")).toBeVisible();
  await admin.uncheck();
  await update(page).click();
  await expect(page.getByText("Sile Sleeper is saved")).toBeVisible();
  expect(await stored(person)).toMatchObject({ additional: ["Auditor"] });
});

test("U8: nobody below can become the manager, nor whoever came below meanwhile", async ({ page }) => {
  const boss = await makePerson("boss", { firstName: "Bela", lastName: "Boss" });
  const under = await makePerson("under", { firstName: "Uwe", lastName: "Under", manager: boss.username });
  const free = await makePerson("free", { firstName: "Fria", lastName: "Free" });
  await open(page, boss);
  await details(page).getByRole("combobox", { name: "Manager" }).click();
  for (const nobody of [under.username, boss.username, "Dan Disabled"]) {
    await page.getByPlaceholder("Search people").fill(nobody);
    await expect(page.getByText(`Nothing matches "${nobody}".`)).toBeVisible();
  }
  await page.keyboard.press("Escape");
  await pick(page, "Manager", free.username, `Fria Free ${free.username}`);
  await withDatabase((sql) => sql`update users set manager_id = ${under.id} where id = ${free.id}`);
  await update(page).click();
  await expect(page.getByRole("combobox", { name: "Manager" })).toContainText("Fria Free");
  await expect(page.getByRole("combobox", { name: "Manager" })).toHaveAccessibleDescription(
    "Fria Free is below Bela Boss in the organisation and cannot be above as well.",
  );
});

test("U6: whoever may see but not change gets text, the name alone, and why", async ({ page }) => {
  const person = await makePerson("seen", { firstName: "Selma", lastName: "Seen" });
  await open(page, person, "audrey");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Selma Seen");
  for (const path of ["", "/access"]) {
    await page.goto(`/admin/users/${person.id}${path}`);
    await expect(page.getByText(/^None of your roles lets you edit a user\./)).toBeVisible();
    await expect(update(page)).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  }
  await page.goto(`/admin/users/${person.id}`);
  await expect(page.getByRole("definition").filter({ hasText: person.email })).toBeVisible();
  await hydrated(page);
  await page.getByRole("button", { name: "More actions", description: "Selma Seen" }).click();
  await expect(page.getByRole("menuitem", { name: /^Remove user/ })).toHaveAttribute("aria-disabled", "true");
});

test("R11: a lead sees the people below and nobody else, by guessed ids neither", async ({ page }) => {
  const below = await makePerson("below", { firstName: "Benno", lastName: "Below", manager: "lee" });
  await open(page, below, "lee");
  const tabs = page.getByRole("navigation", { name: "Edit User" });
  await expect(tabs.getByRole("link", { name: "Client Provision" })).toBeVisible();
  await expect(tabs.getByRole("link", { name: "Sessions" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Benno Below" })).toBeVisible();
  const [ada] = await withDatabase((sql) => sql`select id from users where username_key = 'ada'`);
  for (const path of ["", "/clients", "/access", "/owned", "/sessions", "/activity"]) {
    const answer = await page.request.get(`/admin/users/${ada?.id}${path}`);
    expect([path, [403, 404].includes(answer.status())]).toEqual([path, true]);
    expect(await answer.text()).not.toContain("ada@northwind.example");
  }
  expect((await page.goto(`/admin/users/${ada?.id}`))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  expect((await page.goto("/admin/audit"))?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "You don't have access to this page" })).toBeVisible();
});

test("S8: one's own email and password are changed elsewhere", async ({ page }) => {
  const person = await makePerson("own", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });
  await open(page, person, person.username);
  await expect(details(page).getByRole("group", { name: "Email" })).toHaveAccessibleDescription(
    'Change your own under "My profile".',
  );
  await expect(details(page).getByLabel("Access ends")).toBeDisabled();
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await expect(page.getByRole("menuitem", { name: /^Disable/ })).toHaveAccessibleDescription(
    "You cannot disable yourself.",
  );
});
