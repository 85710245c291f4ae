import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";

const setting = (page: Page, label: string) => page.getByRole("form", { name: label });

async function open(page: Page, who: string) {
  await signInAs(page, who);
  await page.goto("/admin/settings");
  await hydrated(page);
}

test("a setting is refused, changed, told in the log, and goes back to its default", async ({ page }) => {
  await open(page, "ada");
  const form = setting(page, "Absolute limit");
  const field = form.getByLabel("Absolute limit", { exact: true });
  await expect(field).toHaveValue("30");
  await expect(form).toContainText("A session ends this long after it started, even while it is used.");
  await expect(form).toContainText("This is the default");
  await expect(form.getByRole("button", { name: "Update" })).toHaveAttribute("aria-disabled", "true");
  await expect(
    page.getByText("Each setting has its own Update, which is off until the setting has changed."),
  ).toHaveCount(1);

  await field.fill("999");
  await form.getByRole("button", { name: "Update" }).click();
  await expect(field).toHaveAccessibleDescription(/Enter a whole number from 1 to 365\./);

  await field.fill("29");
  await form.getByRole("button", { name: "Update" }).click();
  await expect(form).toContainText("Default: 30 days; changed by Ada Admin");
  await page.goto("/account/sessions");
  await expect(page.getByText("and 29 days after it was started.")).toBeVisible();

  await page.goto("/admin/settings");
  await hydrated(page);
  await form.getByRole("button", { name: "Back to the default" }).click();
  await expect(field).toHaveValue("30");
  await expect(form).toContainText("This is the default; changed by Ada Admin");

  await page.goto("/admin/audit?operation=setting.update");
  await expect(page.getByText("changed setting Absolute limit").first()).toBeVisible();
});

test("whoever may only see them gets text, and no Update", async ({ page }) => {
  await open(page, "audrey");
  await expect(page.getByText("You may see the settings and not change them.")).toHaveCount(1);
  await expect(page.getByText("Each setting has its own Update")).toHaveCount(0);
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
