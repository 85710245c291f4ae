import { expect, type Page, test } from "@playwright/test";
import { codeOf, staleSession, virtualAuthenticator } from "./authenticators";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, namedGroup, roleWith } from "./made-groups";
import { makePerson, password } from "./people";
import { signInAs } from "./sign-in-as";

const asked = (page: Page) => page.getByRole("dialog", { name: "Confirm it's you" });

test.afterEach(giveBack);

async function administrator(page: Page) {
  const person = await makePerson("fresh", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });
  const sid = await signInAs(page, person.username);
  return { person, sid };
}

test("S8: after ten minutes a grant asks who one is, and goes on by itself", async ({ page }) => {
  const { sid } = await administrator(page);
  const name = `Fresh ${sid.slice(-8)}`;
  namedGroup(name);
  const role = await roleWith("Given", [["user.read", "all"]]);
  await page.goto("/admin/groups/new");
  await hydrated(page);
  await staleSession(sid);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: new RegExp(`^${role.name}`) }).check();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(asked(page)).toBeVisible();
  await expectAccessible(page, "step-up");
  await asked(page).getByLabel("Password", { exact: true }).fill("not the password");
  await asked(page).getByRole("button", { name: "Confirm" }).click();
  await expect(asked(page).getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /This is not your password/,
  );
  await asked(page).getByLabel("Password", { exact: true }).fill(password);
  await asked(page).getByRole("button", { name: "Confirm" }).click();
  await expect(asked(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit group ${name}`);
});

test("S8: closing the question leaves everything as it was", async ({ page }) => {
  const person = await makePerson("leave");
  const sid = await signInAs(page, person.username);
  await page.goto("/account/security");
  await hydrated(page);
  await staleSession(sid);
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await expect(asked(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(asked(page)).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("You have none.")).toBeVisible();
});

test("S8: Back takes the question along", async ({ page }) => {
  const person = await makePerson("backed");
  const sid = await signInAs(page, person.username);
  await page.goto("/account");
  await hydrated(page);
  await page.getByRole("link", { name: "Security" }).click();
  await staleSession(sid);
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await expect(asked(page)).toBeVisible();
  await page.goBack();
  await expect(asked(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole("button", { name: "Add an authenticator app" })).toHaveCount(0);
});

test("S8: a passkey proves it too", async ({ page }) => {
  const person = await makePerson("proof");
  const sid = await signInAs(page, person.username);
  await virtualAuthenticator(page);
  await page.goto("/account/security");
  await hydrated(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Laptop");
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("I have stored them").check();
  await page.getByRole("button", { name: "Done" }).click();
  await staleSession(sid);
  await page.getByRole("button", { name: "Generate new codes" }).click();
  await expect(asked(page).getByLabel("Code", { exact: true })).toBeVisible();
  await expect(asked(page).getByLabel("Password", { exact: true })).toHaveCount(0);
  await asked(page).getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("dialog", { name: "Store your recovery codes" })).toBeVisible();
});

test("S8: with an authenticator app a code is asked for, beside the current password of the form too", async ({
  page,
}) => {
  const person = await makePerson("coded");
  const sid = await signInAs(page, person.username);
  await page.goto("/account/security");
  await hydrated(page);
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  const adding = page.getByRole("dialog", { name: "Add an authenticator app" });
  const key = await adding.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText();
  await adding.getByLabel("Code", { exact: true }).fill(codeOf(key));
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  const storing = page.getByRole("dialog", { name: "Store your recovery codes" });
  const items = storing.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  const [first = "", second = ""] = await items.allInnerTexts();
  await storing.getByLabel("I have stored them").check();
  await storing.getByRole("button", { name: "Done" }).click();

  await staleSession(sid);
  const form = page.getByRole("form", { name: "Password" });
  await form.getByLabel("Current Password").fill(password);
  await form.getByLabel("New Password").fill("nine lanterns over the harbour");
  await form.getByLabel("Confirm Password").fill("nine lanterns over the harbour");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(asked(page).getByLabel("Code", { exact: true })).toBeVisible();
  await expectAccessible(page, "step-up-code");
  await expect(asked(page).getByLabel("Password", { exact: true })).toHaveCount(0);
  await asked(page).getByLabel("Code", { exact: true }).fill(first);
  await asked(page).getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText(/Your password is changed/)).toBeVisible();

  await staleSession(sid);
  await page.getByRole("button", { name: "Generate new codes" }).click();
  await asked(page).getByLabel("Code", { exact: true }).fill(second);
  await asked(page).getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("dialog", { name: "Store your recovery codes" })).toBeVisible();
});

test("S8: an export leads to the question, and then begins", async ({ page }) => {
  const { sid } = await administrator(page);
  await page.goto("/admin/audit");
  await hydrated(page);
  await staleSession(sid);
  await page.getByRole("link", { name: "Export CSV" }).click();
  await expect(page).toHaveURL(/\/account\/confirm\?next=/);
  await hydrated(page);
  await page.getByLabel("Password", { exact: true }).fill(password);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Confirm" }).click();
  expect((await download).suggestedFilename()).toMatch(/^audit-log-.*\.csv$/);
});

test("S8: a wizard asks who one is at the step that needs it, keeps what was entered, and goes on by itself", async ({
  page,
}) => {
  const { sid } = await administrator(page);
  await page.goto("/admin/users/new");
  await hydrated(page);
  await staleSession(sid);
  const wizard = page.getByRole("form", { name: "Create User" });
  const onwards = wizard.getByRole("button", { name: "Continue" });
  await wizard.getByLabel("Email").fill(`stale-${sid.slice(-8)}@northwind.example`);
  await wizard.getByLabel("First Name").fill("Stella");
  await onwards.click();
  await expect(wizard.getByLabel("Primary Role")).toBeVisible();
  await onwards.click();
  await expect(asked(page)).toBeVisible();
  await asked(page).getByRole("button", { name: "Close" }).click();
  await expect(asked(page)).toHaveCount(0);
  await expect(wizard.getByText("Confirm it's you")).toHaveCount(0);
  await onwards.click();
  await asked(page).getByLabel("Password", { exact: true }).fill(password);
  await asked(page).getByRole("button", { name: "Confirm" }).click();
  await expect(wizard.getByRole("radio", { name: /Send an invitation link/ })).toBeVisible();
});
