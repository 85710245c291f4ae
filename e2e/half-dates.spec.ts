import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs } from "./sign-in-as";

test.afterEach(giveBack);

async function open(page: Page, path: string) {
  await signInAs(page, "ada");
  await page.goto(path);
  await hydrated(page);
}

test("half a date is no end: the field is asked for the rest, and nothing is saved", async ({ page }) => {
  const person = await makePerson("halves", { firstName: "Hanna", lastName: "Half" });
  const group = await groupWith("Halves");
  await open(page, `/admin/groups/${group.id}/members`);
  await page.getByRole("button", { name: "Add member" }).click();
  const dialog = page.getByRole("dialog");
  await page.getByRole("combobox", { name: "People" }).click();
  await page.getByPlaceholder("Search people").fill(person.username);
  await page.getByRole("option", { name: /^Hanna Half/ }).click();
  await page.keyboard.press("Escape");
  const until = dialog.getByLabel("Until");
  await until.fill("2099-12-31T18:00");
  await until.press("Delete");
  await expect(until).toHaveValue("");
  await dialog.getByRole("button", { name: "Cancel" }).focus();
  await dialog.getByRole("button", { name: "Add member" }).click();
  await expect(until).toBeFocused();
  expect(await heldBy(person.id, group.id)).toBeUndefined();
  await until.fill("2099-12-31T18:00");
  await dialog.getByRole("button", { name: "Add member" }).click();
  await expect(page.getByRole("table", { name: /^Members of/ })).toContainText("31 Dec 2099");
});

test("a wrong end in a line of a list is told above the form", async ({ page }) => {
  const role = await roleWith("Lines", [["client.read", "all"]]);
  const group = await groupWith("Lines", { roleIds: [role.id] });
  await open(page, `/admin/groups/${group.id}/roles`);
  const end = page.getByLabel(`End of ${role.name}`);
  await end.evaluate((field: HTMLInputElement) => field.removeAttribute("max"));
  await end.fill("12099-12-31T18:00");
  await page.getByRole("main").getByRole("button", { name: "Update" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This is not a date and time." })).toBeVisible();
});
