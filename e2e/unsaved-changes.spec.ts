import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith } from "./made-groups";
import { type MadePerson, makePerson } from "./people";
import { signInAs } from "./sign-in-as";
import { signOut } from "./user-menu";
import { details, open, stored, update } from "./user-steps";

test.afterEach(giveBack);

const question = (page: Page) => page.getByRole("alertdialog", { name: "Discard changes?" });
const answer = (page: Page, name: "Keep editing" | "Discard changes") =>
  question(page).getByRole("button", { name }).click();
const offer = (page: Page) => page.getByRole("status").filter({ hasText: "You have unsaved changes from " });
const firstName = (page: Page) => details(page).getByLabel("First Name");
const drafts = (page: Page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

/** The form "User Details" with a first name that is not saved. */
async function edited(page: Page, person: MadePerson, name = "Norma") {
  await open(page, person);
  await firstName(page).fill(name);
}

test.describe("before edits are lost", () => {
  test("a tab and a link ask once, and go on when the edits are discarded", async ({ page }) => {
    const person = await makePerson("asked");
    await edited(page, person);
    const tab = page.getByRole("link", { name: "Sessions" }).last();
    await tab.click();
    await expect(question(page)).toBeVisible();
    await expectAccessible(page, "discard-changes");
    await answer(page, "Keep editing");
    await expect(question(page)).toHaveCount(0);
    await expect(tab).toBeFocused();
    await expect(firstName(page)).toHaveValue("Norma");

    await page.getByRole("navigation").getByRole("link", { name: "Groups" }).first().click();
    await expect(question(page).getByRole("button", { name: "Keep editing" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(question(page)).toHaveCount(0);
    await expect(firstName(page)).toHaveValue("Norma");

    await page.getByRole("navigation").getByRole("link", { name: "Groups" }).first().click();
    await answer(page, "Discard changes");
    await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
    await expect(question(page)).toHaveCount(0);
    await page.goBack();
    await expect(firstName(page)).toHaveValue("Nora");
    await expect(offer(page)).toHaveCount(0);
    expect(await drafts(page)).not.toContain("Norma");
  });

  test("the palette and signing out ask as well", async ({ page }) => {
    const person = await makePerson("palette");
    await edited(page, person);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("groups");
    await page.getByRole("option", { name: "Groups", exact: true }).click();
    await answer(page, "Discard changes");
    await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();

    await signInAs(page, person.username);
    await page.goto("/account");
    await hydrated(page);
    await page.getByRole("form", { name: "Name and preferences" }).getByLabel("First Name").fill("Norma");
    expect(await drafts(page)).toContain("Norma");
    await signOut(page);
    await answer(page, "Keep editing");
    await expect(page).toHaveURL(/\/account$/);
    await signOut(page);
    await answer(page, "Discard changes");
    await expect(page).toHaveURL(/\/sign-in$/);
    expect(await drafts(page)).not.toContain("Norma");
  });

  test("nothing asks without edits, after they are taken back, and after they are saved", async ({ page }) => {
    const person = await makePerson("clean");
    await edited(page, person);
    await firstName(page).fill("Nora");
    await page.getByRole("link", { name: "Sessions" }).last().click();
    await expect(page).toHaveURL(/\/sessions$/);
    await page.goBack();
    await firstName(page).fill("Norma");
    await update(page).click();
    await expect(page.getByText("Norma Newcomer is saved")).toBeVisible();
    await page.getByRole("link", { name: "Sessions" }).last().click();
    await expect(page).toHaveURL(/\/sessions$/);
    expect(await drafts(page)).not.toContain("Norma");
  });

  test("Escape, the cross and Cancel of a dialog ask, by keyboard alone", async ({ page }) => {
    await signInAs(page, "ada");
    await page.goto("/admin/users");
    await hydrated(page);
    const link = page.getByRole("link", { name: "Create User" });
    await link.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Create User" });
    await expect(dialog.getByLabel("Email")).toBeFocused();
    await page.keyboard.type("half-done");
    await page.keyboard.press("Escape");
    await expect(question(page).getByRole("button", { name: "Keep editing" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(question(page)).toHaveCount(0);
    await expect(dialog.getByLabel("Email")).toBeFocused();
    await expect(dialog.getByLabel("Email")).toHaveValue("half-done");
    for (const name of ["Close", "Cancel"]) {
      await dialog.getByRole("button", { name }).click();
      await answer(page, "Keep editing");
      await expect(dialog).toBeVisible();
    }
    await page.keyboard.press("Escape");
    await expect(question(page).getByRole("button", { name: "Keep editing" })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(question(page).getByRole("button", { name: "Discard changes" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL("/admin/users");
    await expect(link).toBeFocused();
  });

  test("a dialog that is no address asks too", async ({ page }) => {
    const group = await groupWith("Asking");
    await signInAs(page, "ada");
    await page.goto(`/admin/groups/${group.id}/members`);
    await hydrated(page);
    await page.getByRole("button", { name: "Add member" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Until").fill("2031-01-01T09:00");
    await page.keyboard.press("Escape");
    await answer(page, "Keep editing");
    await expect(dialog.getByLabel("Until")).toHaveValue("2031-01-01T09:00");
    await page.keyboard.press("Escape");
    await answer(page, "Discard changes");
    await expect(dialog).toHaveCount(0);
  });

  test("a reload is asked about by the browser", async ({ page }) => {
    const person = await makePerson("reload");
    await edited(page, person);
    const asked = page.waitForEvent("dialog");
    const reloading = page.reload().catch(() => null);
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await reloading;
    await hydrated(page);
    await offer(page).getByRole("button", { name: "Restore" }).click();
    await expect(firstName(page)).toHaveValue("Norma");
  });
});

test.describe("a draft", () => {
  test("is offered after Back, restored, and gone after the save", async ({ page }) => {
    const person = await makePerson("back");
    await signInAs(page, "ada");
    await page.goto(`/admin/users/${person.id}/sessions`);
    await hydrated(page);
    await page.getByRole("link", { name: "User Details" }).click();
    await firstName(page).fill("Norma");
    await details(page).getByRole("combobox", { name: "Manager" }).click();
    await page.getByPlaceholder("Search people").fill("lee lead");
    await page.getByRole("option", { name: /Lee Lead/ }).click();
    await page.goBack();
    await expect(page).toHaveURL(/\/sessions$/);
    await page.getByRole("link", { name: "User Details" }).click();
    await expect(firstName(page)).toHaveValue("Nora");
    await expect(offer(page)).toBeVisible();
    await expectAccessible(page, "draft");
    await offer(page).getByRole("button", { name: "Restore" }).click();
    await expect(offer(page)).toHaveCount(0);
    await expect(firstName(page)).toHaveValue("Norma");
    await expect(firstName(page)).toBeFocused();
    await expect(details(page).getByRole("combobox", { name: "Manager" })).toContainText("Lee Lead");
    await update(page).click();
    await page.getByRole("dialog").getByRole("button", { name: "Update" }).click();
    await expect(page.getByText("Norma Newcomer is saved")).toBeVisible();
    expect(await stored(person)).toMatchObject({ first_name: "Norma", manager: "lee" });
    await page.reload();
    await hydrated(page);
    await expect(offer(page)).toHaveCount(0);
  });

  test("is forgotten when it is discarded", async ({ page }) => {
    const person = await makePerson("forgotten");
    await edited(page, person);
    await page.goto("/admin/groups");
    await page.goto(`/admin/users/${person.id}`);
    await hydrated(page);
    await offer(page).getByRole("button", { name: "Discard" }).click();
    await expect(offer(page)).toHaveCount(0);
    expect(await drafts(page)).not.toContain("Norma");
  });

  test("never holds a password, and is nobody else's", async ({ page }) => {
    const person = await makePerson("secret");
    await edited(page, person);
    await details(page).getByLabel("Password", { exact: true }).fill("nine lanterns over the harbour");
    await details(page).getByRole("button", { name: "Show password" }).first().click();
    await details(page).getByLabel("Confirm Password").fill("nine lanterns over the harbour");
    const kept = await drafts(page);
    expect(kept).toContain("Norma");
    expect(kept).not.toContain("lanterns");
    await page.goto("/account/security");
    await hydrated(page);
    const own = page.getByRole("form", { name: "Password" });
    await own.getByLabel("Current Password").fill("nine lanterns over the harbour");
    await own.getByLabel("New Password").fill("ten lanterns over the harbour");
    expect(await drafts(page)).not.toContain("lanterns");

    await signInAs(page, "quinn");
    await page.goto(`/admin/users/${person.id}`);
    await hydrated(page);
    await expect(offer(page)).toHaveCount(0);
    expect(await drafts(page)).not.toContain("Norma");
  });

  test("that somebody else has overtaken meets the same comparison as an open form (U9)", async ({ page, context }) => {
    const person = await makePerson("overtaken");
    await edited(page, person);
    await details(page).getByLabel("Last Name").fill("Mine");
    await page.goto("/admin/groups");
    const other = await context.newPage();
    await other.goto(`/admin/users/${person.id}`);
    await hydrated(other);
    await firstName(other).fill("Nadine");
    await update(other).click();
    await expect(other.getByText("Nadine Newcomer is saved")).toBeVisible();

    await page.goto(`/admin/users/${person.id}`);
    await hydrated(page);
    await offer(page).getByRole("button", { name: "Restore" }).click();
    await expect(firstName(page)).toHaveValue("Norma");
    await update(page).click();
    const sides = page.getByRole("group", { name: "First Name" });
    await expect(sides.getByRole("radio", { name: "Saved in another window: Nadine" })).not.toBeChecked();
    await expect(sides.getByRole("radio", { name: "This window: Norma" })).toBeChecked();
    await page.getByRole("button", { name: "Save this choice" }).click();
    await expect(page.getByText("Norma Mine is saved")).toBeVisible();
  });
});
