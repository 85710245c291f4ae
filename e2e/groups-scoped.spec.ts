import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const rows = (page: Page) => page.getByRole("table", { name: "Groups" }).getByRole("row");
const update = (page: Page) => page.getByRole("main").getByRole("button", { name: "Update" });
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Edit group" }).getByRole("link", { name: new RegExp(`^${name}`) });

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

const keeping: [string, string][] = ["read", "update", "delete", "add_member", "remove_member"].map((verb) => [
  `group.${verb}`,
  "owned_groups",
]);

/** A lead with people below, who keeps the groups that they own. */
async function keeper() {
  const role = await roleWith("Group keeper", keeping);
  return makePerson("keeper", {
    firstName: "Kim",
    lastName: "Keeper",
    primaryRole: "Quality Lead",
    additionalRoles: [role.name],
  });
}

test("R11: whoever may own groups and owns none is told so", async ({ page }) => {
  const kim = await keeper();
  await open(page, "/admin/groups", kim.username);
  await expect(page.getByText("You don't own a group.")).toBeVisible();
});

test("R11: whoever owns a group works in the same screens, and sees that group and the people below alone", async ({
  page,
}) => {
  const kim = await keeper();
  const below = await makePerson("below", { firstName: "Benno", lastName: "Below", manager: kim.username });
  const outside = await makePerson("outside", { firstName: "Otto", lastName: "Outside" });
  const mine = await groupWith("Mine", { owner: kim.username, members: [outside.id] });
  const other = await groupWith("Other");
  await open(page, "/admin/groups", kim.username);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole("link", { name: "Create group" })).toHaveCount(0);
  for (const path of ["", "/roles", "/members", "/activity"])
    expect((await page.request.get(`/admin/groups/${other.id}${path}`)).status()).toBe(404);
  expect((await page.request.get("/admin/groups/new")).status()).toBe(403);

  await rows(page).getByRole("link", { name: mine.name }).click();
  await tab(page, "Roles").click();
  const admin = page.getByRole("checkbox", { name: /^Admin\b/ });
  await expect(admin).toBeDisabled();
  await expect(admin.locator("xpath=ancestor::label")).toContainText("which you do not hold, so you cannot give it.");

  await tab(page, "Members").click();
  await expect(page.getByText("And 1 person outside your view.")).toBeVisible();
  await expect(page.getByText("Otto Outside")).toHaveCount(0);
  await page.getByRole("button", { name: "Add member" }).click();
  await page.getByRole("combobox", { name: "People" }).click();
  await page.getByPlaceholder("Search people").fill("Ada Admin");
  await expect(page.getByText('Nothing matches "Ada Admin".')).toBeVisible();
  await page.getByPlaceholder("Search people").fill(below.username);
  await page.getByRole("option", { name: /^Benno Below/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").getByRole("button", { name: "Add member" }).click();
  await expect(page.getByText(`Benno Below is in ${mine.name}`)).toBeVisible();
  expect(await heldBy(below.id, mine.id)).toEqual({ endsAt: null });
});

test("R8: putting somebody into a group that carries administration is refused in the form, and stands in the log", async ({
  page,
}) => {
  const kim = await keeper();
  const below = await makePerson("tempted", { firstName: "Tilda", lastName: "Tempted", manager: kim.username });
  const [admin] = await withDatabase((sql) => sql`select id from roles where admin`);
  const group = await groupWith("Trap", { owner: kim.username, roleIds: [admin?.id as string] });
  await open(page, `/admin/groups/${group.id}/members`, kim.username);
  await page.getByRole("button", { name: "Add member" }).click();
  await pick(page, "People", below.username, /^Tilda Tempted/);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").getByRole("button", { name: "Add member" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText('"Admin" carries');
  expect(await heldBy(below.id, group.id)).toBeUndefined();
  const [event] = await withDatabase(
    (sql) => sql`select operation from events where person_id = ${below.id} and outcome = 'refused'`,
  );
  expect(event?.operation).toBe("group.add_member");
});

test("whoever may see but not change gets text, and why; axe finds nothing", async ({ page }) => {
  const group = await groupWith("Seen", { owner: "quinn" });
  await open(page, `/admin/groups/${group.id}`, "audrey");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(group.name);
  for (const path of ["", "/roles"]) {
    await page.goto(`/admin/groups/${group.id}${path}`);
    await expect(page.getByText("You don't have permission to edit a group and its roles.")).toBeVisible();
    await expect(update(page)).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  }
  await expect(page.getByRole("button", { name: "Delete group" })).toHaveAccessibleDescription(
    "You don't have permission to delete a group.",
  );
  await signInAs(page, "ada");
  await page.goto(`/admin/groups/${group.id}`);
  await hydrated(page);
  await expectAccessible(page, "the details of a group");
});
