import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { lastMailTo } from "./mailbox";
import { makePerson, password } from "./people";
import { signInAs, startSession } from "./sign-in-as";
import { signOut } from "./user-menu";

const newPassword = "seven lanterns over the harbour";

const profile = (page: Page) => page.getByRole("form", { name: "Name and preferences" });
const update = (page: Page) => profile(page).getByRole("button", { name: "Update" });

async function openProfile(page: Page, username: string) {
  await signInAs(page, username);
  await page.goto("/account");
  await hydrated(page);
}

test("one bar saves what is edited of one's own name and preferences, or takes it back", async ({ page }) => {
  const person = await makePerson("name");
  await openProfile(page, person.username);
  const form = profile(page);
  const [first, zone] = [form.getByLabel("First Name"), form.getByRole("combobox", { name: "Time Zone" })];
  const dates = form.getByLabel("Date and Number Format");
  await expect(first).toHaveValue("Nora");
  for (const field of [zone, dates, form.getByLabel("Single-key shortcuts")])
    await expect(field).toHaveAccessibleDescription(/Default$/);
  await expect(update(page)).toHaveCount(0);

  await first.fill("");
  await dates.selectOption("iso");
  await expect(dates).toHaveAccessibleDescription("Default: Gatehouse.");
  await expect(form.getByText("2 unsaved changes", { exact: true })).toBeVisible();
  await update(page).click();
  await expect(first).toBeFocused();
  await expect(form.getByText("Enter the first name.").last()).toBeVisible();
  await form.getByRole("button", { name: "Discard" }).click();
  await expect(first).toHaveValue("Nora");
  await expect(dates).toHaveValue("");
  await expect(update(page)).toHaveCount(0);

  await first.fill("Zoë");
  await zone.click();
  await page.getByPlaceholder("Search time zones").fill("tokyo");
  await page.getByRole("option", { name: "Asia/Tokyo" }).click();
  await expect(form.getByText("2 unsaved changes", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Sessions" }).last().click();
  const question = page.getByRole("alertdialog", { name: "Discard changes?" });
  await question.getByRole("button", { name: "Keep editing" }).click();
  await update(page).click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();
  await expect(update(page)).toHaveCount(0);
  await page.reload();
  await expect(first).toHaveValue("Zoë");
  await expect(zone).toContainText("Asia/Tokyo");
  await expect(zone).toHaveAccessibleDescription("Default: same as the browser.");
});

test("U9: a name that was saved in another window meanwhile is not overwritten unseen, and nothing else is saved", async ({
  page,
  context,
}) => {
  const person = await makePerson("stale");
  await openProfile(page, person.username);
  const other = await context.newPage();
  await other.goto("/account");
  await hydrated(other);
  await profile(other).getByLabel("First Name").fill("Nadia");
  await update(other).click();
  await expect(other.getByText("Your profile is saved")).toBeVisible();

  const form = profile(page);
  await form.getByLabel("First Name").fill("Nina");
  await form.getByLabel("Date and Number Format").selectOption("iso");
  await update(page).click();
  await expect(form.getByRole("alert")).toContainText(
    "Your details were changed in the meantime in another window: Nadia Newcomer",
  );
  await expect(form.getByLabel("First Name")).toHaveValue("Nina");
  await expect(form.getByText("2 unsaved changes", { exact: true })).toBeVisible();
  await update(page).click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();
});

test("S8: an own email wants the current password, and then signs in", async ({ page }) => {
  const person = await makePerson("mail");
  await signInAs(page, person.username);
  await page.goto("/account");
  await hydrated(page);
  const form = page.getByRole("form", { name: "Email" });
  const [email, current] = [form.getByLabel("Email"), form.getByLabel("Current Password")];
  const save = form.getByRole("button", { name: "Update" });
  await email.fill("EVE@northwind.example");
  await current.fill("not the password");
  await save.click();
  await expect(form.getByText("This is not your current password.").last()).toBeVisible();
  await expect(current).toBeFocused();
  await current.fill(password);
  await save.click();
  await expect(form.getByText(/already in use/).last()).toBeVisible();
  await expect(email).toHaveValue("EVE@northwind.example");
  await email.fill(`new-${person.email}`);
  await save.click();
  await expect(page.getByText(`A link was sent to new-${person.email}`)).toBeVisible();
  await expect(current).toHaveValue("");
  await expect(email).toHaveValue(person.email);
  const { link } = await lastMailTo(`new-${person.email}`);
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm email" }).click();
  await expect(page).toHaveURL("/account");

  await signOut(page);
  await page.getByLabel("User name or email").fill(`NEW-${person.email}`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/account");
});

test("S10: a changed password ends the other sessions and keeps this one", async ({ page, browser }) => {
  const person = await makePerson("pass");
  await signInAs(page, person.username);
  const elsewhere = await (await browser.newContext()).newPage();
  await signInAs(elsewhere, person.username);
  await elsewhere.goto("/account");
  await expect(elsewhere.getByRole("heading", { name: "My profile" })).toBeVisible();

  await page.goto("/account/security");
  await hydrated(page);
  await page.getByLabel("Current Password").fill(password);
  await page.getByLabel("New Password").fill(newPassword);
  await page.getByLabel("Confirm Password").fill(newPassword);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed. One other session ended.")).toBeVisible();
  await expect(page.getByLabel("New Password")).toHaveValue("");
  await page.reload();
  await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();

  await page.goto("/account/sessions");
  await expect(page.getByRole("table", { name: "Ended sessions" })).toContainText(`Password changed by ${person.name}`);
});

test("S2: a weak password is refused at its field, with the rule", async ({ page }) => {
  const person = await makePerson("weak");
  await signInAs(page, person.username);
  await page.goto("/account/security");
  await hydrated(page);
  await page.getByLabel("Current Password").fill(password);
  for (const [weak, rule] of [
    ["fourteen chars", /at least 15 characters, and this one has 14/],
    ["nora newcomer nora", /own names/],
  ] as const) {
    await page.getByLabel("New Password").fill(weak);
    await page.getByLabel("Confirm Password").fill(weak);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText(rule).last()).toBeVisible();
  }
});

test("S9: sessions are listed, ended one by one and all at once", async ({ page, browser }) => {
  const person = await makePerson("rows");
  await signInAs(page, person.username);
  const elsewhere = await (await browser.newContext()).newPage();
  await signInAs(elsewhere, person.username);
  await startSession(person.username, "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0");
  await startSession(person.username, "curl/8.14.1");

  await page.goto("/account/sessions");
  const open = page.getByRole("table", { name: "Open sessions" });
  const ended = page.getByRole("table", { name: "Ended sessions" });
  await expect(open.getByRole("row")).toHaveCount(5);
  await hydrated(page);
  await expect(open.getByRole("row").filter({ hasText: "This session" })).toHaveCount(1);
  await open.getByRole("button", { name: "Logout", description: /^Firefox on Ubuntu/ }).click();
  await expect(open.getByRole("row").filter({ hasText: "Firefox on Ubuntu" })).toContainText("ended");
  await expect(ended.getByRole("row").filter({ hasText: "Firefox on Ubuntu" })).toContainText(
    `Logged out by ${person.name}`,
  );

  await page.getByRole("button", { name: "Logout all others" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Logout all others" }).click();
  await expect(page.getByText(`2 sessions of ${person.name} are ended`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Logout all others" })).toHaveCount(0);
  await page.reload();
  await expect(open.getByRole("row")).toHaveCount(2);
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();
});

test("S9: an administrator ends somebody's session at once; an auditor only sees it", async ({ page, browser }) => {
  const person = await makePerson("ended");
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  await theirs.goto("/account");

  const audit = await (await browser.newContext()).newPage();
  await signInAs(audit, "audrey");
  await audit.goto(`/admin/users/${person.id}/sessions`);
  await expect(audit.getByRole("table", { name: "Open sessions" })).toContainText("127.0.0.1");
  await expect(audit.getByRole("button", { name: "Logout" })).toHaveCount(2);
  for (const button of await audit.getByRole("button", { name: "Logout" }).all())
    await expect(button).toHaveAttribute("aria-disabled", "true");
  await audit.context().close();

  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/sessions`);
  await hydrated(page);
  await page.getByRole("button", { name: "Logout", description: /^Gatehouse journeys/ }).click();
  await expect(page.getByRole("table", { name: "Ended sessions" })).toContainText("Logged out by Ada Admin");
  await expect(page.getByRole("table", { name: "Open sessions" })).toContainText("ended");
  await page.reload();
  await expect(page.getByText(`${person.name} is not signed in anywhere.`)).toBeVisible();
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
});

test("R11: sessions outside one's reach are not there", async ({ page }) => {
  const person = await makePerson("hidden");
  await signInAs(page, "lee");
  const response = await page.goto(`/admin/users/${person.id}/sessions`);
  expect([403, 404]).toContain(response?.status());
  await expect(page.getByText(person.name)).toHaveCount(0);
});

test("on a phone nothing scrolls sideways", async ({ page }) => {
  const person = await makePerson("phone");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/sign-in");
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(await isWide()).toBe(false);
  await signInAs(page, person.username);
  for (const path of ["/account", "/account/security", "/account/sessions"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
    expect(await isWide()).toBe(false);
  }
});
