import { expect, test } from "@playwright/test";
import { phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { confirm, details, open, pick, preview, stored, update } from "./user-steps";

test.afterEach(giveBack);

test("R9: a change of roles is saved once its preview is confirmed, and nothing is before", async ({ page }) => {
  const person = await makePerson("foreseen", { firstName: "Frida", lastName: "Foreseen" });
  await makePerson("belowher", { manager: person.username });
  await open(page, person);
  const form = details(page);
  await form.getByLabel("Primary Role").selectOption("Quality Lead");
  await pick(page, "Manager", "quinn", "Quinn Manager quinn");
  await update(page).click();
  await expect(preview(page).getByRole("heading", { level: 2 })).toHaveText("This changes what 1 person can do");
  const gain = preview(page).getByRole("region", { name: "Gain" });
  await expect(gain.getByRole("link", { name: "Frida Foreseen" })).toBeVisible();
  await expect(gain.getByText("See a user, people below Frida")).toBeVisible();
  await expect(gain.getByText("Manage test suites")).toBeVisible();
  await expect(gain.getByText("Quinn Manager reaches 2 more people below them")).toBeVisible();
  await expect(preview(page).getByRole("region", { name: "Lose" })).toHaveCount(0);
  await expect(preview(page).getByRole("button", { name: "Back" })).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(preview(page)).toHaveCount(0);
  await expect(update(page)).toBeFocused();
  await expect(form.getByLabel("Primary Role").locator("option:checked")).toHaveText("Quality Lead");
  await expect(form.getByRole("alert")).toHaveCount(0);
  expect(await stored(person)).toMatchObject({ role: "Quality Engineer", manager: null });

  await update(page).click();
  await confirm(page, "This changes what 1 person can do");
  await expect(page.getByText("Frida Foreseen is saved")).toBeVisible();
  expect(await stored(person)).toMatchObject({ role: "Quality Lead", manager: "quinn" });
});

test("R9: whoever waits too long with the preview is shown what it has become", async ({ page }) => {
  const person = await makePerson("overtaken", { additionalRoles: ["Auditor"] });
  const role = await roleWith("Overtaken", [["user.read", "all"]]);
  await open(page, person);
  await details(page).getByLabel(role.name).check();
  await details(page).getByLabel("Auditor").uncheck();
  await update(page).click();
  await preview(page)
    .getByRole("button", { name: /more operations/ })
    .click();
  await expect(preview(page).getByText("Read the audit log")).toBeVisible();
  await withDatabase(
    (sql) => sql`insert into role_operations (role_id, operation, scope) values (${role.id}, 'user.unlock', 'all')`,
  );
  await preview(page).getByRole("button", { name: "Update" }).click();
  await expect(preview(page).getByRole("alert")).toContainText("Something else was saved in the meantime.");
  await expect(preview(page).getByText("Unlock a user")).toBeVisible();
  expect(await stored(person)).toMatchObject({ additional: ["Auditor"] });
  await preview(page).getByRole("button", { name: "Update" }).click();
  await expect(page.getByText("Nora Newcomer is saved")).toBeVisible();
  expect(await stored(person)).toMatchObject({ additional: [role.name] });
});

test("R9, U15: an end for an administrator says that they are none any longer, and not how many it concerns", async ({
  page,
}) => {
  const person = await makePerson("ending", { primaryRole: "Quality Manager", additionalRoles: ["Admin", "Auditor"] });
  await open(page, person);
  await details(page).getByLabel("Auditor").uncheck();
  await details(page).getByLabel("Access ends").fill("2099-12-31T18:00");
  await update(page).click();
  await expect(preview(page).getByText("1 person is no longer an administrator.")).toBeVisible();
  await expect(preview(page)).not.toContainText("10,000");
});

test("R9: Back on a phone takes the preview along, and nothing is saved", async ({ page }) => {
  const person = await makePerson("backed");
  await page.setViewportSize(phone);
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/access`);
  await hydrated(page);
  await page.getByRole("link", { name: "User Details", exact: true }).click();
  await details(page).getByLabel("Primary Role").selectOption("Quality Lead");
  await update(page).click();
  await expect(preview(page)).toBeVisible();
  await page.goBack();
  await expect(preview(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/access$/);
  await expect(page.getByRole("form", { name: "Roles and Groups" })).toBeVisible();
  expect(await stored(person)).toMatchObject({ role: "Quality Engineer" });
});
