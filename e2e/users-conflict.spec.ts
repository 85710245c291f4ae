import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { giveBack, groupWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { comparison, confirm, details, open, stored, update } from "./user-steps";

test.afterEach(giveBack);

test("U9: of two edits the second is compared field by field, with a choice for each", async ({ page, context }) => {
  const person = await makePerson("both", { firstName: "Bodo", lastName: "Both" });
  await open(page, person);
  const other = await context.newPage();
  await other.goto(`/admin/users/${person.id}`);
  await hydrated(other);
  await details(other).getByLabel("First Name").fill("Boris");
  await details(other).getByLabel("Last Name").fill("Theirs");
  await details(other).getByLabel("Primary Role").selectOption("Quality Lead");
  await update(other).click();
  await confirm(other, "This changes what 1 person can do");
  await expect(other.getByText("Boris Theirs is saved")).toBeVisible();

  await details(page).getByLabel("First Name").fill("Berta");
  await details(page).getByLabel("Last Name").fill("Mine");
  await update(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "You saved changes in another window." })).toBeVisible();
  await expect(comparison(page)).toHaveCount(3);
  const [first, last, role] = ["First Name", "Last Name", "Primary Role"].map((name) =>
    page.getByRole("group", { name }),
  );
  await expect(first!.getByRole("radio", { name: "This window: Berta" })).toBeChecked();
  await expect(role!.getByRole("radio", { name: "Saved in another window: Quality Lead" })).toBeChecked();
  await last!.getByRole("radio", { name: "Saved in another window: Theirs" }).check();
  await page.getByRole("button", { name: "Save this choice" }).click();
  await expect(page.getByText("Berta Theirs is saved")).toBeVisible();
  expect(await stored(person)).toMatchObject({ first_name: "Berta", last_name: "Theirs", role: "Quality Lead" });
});

test('U9: "Discard mine" takes what the other one saved', async ({ page, context }) => {
  const person = await makePerson("discard");
  await open(page, person);
  const other = await context.newPage();
  await other.goto(`/admin/users/${person.id}`);
  await hydrated(other);
  await details(other).getByLabel("First Name").fill("Noemi");
  await update(other).click();
  await expect(other.getByText("Noemi Newcomer is saved")).toBeVisible();
  await details(page).getByLabel("First Name").fill("Nadine");
  await update(page).click();
  await page.getByRole("button", { name: "Discard mine" }).click();
  await expect(details(page).getByLabel("First Name")).toHaveValue("Noemi");
  await expect(update(page)).toHaveAttribute("aria-disabled", "true");
  await details(page).getByLabel("Last Name").fill("Later");
  await update(page).click();
  await expect(page.getByText("Noemi Later is saved")).toBeVisible();
});

test("U9: roles and groups that were given meanwhile are called by their names", async ({ page, context }) => {
  const person = await makePerson("named");
  const [mine, theirs] = [await groupWith("Mine"), await groupWith("Theirs")];
  const addTo = async (on: Page, group: string) => {
    await on.getByRole("combobox", { name: "Add to group" }).click();
    await on.getByPlaceholder("Search groups").fill(group);
    await on.getByRole("option", { name: group }).click();
  };
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/access`);
  await hydrated(page);
  await addTo(page, mine.name);
  await withDatabase(
    (sql) => sql`insert into user_roles (user_id, role_id) select ${person.id}, id from roles where name = 'Auditor'`,
  );
  const other = await context.newPage();
  await other.goto(`/admin/users/${person.id}/access`);
  await hydrated(other);
  await addTo(other, theirs.name);
  await update(other).click();
  await expect(other.getByText("Roles and groups of Nora Newcomer are saved")).toBeVisible();

  await update(page).click();
  const groups = page.getByRole("group", { name: "Groups", exact: true });
  await expect(groups.getByRole("radio", { name: `Saved in another window: ${theirs.name}` })).toBeVisible();
  await expect(groups.getByRole("radio", { name: `This window: ${mine.name}` })).toBeChecked();
  const roles = page.getByRole("group", { name: "Role dates" });
  await expect(roles.getByRole("radio", { name: "Saved in another window: Auditor" })).toBeChecked();
  await page.getByRole("button", { name: "Discard mine" }).click();
  await expect(page.getByRole("button", { name: `Remove from ${theirs.name}` })).toBeVisible();
  await expect(page.getByLabel("End of Auditor")).toBeVisible();
});

test("U9: an edit of the other form is no conflict, and nothing of it is lost", async ({ page, context }) => {
  const person = await makePerson("apart");
  await open(page, person);
  const other = await context.newPage();
  await other.goto(`/admin/users/${person.id}/access`);
  await hydrated(other);
  await other.getByRole("combobox", { name: "Add to group" }).click();
  await other.getByPlaceholder("Search groups").fill("staging");
  await other.getByRole("option", { name: /^Staging/ }).click();
  await update(other).click();
  await confirm(other, "This changes what 1 person can do");
  await expect(other.getByText("Roles and groups of Nora Newcomer are saved")).toBeVisible();
  await details(page).getByLabel("First Name").fill("Nele");
  await update(page).click();
  await expect(page.getByText("Nele Newcomer is saved")).toBeVisible();
  await page.getByRole("link", { name: "Roles and Groups" }).click();
  await expect(page.getByRole("button", { name: "Remove from Staging" })).toBeVisible();
});

test("U9: a membership that somebody else gave meanwhile names them, and not who saved last", async ({
  page,
  browser,
}) => {
  const person = await makePerson("joined");
  const [mine, theirs] = [await groupWith("Mine"), await groupWith("Theirs")];
  const bob = await makePerson("bob", {
    firstName: "Bob",
    lastName: "Baker",
    primaryRole: "Quality Manager",
    additionalRoles: ["Admin"],
  });
  const choose = async (on: Page, group: string) => {
    await on.getByRole("combobox", { name: "Add to group" }).click();
    await on.getByPlaceholder("Search groups").fill(group);
    await on.getByRole("option", { name: group }).click();
  };
  const context = await browser.newContext();
  try {
    const other = await context.newPage();
    await signInAs(other, bob.username);
    await signInAs(page, "ada");
    for (const each of [page, other]) {
      await each.goto(`/admin/users/${person.id}/access`);
      await hydrated(each);
    }
    await choose(other, theirs.name);
    await update(other).click();
    await expect(other.getByText("Roles and groups of Nora Newcomer are saved")).toBeVisible();
    await choose(page, mine.name);
    await update(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "Bob Baker saved changes in the meantime." })).toBeVisible();
    const groups = page.getByRole("group", { name: "Groups", exact: true });
    await expect(groups.getByRole("radio", { name: `Saved by Bob Baker: ${theirs.name}` })).toBeVisible();
    await expect(groups.getByRole("radio", { name: `Yours: ${mine.name}` })).toBeChecked();
  } finally {
    await context.close();
    await withDatabase((sql) => sql`delete from user_roles where user_id = ${bob.id}`);
  }
});
