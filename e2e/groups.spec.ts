import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy, namedGroup, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const rows = (page: Page) => page.getByRole("table", { name: "Groups" }).getByRole("row");
const members = (page: Page) => page.getByRole("table", { name: /^Members of/ }).getByRole("row");
const update = (page: Page) => page.getByRole("main").getByRole("button", { name: "Update" });
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Edit group" }).getByRole("link", { name: new RegExp(`^${name}`) });
const preview = (page: Page) => page.getByRole("dialog", { name: /^This changes/ });

test.afterEach(giveBack);

async function open(page: Page, path: string, who = "ada") {
  await signInAs(page, who);
  await page.goto(path);
  await hydrated(page);
}

async function pick(page: Page, label: string, text: string, option: RegExp) {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByPlaceholder("Search people").fill(text);
  await page.getByRole("option", { name: option }).click();
}

test("R5: a group is made in a dialog over the list, and a name that is taken is refused at its field", async ({
  page,
}) => {
  const name = `Made ${v7().slice(-8)}`;
  namedGroup(name);
  const role = await roleWith("Carried", [["user.read", "all"]]);
  await open(page, "/admin/groups?q=release");
  await page.getByRole("link", { name: "Create group" }).click();
  const dialog = page.getByRole("dialog", { name: "Create group" });
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await dialog.getByLabel("Name", { exact: true }).fill("REGRESSION");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
    /"REGRESSION" is already in use\./,
  );
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("Description").fill("Made by a journey.");
  await pick(page, "Owner", "quinn", /^Quinn Manager/);
  await dialog.getByRole("checkbox", { name: new RegExp(`^${role.name}`) }).check();
  await dialog.getByLabel(`End of ${role.name}`).fill("2099-12-31T18:00");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/admin\/groups\/[0-9a-f-]{36}\/members$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit group ${name}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByText(`Nobody is in ${name} yet.`)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/admin\/groups\?q=release$/);
  await expect(dialog).toHaveCount(0);

  await page.goto(`/admin/groups?q=${encodeURIComponent(name)}`);
  await expect(rows(page).nth(1)).toContainText("Quinn Manager");
  await expect(rows(page).nth(1)).toContainText(role.name);
  await rows(page).nth(1).getByRole("link", { name }).click();
  await tab(page, "Roles").click();
  await expect(page.getByLabel(`End of ${role.name}`)).toHaveValue("2099-12-31T18:00");
});

test("the list is searched, sorted and filtered, and says what it looked at", async ({ page }) => {
  const mark = `Sorted${v7().slice(-8)}`;
  const first = await groupWith(`${mark} Aardvark`, { owner: "quinn" });
  const last = await groupWith(`${mark} Zebra`);
  await open(page, `/admin/groups?q=${mark}`);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(1)).toContainText(first.name);
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(rows(page).nth(1)).toContainText(last.name);
  await page.getByRole("combobox", { name: "Search", exact: true }).fill("nightly regression");
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText("Regression");
  await page.getByRole("combobox", { name: "Search", exact: true }).fill("no such group");
  await expect(page.getByText('No group matches "no such group".')).toBeVisible();
  await expect(page.getByText(/Searched name, description and id, among \d+ groups\./)).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(page).not.toHaveURL(/q=/);
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Owner" }).click();
  await page.getByPlaceholder("Search owner").fill("quinn");
  await page.getByRole("option", { name: /^Quinn Manager/ }).click();
  await expect(page).toHaveURL(/owner=/);
  await page.keyboard.press("Escape");
  await expect(rows(page).filter({ hasText: first.name })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: last.name })).toHaveCount(0);
});

test("R9: what the roles of a group do to its members is shown first, and then holds at once", async ({ page }) => {
  const member = await makePerson("gains", { firstName: "Gina", lastName: "Gains" });
  const role = await roleWith("Reads all", [["user.read", "all"]]);
  const group = await groupWith("Readers", { members: [member.id] });
  await open(page, `/admin/groups/${group.id}/roles`);
  await expect(update(page)).toHaveAccessibleDescription("Nothing has changed yet.");
  await page.getByRole("checkbox", { name: new RegExp(`^${role.name}`) }).check();
  await update(page).click();
  await expect(preview(page)).toContainText("Gina Gains");
  await expect(preview(page)).toContainText("See a user");
  await preview(page).getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("checkbox", { name: new RegExp(`^${role.name}`) })).toBeChecked();
  await update(page).click();
  await preview(page).getByRole("button", { name: "Update" }).click();
  await expect(page.getByText(`Roles of ${group.name} are saved`)).toBeVisible();

  await page.getByRole("checkbox", { name: new RegExp(`^${role.name}`) }).uncheck();
  await update(page).click();
  await expect(preview(page).getByRole("heading", { name: "Lose" })).toBeVisible();
  await preview(page).getByRole("button", { name: "Update" }).click();
  await expect(preview(page)).toHaveCount(0);
  await expect(update(page)).toHaveAccessibleDescription("Nothing has changed yet.");
});

test("R9: several people are added at once, after one preview, and whoever is refused stays in the form", async ({
  page,
}) => {
  const [anna, bert, gone] = [
    await makePerson("several", { firstName: "Anna", lastName: "Several" }),
    await makePerson("several", { firstName: "Bert", lastName: "Several" }),
    await makePerson("several", { firstName: "Gerda", lastName: "Several" }),
  ];
  const role = await roleWith("Reads all", [["user.read", "all"]]);
  const group = await groupWith("Several", { roleIds: [role.id] });
  await open(page, `/admin/groups/${group.id}/members`);
  await page.getByRole("button", { name: "Add member" }).click();
  const dialog = page.getByRole("dialog", { name: `Add members to ${group.name}` });
  for (const [person, name] of [
    [anna, /^Anna Several/],
    [bert, /^Bert Several/],
    [gone, /^Gerda Several/],
  ] as const) {
    await pick(page, "People", person.username, name);
    await page.keyboard.press("Escape");
    await expect(page.getByPlaceholder("Search people")).toBeHidden();
  }
  await withDatabase(
    (sql) =>
      sql`update users set status = 'archived', status_before_archive = 'active', archived_at = now() where id = ${gone.id}`,
  );
  await dialog.getByRole("button", { name: "Add 3 members" }).click();
  await expect(preview(page)).toContainText("Anna Several and Bert Several");
  await preview(page).getByRole("button", { name: "Add 3 members" }).click();
  await expect(page.getByText(`2 people are in ${group.name}`)).toBeVisible();
  await expect(dialog.getByRole("alert")).toContainText("Gerda Several: Gerda Several is archived.");
  await expect(dialog.getByRole("list", { name: "Chosen: People" }).getByRole("listitem")).toHaveCount(1);
  await dialog.getByRole("button", { name: "Remove Gerda Several" }).click();
  expect(await heldBy(anna.id, group.id)).toEqual({ endsAt: null });
  expect(await heldBy(bert.id, group.id)).toEqual({ endsAt: null });
  expect(await heldBy(gone.id, group.id)).toBeUndefined();
});

test("R5: members are added by a search on the server, given an end, and removed after it is said what they lose", async ({
  page,
}) => {
  const person = await makePerson("joins", { firstName: "Jona", lastName: "Joins" });
  const role = await roleWith("Reads all", [["user.read", "all"]]);
  const group = await groupWith("Joined", { roleIds: [role.id] });
  await open(page, `/admin/groups/${group.id}/members`);
  await page.getByRole("button", { name: "Add member" }).click();
  await pick(page, "People", person.username, /^Jona Joins/);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").getByLabel("Until").fill("2099-12-31T18:00");
  await page.getByRole("dialog").getByRole("button", { name: "Add member" }).click();
  await expect(preview(page)).toContainText("Jona Joins");
  await preview(page).getByRole("button", { name: "Add member" }).click();
  await expect(page.getByText(`Jona Joins is in ${group.name}`)).toBeVisible();
  await expect(members(page)).toHaveCount(2);
  await expect(members(page).nth(1)).toContainText("31 Dec 2099");

  await members(page).nth(1).hover();
  await page.getByRole("button", { name: "More actions", description: "Jona Joins" }).click();
  await page.getByRole("menuitem", { name: "Change end" }).click();
  await expect(page.getByRole("dialog").getByText("Nothing has changed yet.")).not.toHaveClass(/sr-only/);
  await page.getByRole("dialog").getByLabel("Until").fill("");
  await page.getByRole("dialog").getByRole("button", { name: "Change end" }).click();
  await preview(page).getByRole("button", { name: "Change end" }).click();
  await expect(members(page).nth(1)).toContainText("No end");
  expect(await heldBy(person.id, group.id)).toEqual({ endsAt: null });

  await members(page).nth(1).hover();
  await page.getByRole("button", { name: "More actions", description: "Jona Joins" }).click();
  await page.getByRole("menuitem", { name: "Remove from group" }).click();
  const question = page.getByRole("dialog", { name: `Remove Jona Joins from ${group.name}?` });
  await expect(question).toContainText("See a user");
  await question.getByRole("button", { name: "Remove from group" }).click();
  await expect(members(page).nth(1)).toContainText("removed");
  expect(await heldBy(person.id, group.id)).toBeUndefined();
  await page.reload();
  await expect(page.getByText(`Nobody is in ${group.name} yet.`)).toBeVisible();
});

test("R5: deleting says how many people lose what, then asks", async ({ page }) => {
  const people = [await makePerson("loses"), await makePerson("loses")];
  const role = await roleWith("Reads all", [["user.read", "all"]]);
  const group = await groupWith("Doomed", { roleIds: [role.id], members: people.map(({ id }) => id) });
  await open(page, `/admin/groups/${group.id}`);
  await page.getByRole("button", { name: "Delete group" }).click();
  const question = page.getByRole("dialog", { name: `Delete ${group.name}?` });
  await expect(question).toContainText("The group and its 2 memberships are deleted permanently.");
  await expect(question).toContainText("It changes what 2 people can do");
  await expect(question).toContainText("See a user");
  await expectAccessible(page, "Delete group");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Delete group" })).toBeFocused();
  await page.getByRole("button", { name: "Delete group" }).click();
  await expect(question).toContainText("It changes what 2 people can do");
  const third = await makePerson("loses");
  await withDatabase((sql) => sql`insert into group_members (group_id, user_id) values (${group.id}, ${third.id})`);
  await question.getByRole("button", { name: "Delete group" }).click();
  await expect(question).toContainText("Something else was saved in the meantime.");
  await expect(question).toContainText("It changes what 3 people can do");
  await question.getByRole("button", { name: "Delete group" }).click();
  await expect(page.getByText(`${group.name} is deleted`)).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/groups$/);
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeFocused();
  expect((await page.request.get(`/admin/groups/${group.id}`)).status()).toBe(404);
});

test("U9: the second of two edits is refused with a sentence, and can be loaded again", async ({ page, context }) => {
  const group = await groupWith("Both");
  await open(page, `/admin/groups/${group.id}`);
  const other = await context.newPage();
  await other.goto(`/admin/groups/${group.id}`);
  await hydrated(other);
  await other.getByLabel("Description").fill("Theirs.");
  await update(other).click();
  await expect(other.getByText(`${group.name} is saved`)).toBeVisible();
  await page.getByLabel("Description").fill("Mine.");
  await update(page).click();
  await expect(
    page.getByRole("alert").filter({ hasText: `You saved ${group.name} in another window in the meantime` }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByLabel("Description")).toHaveValue("Theirs.");
  await page.getByLabel("Description").fill("Mine, after all.");
  await update(page).click();
  await expect(page.getByRole("heading", { level: 1 }).locator("xpath=../..")).toContainText("Mine, after all.");
});
