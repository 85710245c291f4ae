import { expect, type Page, test } from "@playwright/test";
import { openScreens } from "@/lib/shell/navigation";
import { accessWith, role } from "@/lib/testing/access";
import { desk, expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson, password } from "./people";
import { hearPolicy } from "./policy";
import { signInAs, withDatabase } from "./sign-in-as";

test.describe.configure({ timeout: 480_000 });
test.use({ viewport: desk, contextOptions: { reducedMotion: "reduce" } });

let nothingRefused: () => void;
test.beforeEach(async ({ context }) => {
  nothingRefused = await hearPolicy(context);
});
test.afterEach(() => nothingRefused());

async function checkPath(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await hydrated(page);
  await expectAccessible(page, path);
}

const set = (person: MadePerson, columns: Record<string, unknown>) =>
  withDatabase((sql) => sql`update users set ${sql(columns)} where id = ${person.id}`);

test("what stands before sign-in, and what is refused", async ({ page }) => {
  await checkPath(page, "/sign-in");
  await page.getByLabel("User name or email").fill("nobody-at-all");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText(/^User name or password is wrong/)).toBeVisible();
  await expectAccessible(page, "sign-in refused");
  await checkPath(page, "/nothing/here");
  const owed = await makePerson("owed", { mustChangePassword: true });
  await page.goto("/sign-in");
  await hydrated(page);
  await page.getByLabel("User name or email").fill(owed.username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await expectAccessible(page, "new password");
  const engineer = await makePerson("outer");
  await signInAs(page, engineer.username);
  await checkPath(page, "/admin");
});

test("Home, the lists and the log", async ({ page }) => {
  await page.context().addCookies([{ name: "theme", value: "dark", url: test.info().project.use.baseURL ?? "" }]);
  await signInAs(page, "ada");
  await page.goto("/admin");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  for (const path of [
    "/admin/users?q=nobody+is+called+this&status=locked",
    "/admin/users?view=archived",
    "/admin/audit?operation=user.update",
    "/admin/sessions/clients",
    "/admin/sessions/locked",
    "/admin/users/00000000-0000-0000-0000-000000000000",
  ])
    await checkPath(page, path);
});

test("the pages of one user, in every state", async ({ page }) => {
  const [eve] = await withDatabase((sql) => sql`select id from users where username_key = 'eve'`);
  const [lee] = await withDatabase((sql) => sql`select id from users where username_key = 'lee'`);
  await signInAs(page, "ada");
  for (const tab of ["", "/clients", "/access", "/sessions", "/activity"])
    await checkPath(page, `/admin/users/${eve?.id}${tab}`);
  for (const tab of ["/owned"]) await checkPath(page, `/admin/users/${lee?.id}${tab}`);
  const person = await makePerson("state");
  await set(person, { status: "disabled", disabled_reason: "On leave", status_before_disable: "active" });
  await checkPath(page, `/admin/users/${person.id}`);
  await set(person, { status: "active", locked_at: new Date() });
  await checkPath(page, `/admin/users/${person.id}`);
  await set(person, { status: "archived", archived_at: new Date() });
  await checkPath(page, `/admin/users/${person.id}`);
  await checkPath(page, `/admin/users/${person.id}/access`);
});

test("the wizard, with and without errors", async ({ page }) => {
  await signInAs(page, "ada");
  await checkPath(page, "/admin/users/new");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("link", { name: "Create User" }).click();
  const form = page.getByRole("dialog", { name: "Create User" }).getByRole("form");
  const goOn = form.getByRole("button", { name: "Continue" });
  await goOn.click();
  await expect(form.getByText("This is not an email address.")).toBeVisible();
  await expectAccessible(page, "identity with errors");
  await form.getByLabel("User Name").fill("eve");
  await form.getByLabel("First Name").fill("Eva");
  await form.getByLabel("Email").fill("eva@northwind.example");
  await goOn.click();
  await expect(form.getByRole("alert")).toBeVisible();
  await expectAccessible(page, "a taken name");
  await form.getByLabel("User Name").fill((await makePerson("axe")).username.replace("axe", "axed"));
  await form.getByLabel("Email").fill(`axed-${Date.now()}@northwind.example`);
  await goOn.click();
  await form.getByLabel("Primary Role").selectOption("Quality Manager");
  await form.getByRole("checkbox", { name: /^Admin\b/ }).check();
  await form.getByLabel("Primary Role").selectOption("Quality Lead");
  await expect(form.getByText(/was cleared because/)).toBeVisible();
  await expectAccessible(page, "roles with the notice");
  await form.getByRole("combobox", { name: "Manager" }).click();
  await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  // It lies over fields that have been looked at, of which it may leave a strip.
  await expect(page.locator("[role=dialog]:has([role=listbox])")).toHaveCount(1);
  await expect(page.locator("form:has([role=listbox])")).toHaveCount(0);
  await expectAccessible(page, "a picker", { sizes: [desk], off: ["region"], without: "form" });
  await page.keyboard.press("Escape");
  await goOn.click();
  await form.getByRole("radio", { name: /Set a password/ }).check();
  await form.getByRole("button", { name: "Create" }).click();
  await expect(form.getByText(/at least 15 characters/).first()).toBeVisible();
  await expectAccessible(page, "credentials with errors");
  await form.getByRole("radio", { name: /Generate a password/ }).check();
  await form.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: /^Store the password/ })).toBeVisible();
  await expectAccessible(page, "the generated password");
});

test("the dialogs that change a state, and two edits compared", async ({ page }) => {
  const person = await makePerson("dialogs", { manager: "quinn" });
  await makePerson("reports", { manager: person.username });
  await withDatabase(
    (sql) => sql`insert into groups (id, name, name_key, owner_id)
      values (gen_random_uuid(), ${person.username}, ${person.username}, ${person.id})`,
  );
  await signInAs(page, "ada");
  const ask = async (item: string) => {
    await page.getByRole("button", { name: "More actions", description: person.name }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  };
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, "More actions", { off: ["region"] });
  await page.keyboard.press("Escape");
  await ask("Disable");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("Enter the reason.").first()).toBeVisible();
  await expectAccessible(page, "Disable");
  await page.keyboard.press("Escape");
  await ask("Remove user");
  await expect(page.getByText("Needs a new owner")).toBeVisible();
  await expectAccessible(page, "Remove user");
  await page.keyboard.press("Escape");

  await page.getByLabel("Primary Role").selectOption("Quality Lead");
  await page.getByRole("button", { name: "Update" }).click();
  await expect(page.getByRole("region", { name: "Gain" })).toBeVisible();
  await expectAccessible(page, "who gains and who loses what");
  await page.keyboard.press("Escape");
  await page.getByLabel("Primary Role").selectOption("Quality Engineer");

  await page.getByLabel("First Name").fill("Mine");
  await set(person, { first_name: "Theirs", version: 9 });
  await page.getByRole("button", { name: "Update" }).click();
  await expect(page.getByRole("button", { name: "Save this choice" })).toBeVisible();
  await expectAccessible(page, "two edits");
  await set(person, { status: "archived", archived_at: new Date(), first_name: "Nora" });
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await ask("Purge");
  await expectAccessible(page, "Purge");
});

test("clients, their token and the palette", async ({ page }) => {
  const person = await makePerson("tokens");
  await signInAs(page, "ada");
  await checkPath(page, `/admin/users/${person.id}/clients`);
  await page.getByRole("button", { name: "Generate" }).click();
  const naming = page.getByRole("dialog", { name: "Generate a client" });
  await expectAccessible(page, "Generate");
  await naming.getByLabel("Name").fill("axe-rig");
  await naming.getByRole("button", { name: "Generate" }).click();
  const token = page.getByRole("dialog", { name: "Store the token for axe-rig" });
  await expect(token).toBeVisible();
  await expectAccessible(page, "the token");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "the question before it is lost");
  await page.getByRole("button", { name: "Close without storing" }).click();
  await expect(token).toBeHidden();
  await expectAccessible(page, "a client in the list");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("eve");
  await expect(page.getByRole("option", { name: /^Eve Engineer/ })).toBeVisible();
  await expectAccessible(page, "the palette");
  await page.keyboard.press("Escape");
  await page.setViewportSize(phone);
  await page.getByRole("button", { name: "Open navigation" }).click();
  await expect(page.getByRole("dialog", { name: "Navigation" })).toBeVisible();
  await expectAccessible(page, "the navigation on a phone", { sizes: [phone] });
});

test("My profile, and a user that one may only see", async ({ page }) => {
  const person = await makePerson("profile", { manager: "lee" });
  await signInAs(page, person.username);
  for (const path of ["/account", "/account/security", "/account/clients", "/account/sessions"])
    await checkPath(page, path);
  await signInAs(page, "lee");
  await checkPath(page, "/admin");
  for (const tab of ["", "/access", "/activity"]) await checkPath(page, `/admin/users/${person.id}${tab}`);
});

test("roles, their operations, and the matrix of privileges", async ({ page }) => {
  const [lead] = await withDatabase((sql) => sql`select id from roles where name = 'Quality Lead'`);
  const [admin] = await withDatabase((sql) => sql`select id from roles where name = 'Admin'`);
  await signInAs(page, "ada");
  for (const path of [
    "/admin/roles?q=nothing+is+called+this",
    "/admin/roles/new",
    `/admin/roles/${lead?.id}`,
    `/admin/roles/${admin?.id}`,
    "/admin/roles/operations",
    "/admin/privileges?q=nothing+like+this",
  ])
    await checkPath(page, path);
  await page.goto("/admin/roles");
  await hydrated(page);
  await page.getByRole("button", { name: "Add a preset" }).click();
  await expect(page.getByRole("dialog", { name: "Add a preset" })).toBeVisible();
  await expectAccessible(page, "the presets that can be added");
});

test("every screen of the console, of one's own account, and of what has a page of its own", async ({ page }) => {
  const [group] = await withDatabase((sql) => sql`select id from groups where name = 'Regression'`);
  const [account] = await withDatabase((sql) => sql`select id from service_accounts where name = 'Nightly build'`);
  const screens = openScreens(accessWith(role({ admin: true }))).map(({ href }) => href);
  await signInAs(page, "ada");
  for (const path of [
    ...screens,
    ...["", "/security", "/clients", "/tokens", "/sessions", "/access", "/activity", "/api"].map(
      (tab) => `/account${tab}`,
    ),
    ...["/members", "/roles", "/activity"].map((tab) => `/admin/groups/${group?.id}${tab}`),
    ...["", "/tokens", "/activity"].map((tab) => `/admin/service-accounts/${account?.id}${tab}`),
    ...["/admin/organisation?view=left", "/admin/settings/mail", "/admin/privileges/user.update"],
    ...["/admin/identity-providers/new", "/admin/identity-providers/new/okta"],
  ])
    await checkPath(page, path);
});

test("a control that is called otherwise than it reads is found (WCAG 2.5.3)", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in", exact: true }).evaluate((button) => {
    button.ariaLabel = "Enter";
  });
  await expect(expectAccessible(page, "another name", { sizes: [desk] })).rejects.toThrow(
    /label-content-name-mismatch/,
  );
});
