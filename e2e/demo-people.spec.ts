import { expect, test } from "@playwright/test";
import { hydrated } from "./hydrated";

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with script" : "without script", () => {
    test.use({ javaScriptEnabled });

    test("the demonstration's sign-in page names its people and fills them in", async ({ page }) => {
      await page.goto("/sign-in?next=%2Fadmin%2Fusers");
      if (javaScriptEnabled) await hydrated(page);
      await page.getByText("Sign in as a demonstration user").click();
      await page.getByRole("link", { name: "Quinn Manager Quality Manager, no Admin" }).click();
      await expect(page.getByLabel("User name or email")).toHaveValue("quinn");
      await page.getByRole("link", { name: "Ada Admin Quality Manager + Admin" }).click();
      await expect(page.getByLabel("User name or email")).toHaveValue("ada");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page).toHaveURL("/admin/users");
    });
  });
