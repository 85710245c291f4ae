import { expect, test } from "@playwright/test";
import { v7 } from "uuid";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { alsoMade, giveBack, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { carried, chosen, roleForm as form, openRole as open, operation, update } from "./role-steps";
import { signInAs, withDatabase } from "./sign-in-as";

const roleId = (name: string) =>
  withDatabase(async (sql) => {
    const [role] = await sql`select id from roles where name = ${name}`;
    return role?.id as string;
  });

test.afterEach(giveBack);

test("R3: the list shows the ladder first, then the additional roles, and is searched", async ({ page }) => {
  await open(page, "/admin/roles");
  const rows = page.getByRole("table", { name: "Roles" }).getByRole("row");
  await expect(rows.filter({ hasText: "Quality Manager" }).first()).toContainText("primary, rank 1");
  await expect(rows.filter({ hasText: "built in" })).toContainText("additional, with Quality Manager");
  await page.getByRole("searchbox", { name: "Search" }).fill("engineer");
  await expect(page).toHaveURL(/q=engineer/);
  await expect(page.getByRole("link", { name: "Quality Engineer", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Auditor", exact: true })).toBeHidden();
  await page.getByRole("searchbox", { name: "Search" }).fill("no such role");
  await expect(page.getByText('No role matches "no such role".')).toBeVisible();
});

test("R3: a role is created with operations and scopes, copied, and deleted", async ({ page }) => {
  const name = `Reader ${v7().slice(-8)}`;
  await open(page, "/admin/roles/new");
  await form(page).getByLabel("Name", { exact: true }).fill(name);
  await form(page).getByLabel("Description", { exact: true }).fill("Reads what others do.");
  await form(page).getByLabel("Quality Lead").check();
  await operation(page, "See a user").selectOption("people below and members of own groups");
  await operation(page, "View reports").selectOption("allowed");
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByText(`${name} is created`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit role ${name}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  const id = await roleId(name);
  expect(await carried(id)).toEqual(["report.view all", "user.read owned_groups", "user.read reports"]);

  await page.getByRole("link", { name: "Copy role" }).click();
  await expect(form(page).getByLabel("Name", { exact: true })).toHaveValue(`Copy of ${name}`);
  await expect(chosen(page, "See a user")).toHaveText("people below and members of own groups");
  await page.goto(`/admin/roles/${id}`);
  await hydrated(page);
  await expect(page.getByText("Nobody holds it, and no group carries it.")).toBeVisible();
  await page.getByRole("button", { name: "Delete role" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete role" }).click();
  await expect(page.getByText(`${name} is deleted`)).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/roles$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  expect(await roleId(name)).toBeUndefined();
});

test("R9: before a role is saved, the preview says who gains and who loses, and what is saved equals it", async ({
  page,
}) => {
  const role = await roleWith("Reviewer", [["user.read", "all"]]);
  await makePerson("holder", { firstName: "Hanna", lastName: role.name, additionalRoles: [role.name] });
  await open(page, `/admin/roles/${role.id}`);
  await expect(update(page)).toHaveAccessibleDescription("Nothing has changed yet.");
  await operation(page, "See a user").selectOption("none");
  await operation(page, "Read the audit log").selectOption("everyone");
  await update(page).click();
  const preview = page.getByRole("dialog");
  await expect(preview).toContainText(`Hanna ${role.name}`);
  await expect(preview).toContainText("Read the audit log");
  await expect(preview).toContainText("See a user");
  expect(await carried(role.id)).toEqual(["user.read all"]);
  await preview.getByRole("button", { name: "Update" }).click();
  await expect(page.getByText(`${role.name} is saved`)).toBeVisible();
  expect(await carried(role.id)).toEqual(["audit.read all"]);
});

test("R3: words alone are saved without a preview, and a choice that is taken back is no change", async ({ page }) => {
  const role = await roleWith("Worded", [["user.read", "reports"]]);
  await open(page, `/admin/roles/${role.id}`);
  await expect(chosen(page, "See a user")).toHaveText("people below");
  await operation(page, "See a user").selectOption("everyone");
  await expect(update(page)).toBeEnabled();
  await operation(page, "See a user").selectOption("people below");
  await expect(update(page)).toHaveAttribute("aria-disabled", "true");
  await form(page).getByLabel("Description", { exact: true }).fill("Only words.");
  await update(page).click();
  await expect(page.getByText(`${role.name} is saved`)).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await carried(role.id)).toEqual(["user.read reports"]);
});

test("R3: a name that looks like Admin is refused at the field, and the log knows", async ({ page }) => {
  const role = await roleWith("Renamed");
  await open(page, `/admin/roles/${role.id}`);
  await form(page).getByLabel("Name", { exact: true }).fill("Аdmin");
  await update(page).click();
  await expect(form(page).getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
    /looks like the role "Admin"/,
  );
  await expect(form(page).getByLabel("Name", { exact: true })).toBeFocused();
  const [event] = await withDatabase(
    (sql) => sql`select outcome from events where operation = 'role.update' and target_id = ${role.id}`,
  );
  expect(event?.outcome).toBe("refused");
});

test("U9: what somebody else saved meanwhile is loaded once, and the next edit is one like any other", async ({
  page,
  context,
}) => {
  const role = await roleWith("Both");
  await open(page, `/admin/roles/${role.id}`);
  const other = await context.newPage();
  await other.goto(`/admin/roles/${role.id}`);
  await hydrated(other);
  await form(other).getByLabel("Description", { exact: true }).fill("Theirs.");
  await update(other).click();
  await expect(other.getByText(`${role.name} is saved`)).toBeVisible();
  const description = form(page).getByLabel("Description", { exact: true });
  await description.fill("Mine.");
  await update(page).click();
  await expect(form(page).getByRole("alert")).toContainText(`You saved ${role.name} in another window in the meantime`);
  await form(page).getByRole("button", { name: "Reload" }).click();
  await expect(description).toHaveValue("Theirs.");
  await expect(form(page).getByRole("alert")).toHaveCount(0);
  await operation(page, "See a user").selectOption("members of own groups");
  await expect(form(page).getByRole("alert")).toHaveCount(0);
  await update(page).click();
  await expect(page.getByText(`${role.name} is saved`)).toBeVisible();
  expect(await carried(role.id)).toEqual(["user.read owned_groups"]);
});

test("R3: the built-in role is text with the reason, and a role in use says by whom", async ({ page }) => {
  await open(page, `/admin/roles/${await roleId("Admin")}`);
  await expect(page.getByText(/"Admin" is built in: it has every operation/)).toBeVisible();
  await expect(form(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Delete role" })).toHaveAccessibleDescription(
    '"Admin" is built in and cannot be deleted.',
  );
  await page.goto(`/admin/roles/${await roleId("Quality Lead")}`);
  await hydrated(page);
  await expect(page.getByText(/^It is held by \d+ (people, e\.g\. |person, ).+\.$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete role" })).toHaveAttribute("aria-disabled", "true");
});

test("R8: what the editor does not hold cannot be chosen, and the row says why", async ({ page }) => {
  const keeper = await roleWith("Keeper", [
    ["role.read", "all"],
    ["role.update", "all"],
    ["user.read", "all"],
  ]);
  const plain = await roleWith("Plain");
  const person = await makePerson("keeper", { additionalRoles: [keeper.name] });
  await open(page, `/admin/roles/${plain.id}`, person.username);
  const purge = operation(page, "Permanently erase a removed user");
  await expect(purge.getByRole("option", { name: "allowed" })).toBeDisabled();
  await expect(purge).toHaveAccessibleDescription("You don't hold this permanently, so you cannot give it.");
  await expect(page.getByText("You don't hold this permanently, so you cannot give it.").first()).toBeVisible();
  await expect(operation(page, "See a user").getByRole("option", { name: "everyone" })).toBeEnabled();
  await expect(page.getByRole("button", { name: "Delete role" })).toHaveAccessibleDescription(
    /You don't have permission to delete a role/,
  );
  await page.goto(`/admin/roles/${await roleId("Auditor")}`);
  await expect(page.getByText(/"Auditor" carries ".+" for everyone, which you do not hold\./)).toBeVisible();
  await expect(form(page)).toBeHidden();
});

test("from a role that nobody holds the way leads to the field of a user, for whoever may give it", async ({
  page,
}) => {
  const role = await roleWith("Fresh", [["user.read", "all"]]);
  const person = await makePerson("fresh", { firstName: "Frida", lastName: "Fresh" });
  await open(page, `/admin/roles/${role.id}`);
  await page.getByRole("button", { name: "Assign to users" }).click();
  const dialog = page.getByRole("dialog", { name: `Assign ${role.name} to a user` });
  await expectAccessible(page, "to whom a role is given");
  await dialog.getByRole("combobox", { name: "User" }).click();
  await page.getByPlaceholder("Search people").fill(person.username);
  await page.getByRole("option", { name: "Frida Fresh" }).click();
  await dialog.getByRole("button", { name: "Open user" }).click();
  await expect(page).toHaveURL(`/admin/users/${person.id}#role-${role.id}`);
  await expect(page.getByRole("checkbox", { name: role.name })).toBeFocused();
  await signInAs(page, "audrey");
  await page.goto(`/admin/roles/${role.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(role.name);
  await expect(page.getByRole("button", { name: "Assign to users" })).toHaveCount(0);
});

test("R8: a copy of a role that carries more than one holds is saved once that is taken away", async ({ page }) => {
  const copier = await roleWith("Copier", [
    ["role.read", "all"],
    ["role.create", "all"],
    ["user.read", "all"],
  ]);
  const broad = await roleWith("Broad", [
    ["user.read", "all"],
    ["user.purge", "all"],
  ]);
  const person = await makePerson("copier", { additionalRoles: [copier.name] });
  await open(page, `/admin/roles/new?copy=${broad.id}`, person.username);
  const purge = operation(page, "Permanently erase a removed user");
  await expect(chosen(page, "Permanently erase a removed user")).toHaveText("allowed");
  await purge.selectOption("none");
  await expect(purge.getByRole("option", { name: "allowed" })).toBeDisabled();
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page).toHaveURL(/\/admin\/roles\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1) ?? "";
  expect(await carried(id)).toEqual(["user.read all"]);
  alsoMade({ id, name: `Copy of ${broad.name}` });
});

test("R3: whoever may only see roles reads text, and nobody else gets in", async ({ page }) => {
  await open(page, "/admin/roles", "audrey");
  await expect(page.getByRole("link", { name: "Create role" })).toBeHidden();
  await page.getByRole("link", { name: "Quality Lead", exact: true }).click();
  await expect(page.getByText("You don't have permission to edit a role.")).toBeVisible();
  await expect(form(page)).toBeHidden();
  await signInAs(page, "lee");
  expect((await page.goto("/admin/roles"))?.status()).toBe(403);
  expect((await page.goto(`/admin/roles/${await roleId("Auditor")}`))?.status()).toBe(403);
});

test("R3: operations of the product are declared, imported with a fault per line, and removed", async ({ page }) => {
  const noun = `t${v7().slice(-8)}`;
  await open(page, "/admin/roles/operations");
  const declare = page.getByRole("form", { name: "Declare an operation" });
  await declare.getByLabel("Key").fill("user.update");
  await declare.getByLabel("Sentence").fill("Do something");
  await declare.getByRole("button", { name: "Declare" }).click();
  await expect(declare.getByLabel("Key")).toHaveAccessibleDescription(/one of Gatehouse's own/);
  await declare.getByLabel("Key").fill(`${noun}.create`);
  await declare.getByRole("button", { name: "Declare" }).click();
  await expect(page.getByText(`${noun}.create is declared`)).toBeVisible();
  await expect(page.getByRole("button", { name: `Remove ${noun}.create` })).toBeVisible();

  const list = page.getByRole("form", { name: "Import operations" });
  await list.getByLabel("List").fill(`[\n{ "key": "${noun}.run", "sentence": "Run it" },\n{ "key": "${noun}" }\n]`);
  await list.getByRole("button", { name: "Import" }).click();
  await expect(list.getByRole("alert")).toContainText("One entry is wrong; nothing was imported.");
  await expect(list.getByRole("alert")).toContainText("Line 3: A key is a noun, a full stop and a verb");
  await list.getByLabel("File with operations").setInputFiles({
    name: "operations.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify([{ key: `${noun}.run`, sentence: "Run it" }])),
  });
  await expect(list.getByLabel("List")).toHaveValue(new RegExp(`${noun}.run`));
  await list.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("Imported: 1 added, 0 with a new sentence, 0 unchanged")).toBeVisible();

  await page.getByRole("searchbox", { name: "Search" }).fill(`${noun}.cr`);
  await expect(page.getByRole("table", { name: "App operations" }).getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search" }).fill(`${noun}.none`);
  await page.getByRole("link", { name: "Clear the search" }).click();

  for (const key of [`${noun}.create`, `${noun}.run`]) {
    await page.getByRole("button", { name: `Remove ${key}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove operation" }).click();
    await expect(page.getByText(`${key} is removed`)).toBeVisible();
    await expect(page.getByRole("table", { name: "App operations" }).locator(":focus")).toHaveText("removed");
  }
  await expect(page.getByRole("button", { name: "Remove report.view" })).toHaveAccessibleDescription(
    /carry it\. Remove it there first\./,
  );
  await expect(page.getByText(/carr(y|ies) it\. Remove it there first\./).first()).not.toHaveClass(/sr-only/);
});

test("R1: a preset says what it would add and what it leaves out", async ({ page }) => {
  await open(page, "/admin/roles");
  await page.getByRole("button", { name: "Add a preset" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Quality assurance")).toBeDisabled();
  await expect(dialog.getByLabel("Quality assurance")).toHaveAccessibleDescription(
    /^Adds nothing\..*Leaves out Quality Manager: A role with this name already exists\./,
  );
  await expect(dialog).toContainText('Leaves out Settings: "Admin" is the built-in role that can do everything.');
  await expect(dialog.getByRole("button", { name: "Add roles" })).toHaveAccessibleDescription("Choose a set of roles.");
  await dialog.getByLabel("Agent life cycle").check();
  await expect(dialog.getByRole("button", { name: "Add roles" })).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Add a preset" })).toBeFocused();
});
