import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy } from "./made-groups";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { details, open, stored, update } from "./user-steps";

test.afterEach(giveBack);

async function choose(page: Page, person: MadePerson, item: string) {
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function disable(page: Page, person: MadePerson) {
  await choose(page, person, "Disable");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("The wrong person");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

const statusOf = (person: MadePerson) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select status from users where id = ${person.id}`;
    return row?.status as string;
  });

test("U10, U12: disabling is undone from the toast by keyboard, and ended sessions stay ended", async ({
  page,
  browser,
}) => {
  const person = await makePerson("slip", { firstName: "Nina", lastName: "Weber" });
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  await open(page, person);
  await disable(page, person);
  const undo = page.getByRole("button", { name: "Undo disable Nina Weber", exact: true });
  await expect(undo).toBeVisible();
  await expect(page.getByText("Ended sessions, tokens and links stay ended.")).toBeVisible();
  await page.keyboard.press("Alt+T");
  await undo.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nina Weber is enabled again")).toBeVisible();
  expect(await statusOf(person)).toBe("active");
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
  await page.goto(`/admin/audit?person=${person.id}`);
  await expect(page.getByText("Ada Admin enabled Nina Weber")).toBeVisible();
});

test("U9: undoing is refused once somebody else has saved the user", async ({ page }) => {
  const person = await makePerson("race", { firstName: "Rita", lastName: "Race" });
  await open(page, person);
  await disable(page, person);
  const undo = page.getByRole("button", { name: "Undo disable Rita Race" });
  await expect(undo).toBeVisible();
  await withDatabase((sql) => sql`update users set version = version + 1 where id = ${person.id}`);
  await undo.click();
  await expect(page.getByText(/saved Rita Race in the meantime, so your changes were not saved/)).toBeVisible();
  expect(await statusOf(person)).toBe("disabled");
});

test("U9: what is typed after a save stays when that save is undone, and is saved over what is stored then", async ({
  page,
}) => {
  const person = await makePerson("typing", { firstName: "Tess", lastName: "Typing" });
  await open(page, person);
  await details(page).getByLabel("First Name").fill("Theo");
  await update(page).click();
  const undo = page.getByRole("button", { name: "Undo changes to Tess Typing" });
  await expect(undo).toBeVisible();
  await details(page).getByLabel("Last Name").fill("Typed");
  await undo.click();
  await expect(page.getByText("Changes to Tess Typing are undone")).toBeVisible();
  await expect(details(page).getByLabel("First Name")).toHaveValue("Tess");
  await expect(details(page).getByLabel("Last Name")).toHaveValue("Typed");
  await update(page).click();
  await expect(page.getByText("Tess Typed is saved")).toBeVisible();
  expect(await stored(person)).toMatchObject({ first_name: "Tess", last_name: "Typed" });
});

test("U10: undoing is refused once somebody else has changed the state again", async ({ page, browser }) => {
  const person = await makePerson("twice", { firstName: "Tilda", lastName: "Twice" });
  const other = await makePerson("other", {
    firstName: "Olga",
    lastName: "Other",
    primaryRole: "Quality Manager",
    additionalRoles: ["Admin"],
  });
  await open(page, person);
  await disable(page, person);
  const undo = page.getByRole("button", { name: "Undo disable Tilda Twice" });
  await expect(undo).toBeVisible();
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, other.username);
  await theirs.goto(`/admin/users/${person.id}`);
  await hydrated(theirs);
  // The toast waits for as long as the pointer is over it.
  await undo.hover();
  await choose(theirs, person, "Enable");
  await expect(theirs.getByText("Tilda Twice is enabled again")).toBeVisible();
  await disable(theirs, person);
  await theirs.context().close();
  await undo.click();
  await expect(page.getByText("Olga Other has disabled Tilda Twice since then, so nothing was undone.")).toBeVisible();
  expect(await statusOf(person)).toBe("disabled");
});

test("U13: removing and restoring are undone", async ({ page }) => {
  const person = await makePerson("cyclist", { firstName: "Cyra", lastName: "Undone" });
  await open(page, person);
  await choose(page, person, "Remove user");
  await page.getByRole("dialog").getByRole("button", { name: "Remove user" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Undo remove Cyra Undone" }).click();
  await expect(page.getByText('Cyra Undone is restored. Set a password under "User Details".')).toBeVisible();
  expect(await statusOf(person)).toBe("active");

  await choose(page, person, "Remove user");
  await page.getByRole("dialog").getByRole("button", { name: "Remove user" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await choose(page, person, "Restore");
  await page.getByRole("button", { name: "Undo restore Cyra Undone" }).click();
  await expect(page.getByText("Cyra Undone is archived again")).toBeVisible();
  expect(await statusOf(person)).toBe("archived");
});

test("U6: a membership that was taken away is given back", async ({ page }) => {
  const person = await makePerson("member", { firstName: "Mila", lastName: "Member" });
  const group = await groupWith("Undone", { members: [person.id] });
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/access`);
  await hydrated(page);
  await page.getByRole("button", { name: `Remove from ${group.name}` }).click();
  await update(page).click();
  const undo = page.getByRole("button", { name: "Undo changes to Mila Member" });
  await expect(undo).toBeVisible();
  expect(await heldBy(person.id, group.id)).toBeFalsy();
  await undo.click();
  await expect(page.getByText("Changes to Mila Member are undone")).toBeVisible();
  expect(await heldBy(person.id, group.id)).toBeTruthy();
  await expect(page.getByRole("button", { name: `Remove from ${group.name}` })).toBeVisible();
});
