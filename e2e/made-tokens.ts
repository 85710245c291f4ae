import { expect, type Page } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";

/** A token of somebody's own, with every operation that they may put on it. */
export async function makeToken(page: Page, username: string): Promise<string> {
  await signInAs(page, username);
  await page.goto("/account/tokens");
  await hydrated(page);
  await page.getByRole("button", { name: "New token" }).click();
  const making = page.getByRole("dialog", { name: "New access token" });
  await making.getByLabel("Name", { exact: true }).fill(`api ${v7()}`);
  for (const box of await making.getByRole("checkbox").all()) await box.check();
  await making.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: /^Store the token/ });
  await dialog.getByRole("button", { name: "Show" }).click();
  const token = await dialog.getByText(/^gh_pat_[0-9A-Za-z]{49}$/).innerText();
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  return token;
}
