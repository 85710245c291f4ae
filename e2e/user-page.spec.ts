import { expect, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { details, open } from "./user-steps";

test("the title is the person, and how they stand is beside the form", async ({ page }) => {
  const person = await makePerson("summed", { firstName: "Suma", lastName: "Summed", manager: "lee" });
  await withDatabase(
    (sql) => sql`insert into authenticators (user_id, secret, confirmed_at) values (${person.id}, 'v1.none', now())`,
  );
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, person);
  await expect(page).toHaveTitle("Suma Summed · Edit User · Gatehouse");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit User Suma Summed");
  const summary = page.getByRole("complementary", { name: "Summary" });
  for (const text of [
    "active",
    "Reports to Lee Lead",
    "Never signed in",
    "Signs in with a password",
    "Second factor: authenticator app",
    "No client",
  ])
    await expect(summary.getByText(text, { exact: true })).toBeVisible();
  const [form, beside] = [await details(page).boundingBox(), await summary.boundingBox()];
  expect(beside!.x).toBeGreaterThan(form!.x + form!.width);
  await expectAccessible(page);

  await summary.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("away");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(summary.getByText("disabled", { exact: true })).toBeVisible();
  await expect(summary.getByRole("button", { name: "Enable" })).toBeFocused();
  await summary.getByRole("button", { name: "Enable" }).click();
  await expect(summary.getByText("active", { exact: true })).toBeVisible();
  await summary.getByRole("link", { name: "Lee Lead" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit User Lee Lead");

  await page.setViewportSize(phone);
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  const [lines, under] = [await summary.boundingBox(), await details(page).boundingBox()];
  expect(lines!.y + lines!.height).toBeLessThan(under!.y);
  expect(lines!.height).toBeLessThan(140);
  await expect(summary.getByRole("button")).toHaveCount(0);
});

test("whoever may not act on somebody is offered no quick action", async ({ page }) => {
  const person = await makePerson("unacted");
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, person, "audrey");
  const summary = page.getByRole("complementary", { name: "Summary" });
  await expect(summary.getByText("active", { exact: true })).toBeVisible();
  await expect(summary.getByRole("button")).toHaveCount(0);
});

test("each role under Roles and Groups leads to its field under User Details", async ({ page }) => {
  const person = await makePerson("fields", { additionalRoles: ["Auditor"] });
  await open(page, person);
  await page.goto(`/admin/users/${person.id}/access`);
  await hydrated(page);
  const form = page.getByRole("form", { name: "Roles and Groups" });
  await expect(form.getByText("Quality Engineer primary role")).toBeVisible();
  await expect(form.getByLabel("End of Auditor")).toBeVisible();
  await form.getByRole("link", { name: "Change", description: "Auditor" }).click();
  await expect(details(page).getByLabel("Auditor")).toBeFocused();
  await page.goBack();
  await form.getByRole("link", { name: "Change", description: "Quality Engineer" }).click();
  await expect(details(page).getByLabel("Primary Role")).toBeFocused();
});

test("R7: what is allowed comes first, and what is denied is folded, but for what was searched or asked", async ({
  page,
}) => {
  await signInAs(page, "ada");
  const [lee] = await withDatabase((sql) => sql`select id from users where username_key = 'lee'`);
  await page.goto(`/admin/users/${lee?.id}/access`);
  await hydrated(page);
  const [allowed, denied] = ["Effective operations", "Denied operations"].map((name) =>
    page.getByRole("table", { name }),
  );
  await expect(allowed!.getByRole("row", { name: /See a user allowed/ })).toBeVisible();
  await expect(allowed!.getByText("denied", { exact: true })).toHaveCount(0);
  await expect(denied!).toBeHidden();
  await page.getByText(/^Denied operations/).click();
  await expect(denied!.getByRole("row", { name: /Remove a user denied user\.archive nobody/ })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("archive");
  await expect(denied!.getByRole("row", { name: /Remove a user/ })).toBeVisible();
  await page.goto(`/admin/users/${lee?.id}/access?why=user.archive`);
  await expect(denied!.getByRole("row", { name: /Remove a user/ })).toBeVisible();
});
