import { expect, test } from "@playwright/test";
import { makePerson } from "./people";
import { stallRoute } from "./stall-route";
import { details, open } from "./user-steps";

test("a picker gives what answers the text, however early Enter is pressed", async ({ page }) => {
  const person = await makePerson("early", { firstName: "Erna", lastName: "Early" });
  await open(page, person);
  await details(page).getByRole("combobox", { name: "Manager" }).click();
  const offered = page.getByRole("dialog", { name: "Manager" }).getByRole("option");
  await expect(offered.first()).toBeVisible();
  const letGo = await stallRoute(page, "**/admin/users/**");
  const asked = page.waitForRequest((request) => request.method() === "POST");
  await page.getByPlaceholder("Search people").fill("lee lead");
  await page.keyboard.press("Enter");
  await asked;
  await page.keyboard.press("Enter");
  letGo();
  await expect(offered).toHaveText([/Lee Lead/]);
  await expect(offered).toHaveAttribute("data-selected", "true");
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("combobox", { name: "Manager" })).toContainText("Lee Lead");
});

test("a picker begins anew after a choice", async ({ page }) => {
  const person = await makePerson("anew", { firstName: "Anna", lastName: "Anew" });
  await open(page, person);
  const manager = details(page).getByRole("combobox", { name: "Manager" });
  await manager.click();
  await page.getByPlaceholder("Search people").fill("lee lead");
  await page.getByRole("option", { name: /Lee Lead/ }).click();
  await expect(manager).toContainText("Lee Lead");
  await manager.click();
  await expect(page.getByPlaceholder("Search people")).toHaveValue("");
  await expect(page.getByRole("dialog", { name: "Manager" }).getByRole("option").nth(2)).toBeVisible();
});

test("Enter takes what was found and not None, which is offered only before anybody searches", async ({ page }) => {
  const person = await makePerson("found", { firstName: "Fiona", lastName: "Found", manager: "lee" });
  await open(page, person);
  const manager = details(page).getByRole("combobox", { name: "Manager" });
  await expect(manager).toContainText("Lee Lead");
  await manager.click();
  const offered = page.getByRole("dialog", { name: "Manager" }).getByRole("option");
  await expect(offered.first()).toHaveText(/^None/);
  await page.keyboard.type("quinn manager");
  await expect(offered).toHaveText([/Quinn Manager/]);
  await expect(offered).toHaveAttribute("data-selected", "true");
  await page.keyboard.press("Enter");
  await expect(manager).toContainText("Quinn Manager");
});
