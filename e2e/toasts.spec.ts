import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs } from "./sign-in-as";
import { open } from "./user-steps";

test.afterEach(giveBack);

const update = (page: Page) => page.getByRole("main").getByRole("button", { name: "Update" });

for (const width of [1280, 390])
  test(`What is done is told without covering the button that did it, at ${width} pixels`, async ({ page }) => {
    const role = await roleWith("Told of", [["user.read", "all"]]);
    const group = await groupWith("Told", {});
    await page.setViewportSize({ width, height: 520 });
    await signInAs(page, "ada");
    await page.goto(`/admin/groups/${group.id}/roles`);
    await hydrated(page);
    await page.getByRole("checkbox", { name: new RegExp(`^${role.name}`) }).check();
    await update(page).click();
    await expect(page.getByText(`Roles of ${group.name} are saved`)).toBeVisible();
    // Opened to be read, it stays.
    await page.keyboard.press("Alt+T");
    await page.getByRole("checkbox", { name: new RegExp(`^${role.name}`) }).uncheck();
    for (const fromBelow of [20, 60, 100, 240]) {
      await update(page).evaluate((button, below) => {
        document.body.style.paddingBottom = "100vh";
        window.scrollBy(0, button.getBoundingClientRect().bottom - (window.innerHeight - below));
      }, fromBelow);
      await expect.poll(() => update(page).evaluate(isOnTop), `${fromBelow} pixels from below`).toBe(true);
    }
    await expect(page.getByText(`Roles of ${group.name} are saved`)).toBeVisible();
  });

function isOnTop(button: Element) {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return there === button || button.contains(there);
}

test("A toast takes the place of the one before about the same person", async ({ page }) => {
  const person = await makePerson("told", { firstName: "Tilda", lastName: "Told" });
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, person);
  const choose = async (item: string) => {
    await page.getByRole("button", { name: "More actions", description: person.name }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  };
  const toasts = page.getByRole("listitem").filter({ hasText: /^Tilda Told is/ });
  await choose("Disable");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Too early");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(toasts).toContainText("Tilda Told is disabled");
  await choose("Enable");
  await expect(page.getByText("Tilda Told is enabled again")).toBeVisible();
  await expect(toasts).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Undo disable Tilda Told" })).toBeHidden();
});
