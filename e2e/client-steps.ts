import { generateKeyPairSync } from "node:crypto";
import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import { hydrated } from "./hydrated";
import type { MadePerson } from "./people";
import { signInAs } from "./sign-in-as";
import { stallRoute } from "./stall-route";

export const newKey = () => generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });

export const register = (request: APIRequestContext, token: string) =>
  request.post("/api/v1/clients/register", {
    data: { token, publicKey: newKey(), version: "2.9.1", platform: "Ubuntu 24.04" },
  });

export const rowOf = (page: Page, client: string) => page.getByRole("row").filter({ hasText: client });
/** The buttons of a client's row are these, beside "More actions". */
export const expectButtons = (row: Locator, names: string[]) =>
  expect(row.locator("button:not([aria-haspopup=menu])")).toHaveText(names);
export const tokenDialog = (page: Page, client: string) =>
  page.getByRole("dialog", { name: `Store the token for ${client}` });

export async function openClients(page: Page, person: MadePerson) {
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/clients`);
  await hydrated(page);
}

/** Presses Generate and gives the token that the dialog shows. */
export async function generate(page: Page, client: string): Promise<string> {
  await page.getByRole("button", { name: "Generate" }).click();
  const naming = page.getByRole("dialog", { name: "Generate a client" });
  await naming.getByLabel("Name").fill(client);
  await naming.getByRole("button", { name: "Generate" }).click();
  return shownToken(page, client);
}

export async function shownToken(page: Page, client: string): Promise<string> {
  const dialog = tokenDialog(page, client);
  await dialog.getByRole("button", { name: "Show" }).click();
  return dialog
    .getByText(/^gh_cli_[0-9A-Za-z]{49}$/)
    .textContent()
    .then((text) => text ?? "");
}

/**
 * Does what brings a client to its first contact, and stops the clock of the page where it hears of it, since the dialog
 * closes by itself soon afterwards. The page needs `clock.install()` before it is opened; `clock.resume()` lets time go on.
 */
export async function stopAtContact<T>(page: Page, arrive: () => Promise<T>): Promise<T> {
  const letGo = await stallRoute(page, /clients\/state/);
  await page.waitForRequest(/clients\/state/);
  const value = await arrive();
  await page.clock.pauseAt(new Date(Date.now() + 10_000));
  letGo();
  return value;
}

export async function storeAndClose(page: Page, client: string) {
  const dialog = tokenDialog(page, client);
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
}

export async function confirm(page: Page, question: string, verb: string) {
  await page.getByRole("alertdialog", { name: question }).getByRole("button", { name: verb }).click();
}
