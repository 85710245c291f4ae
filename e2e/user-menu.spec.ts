import { expect, type Page, test } from "@playwright/test";
import { desk, expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { hearPolicy } from "./policy";
import { signInAs } from "./sign-in-as";
import { openUserMenu, signOut } from "./user-menu";

let nothingRefused: () => void;
test.beforeEach(async ({ context }) => {
  nothingRefused = await hearPolicy(context);
});
test.afterEach(() => nothingRefused());

const button = (page: Page) => page.getByRole("button", { name: "User menu" });
const menu = (page: Page) => page.getByRole("region", { name: "User menu" });

async function open(page: Page, path: string) {
  await page.goto(path);
  await hydrated(page);
}

test("by keyboard: opened by Enter, walked by Tab, closed by Escape, and the focus comes back", async ({ page }) => {
  await signInAs(page, "ada");
  await open(page, "/admin/users");
  await expect(button(page)).toHaveAttribute("aria-expanded", "false");
  await button(page).focus();
  await page.keyboard.press("Enter");
  await expect(button(page)).toHaveAttribute("aria-expanded", "true");
  await expect(menu(page).getByRole("link", { name: "My profile" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("link", { name: "API reference" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("link", { name: "Help" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("button", { name: "Keyboard shortcuts" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("radio", { name: "System" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(menu(page).getByRole("radio", { name: "Dark" })).toBeChecked();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("button", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu(page)).toBeHidden();
  await expect(button(page)).toBeFocused();
  await expect(button(page)).toHaveAttribute("aria-expanded", "false");
});

test("profile, API reference, shortcuts and theme are there and nowhere else in the frame; a press beside it closes it", async ({
  page,
}) => {
  const person = await makePerson("menu", { firstName: "Mina", lastName: "Menu", primaryRole: "Quality Manager" });
  await signInAs(page, person.username);
  await open(page, "/admin");
  await expect(button(page)).toContainText("Mina Menu");
  for (const name of ["My profile", "API reference", "Help", "Sign out"])
    await expect(page.getByText(name, { exact: true }).filter({ visible: true })).toHaveCount(0);
  await openUserMenu(page);
  await page.getByRole("heading", { level: 1 }).click();
  await expect(menu(page)).toBeHidden();

  await (await openUserMenu(page)).getByRole("link", { name: "My profile" }).click();
  await expect(page).toHaveURL("/account");
  await expect(menu(page)).toBeHidden();
  await (await openUserMenu(page)).getByRole("link", { name: "API reference" }).click();
  await expect(page).toHaveURL("/account/api");
  await (await openUserMenu(page)).getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(menu(page)).toBeHidden();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");

  await (await openUserMenu(page)).getByText("Dark").click();
  await expect(menu(page)).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await hydrated(page);
  await expect((await openUserMenu(page)).getByRole("radio", { name: "Dark" })).toBeChecked();
  await menu(page).getByText("System").click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await page.keyboard.press("Escape");
  await signOut(page);
  await expect(page).toHaveURL("/sign-in");
});

test("axe finds nothing in it, and nothing is wider than the window", async ({ page }) => {
  await page.setViewportSize(desk);
  await signInAs(page, "ada");
  await open(page, "/admin/users");
  await openUserMenu(page);
  await expectAccessible(page, "the user menu", { sizes: [desk] });
  await page.setViewportSize(phone);
  await open(page, "/admin/users");
  await openUserMenu(page);
  await expect(menu(page)).toBeInViewport({ ratio: 1 });
  await expectAccessible(page, "the user menu on a phone", { sizes: [phone] });
});

test.describe("by touch, on a phone", () => {
  test.use({ viewport: phone, hasTouch: true, isMobile: true });

  test("the face in the bar opens it", async ({ page }) => {
    await signInAs(page, "eve");
    await open(page, "/account");
    await button(page).tap();
    await menu(page).getByRole("link", { name: "API reference" }).tap();
    await expect(page).toHaveURL("/account/api");
    await expect(menu(page)).toBeHidden();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("it opens, leads to the profile and signs out; what would do nothing is not shown", async ({ page }) => {
    const person = await makePerson("plainmenu");
    await signInAs(page, person.username);
    await page.goto("/account/sessions");
    const opened = await openUserMenu(page);
    await expect(opened.getByText("Keyboard shortcuts")).toBeHidden();
    await expect(opened.getByRole("radio")).toHaveCount(0);
    await opened.getByRole("link", { name: "My profile" }).click();
    await expect(page).toHaveURL("/account");
    await signOut(page);
    await expect(page).toHaveURL("/sign-in");
  });
});
