import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";
import { stallRoute } from "./stall-route";

const path = "/admin/roles/operations";
const declare = (page: Page) => page.getByRole("form", { name: "Declare an operation" });

async function open(page: Page) {
  await signInAs(page, "ada");
  await page.goto(path);
  await hydrated(page);
}

/** Holds back every script that is fetched from now on. Returns how to let them come. */
const holdScripts = (page: Page) => stallRoute(page, "**/_next/static/chunks/**");

test("what is typed and sent before the script of a form is there is kept, and sent", async ({ page }) => {
  const key = `t${v7().slice(-8)}.create`;
  await open(page);
  const come = await holdScripts(page);
  await declare(page).getByLabel("Key").focus();
  await page.keyboard.type(key);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Create a thing");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Then ");
  come();
  await expect(page.getByText(`${key} is declared`)).toBeVisible();
  await expect(declare(page).getByLabel("Key")).toBeFocused();
  await expect(declare(page).getByLabel("Key")).toHaveValue("");
  await expect(page.getByRole("row", { name: new RegExp(key) })).toContainText("Then Create a thing");

  await page.getByRole("button", { name: `Remove ${key}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove operation" }).click();
  await expect(page.getByText(`${key} is removed`)).toBeVisible();
});

test("the script of a form comes under what is being typed: the focus and the caret stay, and the edit is not lost", async ({
  page,
}) => {
  await open(page);
  const field = declare(page).getByLabel("Key");
  const come = await holdScripts(page);
  await field.focus();
  await page.keyboard.type("thing.create");
  await page.keyboard.press("Home");
  const arrived = page.waitForResponse(/\/_next\/static\/chunks\//);
  come();
  await arrived;
  await page.waitForLoadState("networkidle");
  await page.keyboard.type("some");
  await expect(field).toHaveValue("something.create");
  await expect(field).toBeFocused();

  await page.getByRole("link", { name: "Groups", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }).click();
  await page.goto("/admin/groups");
  await page.goto(path);
  const offer = page.getByRole("status").filter({ hasText: "You have unsaved changes from " });
  await offer.getByRole("button", { name: "Restore" }).click();
  await expect(field).toHaveValue("something.create");
});
