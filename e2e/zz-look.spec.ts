import { test } from "@playwright/test";
import { signInAs } from "./sign-in-as";
test("look", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs(page, "ada");
  await page.goto("/admin/clients");
  await page.screenshot({ path: "/tmp/look-desk.png" });
  await page.context().addCookies([{ name: "theme", value: "dark", url: test.info().project.use.baseURL ?? "" }]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/admin/clients");
  await page.screenshot({ path: "/tmp/look-phone.png" });
});
