import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { lastMailTo } from "./mailbox";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { open } from "./user-steps";

const newPassword = "seven lanterns over the harbour";

async function reset(page: Page, person: MadePerson) {
  await open(page, person);
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await page.getByRole("menuitem", { name: "Reset password", exact: true }).click();
  return page.getByRole("dialog", { name: `Reset the password of ${person.name}?` });
}

test("an administrator sends a link: sessions end at once, and the person chooses", async ({ page, browser }) => {
  const person = await makePerson("resetlink", { firstName: "Rosa", lastName: "Reset" });
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  const dialog = await reset(page, person);
  await expect(dialog.getByRole("radio", { name: /Send a link/ })).toBeChecked();
  await dialog.getByRole("button", { name: "Reset password" }).click();
  await expect(page.getByText("A link was sent to Rosa Reset")).toBeVisible();
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);
  const { link } = await lastMailTo(person.email, { subject: /Choose a new password/ });
  await theirs.goto(link);
  await theirs.getByLabel("New Password").fill(newPassword);
  await theirs.getByLabel("Confirm Password").fill(newPassword);
  await theirs.getByRole("button", { name: "Set new password" }).click();
  await expect(theirs.getByText("Your password is set. Sign in with it.")).toBeVisible();
  await theirs.context().close();
});

/** What a generated password is shown in, until it is stored. Gives the password. */
async function store(page: Page, person: MadePerson) {
  const shown = page.getByRole("dialog", { name: `Store the password for ${person.name}` });
  const generated = (await shown.getByRole("code").textContent()) ?? "";
  await page.waitForLoadState("networkidle");
  await expect(shown.getByRole("code")).toHaveText(generated);
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Close" }).click();
  await expect(shown).toBeHidden();
  return generated;
}

test("S5: an administrator generates one, shown once, which has to be changed", async ({ page }) => {
  const person = await makePerson("resetgen", { firstName: "Gero", lastName: "Given" });
  const dialog = await reset(page, person);
  await dialog.getByRole("radio", { name: /Generate a password/ }).check();
  await dialog.getByRole("button", { name: "Reset password" }).click();
  const password = await store(page, person);
  expect(password.length).toBeGreaterThanOrEqual(15);

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("User name or email").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
});

test("S5: from the list's menu it stays until it is stored, also where the person no longer fits the filter", async ({
  page,
}) => {
  const person = await makePerson("resetrow", { firstName: "Rike", lastName: "Rowe" });
  await withDatabase((sql) => sql`update users set status = 'invited' where id = ${person.id}`);
  await signInAs(page, "ada");
  for (const [query, left] of [
    [`q=${person.username}&status=invited`, false],
    [`q=${person.username}`, true],
  ] as const) {
    await page.goto(`/admin/users?${query}`);
    await hydrated(page);
    const menu = page.getByRole("button", { name: "More actions", description: "Rike Rowe" });
    await menu.click();
    await page.getByRole("menuitem", { name: "Reset password", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Reset the password of Rike Rowe?" });
    await dialog.getByRole("radio", { name: /Generate a password/ }).check();
    await dialog.getByRole("button", { name: "Reset password" }).click();
    await store(page, person);
    if (left) await expect(menu).toBeFocused();
    else await expect(page.getByRole("row").locator(":focus")).toHaveText("reset");
  }
});
