import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search or jump" });

test("/ searches the page, c creates, ? shows the shortcuts; not while typing, with a modifier or over a dialog", async ({
  page,
}) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  const [search, create, keys] = [
    page.getByRole("combobox", { name: "Search", exact: true }),
    page.getByRole("dialog", { name: "Create User" }),
    page.getByRole("dialog", { name: "Keyboard shortcuts" }),
  ];
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("c/?");
  await expect(search).toHaveValue("c/?");
  await expect(create.or(keys)).toHaveCount(0);
  await page.goto("/admin/users");
  await hydrated(page);
  for (const key of ["Alt+c", "Control+/", "Shift+C", "Meta+c"]) await page.keyboard.press(key);
  await page.keyboard.press("?");
  await expect(keys).toBeVisible();
  await expect(create).toHaveCount(0);
  await page.keyboard.press("c");
  await page.keyboard.press("/");
  await page.keyboard.press("Control+k");
  await expect(keys).toBeVisible();
  await expect(create.or(palette(page))).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await page.keyboard.press("c");
  await expect(create).toBeVisible();
  await expect(page).toHaveURL("/admin/users/new");
  await page.keyboard.press("Escape");
  await expect(create).toBeHidden();

  for (const [path, opened] of [
    ["/admin/groups", "Create group"],
    ["/admin/service-accounts", "Create service account"],
    ["/account/tokens", "New access token"],
    ["/account/clients", "Generate a client"],
  ] as const) {
    await page.goto(path);
    await hydrated(page);
    await page.keyboard.press("c");
    await expect(page.getByRole("dialog", { name: opened })).toBeVisible();
  }
  await page.goto("/admin/roles");
  await hydrated(page);
  await page.keyboard.press("c");
  await expect(page).toHaveURL("/admin/roles/new");
  for (const path of ["/admin/audit", "/admin/tokens"]) {
    await page.goto(path);
    await hydrated(page);
    await page.keyboard.press("/");
    await expect(page.getByRole("combobox", { name: "Search", exact: true })).toBeFocused();
  }
});

test.describe("on a Mac", () => {
  test.use({
    userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
  });

  test("N1: the frame and the list of shortcuts say ⌘K, and it opens the palette", async ({ page }) => {
    await signInAs(page, "ada");
    await page.goto("/admin/users");
    await hydrated(page);
    await expect(page.getByRole("button", { name: "Search or jump" })).toContainText("⌘K");
    await page.keyboard.press("Meta+k");
    await expect(palette(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette(page)).toBeHidden();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("⌘K");
    await page.goto("/help");
    await expect(page.getByRole("region", { name: "Keyboard shortcuts" })).toContainText("⌘K");
  });
});
