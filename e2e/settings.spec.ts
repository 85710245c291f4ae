import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";

const setting = (page: Page, label: string) =>
  page.getByRole("listitem").filter({ has: page.getByLabel(label, { exact: true }) });
const bar = (page: Page) => page.getByRole("form", { name: "Settings" }).locator("footer").last();
const update = (page: Page) => page.getByRole("button", { name: "Update" });

async function open(page: Page, who: string) {
  await signInAs(page, who);
  await page.goto("/admin/settings");
  await hydrated(page);
}

test("a setting is refused, changed, told in the log, and goes back to its default", async ({ page }) => {
  await open(page, "ada");
  const row = setting(page, "Absolute limit");
  const field = page.getByLabel("Absolute limit", { exact: true });
  await expect(field).toHaveValue("30");
  await expect(row).toContainText("A session ends this long after it started, even while it is used.");
  await expect(row.getByText("Default", { exact: true })).toBeVisible();
  await expect(update(page)).toHaveCount(0);

  await field.fill("999");
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
  await update(page).click();
  await expect(field).toHaveAccessibleDescription(/Enter a whole number from 1 to 365\./);

  await field.fill("29");
  await update(page).click();
  await expect(row).toContainText("Default: 30 days.Changed by Ada Admin");
  await expect(update(page)).toHaveCount(0);
  await page.goto("/account/sessions");
  await expect(page.getByText("and 29 days after it was started.")).toBeVisible();

  await page.goto("/admin/settings");
  await hydrated(page);
  await row.getByRole("button", { name: "Back to the default" }).click();
  await update(page).click();
  await expect(page.getByText("1 setting is saved")).toBeVisible();
  await expect(field).toHaveValue("30");
  await expect(row).toContainText("Changed by Ada Admin");
  await expect(row.getByText("Default", { exact: true })).toBeVisible();

  await page.goto("/admin/audit?operation=setting.update");
  await expect(page.getByText("changed setting Absolute limit").first()).toBeVisible();
});

for (const width of [1280, 390])
  test(`one bar saves all that has changed, keeps what is refused, and covers no field, at ${width} pixels`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    await open(page, "ada");
    const [idle, absolute] = ["Idle limit", "Absolute limit"].map((label) => page.getByLabel(label, { exact: true }));
    if (!idle || !absolute) throw new Error("The fields are not there");
    await idle.fill("11");
    await absolute.fill("999");
    await expect(page.getByText("2 unsaved changes", { exact: true })).toBeVisible();
    for (const field of [idle, absolute]) {
      await field.focus();
      const [box, foot] = [await field.boundingBox(), await bar(page).boundingBox()];
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(foot?.y ?? 0);
    }
    await update(page).click();
    await expect(absolute).toHaveAccessibleDescription(/Enter a whole number from 1 to 365\./);
    await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
    await expect(setting(page, "Idle limit")).toContainText("Changed by Ada Admin");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(absolute).toHaveValue("30");
    await expect(update(page)).toHaveCount(0);
    await setting(page, "Idle limit").getByRole("button", { name: "Back to the default" }).click();
    await update(page).click();
    await expect(page.getByText("1 setting is saved")).toBeVisible();
    await expect(idle).toHaveValue("12");
  });

test("whoever may only see them gets text, and no Update", async ({ page }) => {
  await open(page, "audrey");
  await expect(page.getByText("You can view the settings but not change them.")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Idle limit" })).toBeVisible();
  await expect(page.getByText("12 hours", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Update" })).toHaveCount(0);
});

test("R12: nobody else finds them", async ({ page }) => {
  await signInAs(page, "lee");
  await page.goto("/admin");
  await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
  expect((await page.goto("/admin/settings"))?.status()).toBe(403);
});
