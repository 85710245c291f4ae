import { expect, type Locator, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { giveBack, groupWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { tabTo } from "./tab-to";

test.afterEach(giveBack);

/** The line that Enter takes, and the answer to all that was typed. */
async function answered(option: Locator) {
  await expect(option).toBeEnabled();
  await expect(option).toHaveAttribute("data-selected", "true");
}

test("the list: Tab to the search, type, Tab to the row, Enter opens it", async ({ page }) => {
  const person = await makePerson("typed", { firstName: "Tyra", lastName: "Typed" });
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  const search = page.getByRole("combobox", { name: "Search", exact: true });
  await tabTo(page, search);
  await page.keyboard.type(person.username);
  await expect(page).toHaveURL(new RegExp(`q=${person.username}`));
  await expect(page.getByRole("table", { name: "Users" }).getByRole("row")).toHaveCount(2);
  await expect(search).toBeFocused();

  const edit = page.getByRole("link", { name: "Edit", description: "Tyra Typed" });
  await tabTo(page, edit);
  await expect(edit.locator("xpath=ancestor::td/div")).toHaveCSS("opacity", "1");
  await expect(edit).toBeInViewport();
  expect(await edit.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
  await tabTo(page, page.getByRole("link", { name: "Tyra Typed", exact: true }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/admin/users/${person.id}`);
});

test("menus: opened by Enter, walked by arrows, closed by Escape, and the focus comes back", async ({ page }) => {
  const person = await makePerson("menus", { firstName: "Mona", lastName: "Menus" });
  await signInAs(page, "ada");
  await page.goto(`/admin/users?q=${person.username}`);
  await hydrated(page);
  const more = page.getByRole("button", { name: "More actions", description: "Mona Menus" });
  await tabTo(page, more);
  await page.keyboard.press("Enter");
  const items = page.getByRole("menuitem");
  await expect(items.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(items.nth(1)).toBeFocused();
  await expect(page.getByRole("menuitem", { name: "Remove user" })).toBeVisible();
  await page.keyboard.press("End");
  await expect(items.last()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await expect(items).toHaveCount(0);
  await expect(more).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(items.first()).toBeFocused();
  await page.keyboard.type("roles");
  await expect(page.getByRole("menuitem", { name: "Roles and Groups" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/admin/users/${person.id}/access`);

  const actions = page.getByRole("button", { name: "More actions", description: "Mona Menus" });
  await tabTo(page, actions);
  await page.keyboard.press("Space");
  await expect(items.first()).toBeFocused();
  await page.keyboard.type("dis");
  await expect(page.getByRole("menuitem", { name: "Disable", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Disable Mona Menus?" });
  await tabTo(page, dialog.getByLabel("Reason"));
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(actions).toBeFocused();
});

test("a row that an action removes stays, with the focus", async ({ page }) => {
  const people = await Promise.all(
    ["Anna", "Bert", "Cora"].map((lastName) => makePerson("goes", { firstName: "Row", lastName })),
  );
  const group = await groupWith("Shrinking", { members: people.map(({ id }) => id) });
  const more = (name: string) =>
    page.getByRole("row").filter({ hasText: name }).getByRole("button", { name: "More actions" });
  await signInAs(page, "ada");
  await page.goto(`/admin/groups/${group.id}/members`);
  await hydrated(page);
  for (const name of ["Row Bert", "Row Cora", "Row Anna"]) {
    await more(name).focus();
    await page.keyboard.press("Enter");
    const item = page.getByRole("menuitem", { name: "Remove from group" });
    await expect(item).toBeVisible();
    await page.keyboard.press("End");
    await expect(item).toBeFocused();
    await page.keyboard.press("Enter");
    const question = page.getByRole("dialog", { name: `Remove ${name} from ${group.name}?` });
    const button = question.getByRole("button", { name: "Remove from group" });
    await expect(button).toBeEnabled();
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("row").filter({ hasText: name }).locator(":focus")).toHaveText("removed");
  }
});

test("a group that is taken out of the form leaves the focus with the next one, then with the list's name", async ({
  page,
}) => {
  const person = await makePerson("leaves");
  const groups = [
    await groupWith("First", { members: [person.id] }),
    await groupWith("Second", { members: [person.id] }),
  ];
  const [first, second] = groups.map(({ name }) => page.getByRole("button", { name: `Remove from ${name}` }));
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/access`);
  await hydrated(page);
  await first!.focus();
  await page.keyboard.press("Enter");
  await expect(first!).toHaveCount(0);
  await expect(second!).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Not in any group.")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "Add to group" })).toBeFocused();
});

test("Create User: the wizard from end to end", async ({ page }) => {
  const username = `keys-${v7().slice(-8)}`;
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await tabTo(page, page.getByRole("link", { name: "Create User" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Create User" });
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(`${username}@northwind.example`);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Kaya");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Keys");
  await page.keyboard.press("Tab");
  await expect(dialog.getByLabel("User Name")).toHaveValue(username);
  await page.keyboard.press("Enter");

  const primary = dialog.getByLabel("Primary Role");
  await expect(primary).toBeFocused();
  await page.keyboard.press("Q");
  await page.keyboard.press("Home");
  await expect(primary.locator("option:checked")).toHaveText("Quality Manager");
  await tabTo(page, dialog.getByRole("checkbox", { name: /^Admin\b/ }));
  await page.keyboard.press("Space");
  await tabTo(page, dialog.getByRole("combobox", { name: "Manager" }));
  await page.keyboard.press("Enter");
  await expect(page.getByPlaceholder("Search people")).toBeFocused();
  await page.keyboard.type("ada admin");
  await answered(page.getByRole("option", { name: /Ada Admin/ }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Manager" })).toBeFocused();
  await expect(dialog.getByRole("combobox", { name: "Manager" })).toContainText("Ada Admin");
  await tabTo(page, dialog.getByRole("button", { name: "Continue" }));
  await page.keyboard.press("Enter");

  await expect(dialog.getByRole("radio", { name: /Send an invitation link/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: /Set a password/ })).toBeChecked();
  await tabTo(page, dialog.getByLabel("Password", { exact: true }));
  await page.keyboard.type("seven lanterns over the harbour");
  await tabTo(page, dialog.getByLabel("Confirm Password"));
  await page.keyboard.type("seven lanterns over the harbour");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/clients$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Kaya Keys");
  const [made] = await withDatabase(
    (sql) => sql`
      select r.name, (select count(*)::int from user_roles ur where ur.user_id = u.id) as additional
        from users u join roles r on r.id = u.primary_role_id where u.username_key = ${username}`,
  );
  expect(made).toEqual({ name: "Quality Manager", additional: 1 });
});

test("Edit User: a change is typed, a conflict is decided by arrows", async ({ page }) => {
  const person = await makePerson("arrows");
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await tabTo(page, page.getByLabel("First Name"));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Mine");
  await withDatabase(
    (sql) => sql`update users set first_name = 'Theirs', version = version + 1 where id = ${person.id}`,
  );
  await page.keyboard.press("Enter");
  const question = page.getByRole("group", { name: "First Name" });
  await tabTo(page, question.getByRole("radio", { name: /^Yours: Mine/ }));
  await page.keyboard.press("ArrowLeft");
  await expect(question.getByRole("radio", { name: /: Theirs$/ })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "Save this choice" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Theirs Newcomer is saved")).toBeVisible();
});

test("the palette: Ctrl K, a name, Enter", async ({ page }) => {
  const person = await makePerson("palette", { firstName: "Pauline", lastName: "Palette" });
  await signInAs(page, "ada");
  await page.goto("/admin");
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette.getByRole("combobox")).toBeFocused();
  const named = palette.getByRole("option", { name: /Pauline Palette/ }).filter({ hasText: person.username });
  await page.keyboard.insertText(`Palette, Pauline ${person.username};`);
  await answered(named);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(`\u202aPauline Palette\u202c <${person.email}>`);
  await answered(named);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/admin/users/${person.id}`);
  await expect(palette).toBeHidden();
});
