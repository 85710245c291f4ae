import type { Locator, Page } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";

export const newName = (prefix: string) => `${prefix}-${v7().slice(-8)}`;
export const dialog = (page: Page) => page.getByRole("dialog", { name: "Create User" });
export const goOn = (form: Locator) => form.getByRole("button", { name: "Continue" }).click();
export const generate = (form: Locator) => form.getByRole("radio", { name: /Generate a password/ }).check();

/** The wizard over the list. */
export async function openWizard(page: Page): Promise<Locator> {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("link", { name: "Create User" }).click();
  return dialog(page).getByRole("form", { name: "Create User" });
}

export async function fillIdentity(form: Locator, username: string, email = `${username}@northwind.example`) {
  await form.getByLabel("User Name").fill(username);
  await form.getByLabel("First Name").fill("Nils");
  await form.getByLabel("Last Name").fill("Neumann");
  await form.getByLabel("Email").fill(email);
}
