import type { Page } from "@playwright/test";

/** Opens the user menu, by its button in the frame, and gives it. */
export async function openUserMenu(page: Page) {
  const menu = page.getByRole("region", { name: "User menu" });
  await page.getByRole("button", { name: "User menu" }).click();
  await menu.waitFor();
  return menu;
}

/** Signs out by the user menu. */
export async function signOut(page: Page): Promise<void> {
  await (await openUserMenu(page)).getByRole("button", { name: "Sign out" }).click();
}
