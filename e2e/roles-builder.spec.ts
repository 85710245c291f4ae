import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { giveBack, roleWith } from "./made-groups";
import type { MadeRole } from "./made-roles";
import { makePerson } from "./people";
import { carried, chosen, openRole, operation, roleForm, summary, update } from "./role-steps";
import { signInAs } from "./sign-in-as";

const section = (page: Page, noun: string) => page.getByRole("group", { name: noun, exact: true });
const setAll = (page: Page, noun: string) => page.getByRole("button", { name: `Set all: ${noun}` });

test.afterEach(giveBack);

async function save(page: Page, role: MadeRole) {
  await update(page).click();
  await expect(page.getByText(`${role.name} is saved`)).toBeVisible();
}

/** Without a pause between the choices, however slow the machine. Gives what the summary shows and says after each. */
async function chooseAtOnce(page: Page, choices: [sentence: string, label: string][]) {
  const chosen = await Promise.all(
    choices.map(async ([sentence, label]) => ({ select: await operation(page, sentence).elementHandle(), label })),
  );
  return summary(page).evaluate(async (region, steps) => {
    const after: { shown: string | null; said: string | null | undefined }[] = [];
    for (const { select, label } of steps) {
      const { options } = select as HTMLSelectElement;
      for (const option of options) option.selected = option.text === label;
      select?.dispatchEvent(new Event("change", { bubbles: true }));
      await null;
      after.push({ shown: region.textContent, said: region.querySelector("[role=status]")?.textContent });
    }
    return after;
  }, chosen);
}

test("R3: one choice per operation, which offers what it can reach and loses nothing that is stored", async ({
  page,
}) => {
  const role = await roleWith("Chooser", [
    ["client.read", "self"],
    ["client.read", "reports"],
    ["client.read", "owned_groups"],
    ["user.read", "reports"],
    ["user.read", "owned_groups"],
  ]);
  await openRole(page, `/admin/roles/${role.id}`);
  await expect(operation(page, "See a user").getByRole("option")).toHaveText([
    "none",
    "people below",
    "members of own groups",
    "people below and members of own groups",
    "everyone",
  ]);
  await expect(operation(page, "Create a user").getByRole("option")).toHaveText(["none", "allowed"]);
  await expect(operation(page, "See a group").getByRole("option")).toHaveText(["none", "own groups", "every group"]);
  await expect(chosen(page, "See a user")).toHaveText("people below and members of own groups");
  await expect(chosen(page, "See a user's clients")).toHaveText("own account, people below and members of own groups");
  await operation(page, "See a user").selectOption("everyone");
  await operation(page, "Manage a user's clients").selectOption("people below");
  await expect(operation(page, "Rename a client")).toHaveAccessibleDescription(
    `Comes with "Manage a user's clients" for people below.`,
  );
  await expect(chosen(page, "Rename a client")).toHaveText("none");
  await save(page, role);
  expect(await carried(role.id)).toEqual([
    "client.manage reports",
    "client.read owned_groups",
    "client.read reports",
    "client.read self",
    "user.read all",
  ]);
  await expect(operation(page, "Set up an identity provider")).toBeDisabled();
  await expect(operation(page, "Set up an identity provider")).toHaveAccessibleDescription(
    /^No single role gives this\./,
  );
});

test("R3: a whole section at once says how many operations could not be set, and leaves those as they were", async ({
  page,
}) => {
  const role = await roleWith("Section", [["user.purge", "all"]]);
  await openRole(page, `/admin/roles/${role.id}`);
  await setAll(page, "Users").click();
  await page.getByRole("menuitem", { name: "people below", exact: true }).click();
  await expect(section(page, "Users").getByRole("status")).toHaveText(
    /^\d+ operations set to people below\. Not set: 3 that don't allow this\.$/,
  );
  await expect(chosen(page, "Edit a user")).toHaveText("people below");
  await expect(chosen(page, "Create a user")).toHaveText("none");
  await expect(chosen(page, "Permanently erase a removed user")).toHaveText("allowed");
  await expect(chosen(page, "See a user's clients")).toHaveText("none");

  await page.getByRole("searchbox", { name: "Find an operation" }).fill("able a user");
  await page.getByRole("button", { name: "Set shown: Users" }).click();
  await page.getByRole("menuitem", { name: "everyone", exact: true }).click();
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("");
  await expect(chosen(page, "Disable a user")).toHaveText("everyone");
  await expect(chosen(page, "Disable a user's service account")).toHaveText("none");
  await expect(chosen(page, "Edit a user")).toHaveText("people below");
  await expect(summary(page)).toContainText("Can disable and enable everyone.");

  await setAll(page, "Users").click();
  await page.getByRole("menuitem", { name: "none", exact: true }).click();
  await expect(section(page, "Users").getByRole("status")).toHaveText(/^\d+ operations set to none\.$/);
  await expect(summary(page)).toContainText("It doesn't grant anything yet.");
});

test("R8: a whole section at once gives nothing that its editor does not hold", async ({ page }) => {
  const keeper = await roleWith("Sectioner", [
    ["role.read", "all"],
    ["role.update", "all"],
    ["group.read", "all"],
  ]);
  const plain = await roleWith("Bare");
  const person = await makePerson("sectioner", { additionalRoles: [keeper.name] });
  await openRole(page, `/admin/roles/${plain.id}`, person.username);
  await setAll(page, "Groups").click();
  await page.getByRole("menuitem", { name: "every group", exact: true }).click();
  await expect(section(page, "Groups").getByRole("status")).toHaveText(
    "1 operation set to every group. Not set: 5 that you do not hold.",
  );
  await save(page, plain);
  expect(await carried(plain.id)).toEqual(["group.read all"]);
});

test("R3: the summary says in sentences what is chosen, and tells it once choosing pauses", async ({ page }) => {
  const role = await roleWith("Told", [["user.read", "all"]]);
  await openRole(page, `/admin/roles/${role.id}`);
  await expect(summary(page)).toContainText("Can see everyone.");
  const told = summary(page).getByRole("status");
  await expect(told).toBeEmpty();
  const steps = await chooseAtOnce(page, [
    ["Edit a user", "people below"],
    ["Disable a user", "people below"],
    ["Manage a user's clients", "members of own groups"],
  ]);
  expect(steps[0]?.shown).toContain("Can edit people below.");
  expect(steps.map(({ said }) => said)).toEqual(["", "", ""]);
  await expect(summary(page)).toContainText(
    "Can see everyone.Can edit and disable people below.Can manage clients of members of own groups.",
  );
  await expect(summary(page)).toContainText("Cannot create or remove users.");
  await expect(told).toHaveText(
    /^Can edit and disable people below\. Can manage clients of members of own groups\. Cannot create or remove users\./,
  );
});

test("the choices are made with the keyboard alone, and what is not saved is asked about", async ({ page }) => {
  const role = await roleWith("Keys");
  await openRole(page, `/admin/roles/${role.id}`);
  await page.getByRole("searchbox", { name: "Find an operation" }).focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Set all: Own account" })).toBeFocused();
  await setAll(page, "Users").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "none", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "people below", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(setAll(page, "Users")).toBeFocused();
  await expect(chosen(page, "Edit a user")).toHaveText("people below");
  await page.keyboard.press("Tab");
  await expect(operation(page, "See a user")).toBeFocused();
  await page.keyboard.press("e");
  await expect(chosen(page, "See a user")).toHaveText("everyone");
  const away = page.getByRole("link", { name: "Roles", exact: true }).first();
  await away.click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }).click();
  await expect(away).toBeFocused();
  await update(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${role.name} is saved`)).toBeVisible();
  expect(await carried(role.id)).toContain("user.read all");
  expect(await carried(role.id)).toContain("user.update reports");
});

test("on a phone every choice has its own line, nothing scrolls sideways, and axe finds nothing", async ({ page }) => {
  const role = await roleWith("Phone", [
    ["client.read", "self"],
    ["client.read", "reports"],
  ]);
  await page.setViewportSize({ width: 390, height: 844 });
  await openRole(page, `/admin/roles/${role.id}`);
  await expect(summary(page)).toBeVisible();
  const [choice, sentence] = [operation(page, "See a user's clients"), page.getByText("See a user's clients")];
  expect((await choice.boundingBox())?.y).toBeGreaterThan((await sentence.first().boundingBox())?.y ?? 0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await setAll(page, "Users").click();
  await page.getByRole("menuitem", { name: "people below", exact: true }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expectAccessible(page, "the form of a role on a phone, a section set");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the form of a role is there with what is stored, and is sent without its values in the address", async ({
    page,
  }) => {
    const role = await roleWith("Plain", [
      ["client.read", "self"],
      ["client.read", "reports"],
    ]);
    await signInAs(page, "ada");
    await page.goto(`/admin/roles/${role.id}`);
    await expect(chosen(page, "See a user's clients")).toHaveText("own account and people below");
    await expect(summary(page)).toContainText("Can see clients of people below.");
    await page.goto("/admin/roles/new");
    await roleForm(page).getByLabel("Name", { exact: true }).fill("Typed");
    await operation(page, "See a user").selectOption("people below");
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await roleForm(page).getByRole("button", { name: "Create role" }).click();
    expect((await answer).status()).toBeLessThan(400);
    await expect(roleForm(page)).toBeVisible();
    expect(new URL(page.url()).search).toBe("");
  });
});
