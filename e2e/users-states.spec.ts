import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson, password } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const failure = /^User name or password is wrong, or the account is locked\./;

async function open(page: Page, person: MadePerson) {
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
}

async function choose(page: Page, person: MadePerson, item: string) {
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function enter(page: Page, person: MadePerson, given = password) {
  await page.getByLabel("User name or email").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(given);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** A group and a service account of this person. */
async function giveObjects(owner: MadePerson) {
  const names = { group: `Group of ${owner.username}`, account: `Robot of ${owner.username}` };
  await withDatabase(async (sql) => {
    await sql`
      insert into groups (id, name, name_key, description, owner_id)
      values (${v7()}, ${names.group}, ${names.group.toLowerCase()}, '', ${owner.id})`;
    await sql`
      insert into service_accounts (id, name, name_key, owner_id)
      values (${v7()}, ${names.account}, ${names.account.toLowerCase()}, ${owner.id})`;
  });
  return names;
}

const ownerOf = (group: string) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select u.username from groups g join users u on u.id = g.owner_id where g.name = ${group}`;
    return row?.username as string;
  });

test("U12: disabling wants a reason and ends the sessions; enabling lets in again", async ({ page, browser }) => {
  const person = await makePerson("stopped", { firstName: "Stella", lastName: "Stopped" });
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  await theirs.goto("/account");

  await open(page, person);
  await choose(page, person, "Disable");
  const dialog = page.getByRole("dialog", { name: "Disable Stella Stopped?" });
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveAccessibleDescription(/Enter the reason\./);
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await dialog.getByLabel("Reason").fill("On leave until spring");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("dialog", { name: "Stella Stopped is disabled" })).toContainText("1 session ended");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Disabled: On leave until spring. Clients are paused.")).toBeVisible();
  await expect(page.getByRole("button", { name: "More actions", description: "Stella Stopped" })).toBeFocused();

  await theirs.getByRole("link", { name: "Sessions" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await enter(theirs, person);
  await expect(theirs.getByText("Your account is disabled. Ask an administrator to enable it.")).toBeVisible();

  await choose(page, person, "Enable");
  await expect(page.getByText("Stella Stopped is enabled again")).toBeVisible();
  await expect(page.getByText(/^Disabled:/)).toHaveCount(0);
  await enter(theirs, person);
  await expect(theirs).toHaveURL(/\/account/);
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText(/disabled Stella Stopped, ending 1 session: “On leave until spring”/)).toBeVisible();
  await theirs.context().close();
});

test("U10: disabled until a moment is over by itself then", async ({ page }) => {
  const person = await makePerson("until", { firstName: "Uma", lastName: "Until" });
  await open(page, person);
  await choose(page, person, "Disable");
  const dialog = page.getByRole("dialog", { name: "Disable Uma Until?" });
  await dialog.getByLabel("Reason").fill("Audit");
  await dialog.getByLabel("Until").fill("2099-01-01T09:00");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(/^Disabled: Audit, until .*2099/)).toBeVisible();
  await withDatabase(
    (sql) => sql`update users set disabled_until = now() - interval '1 second' where id = ${person.id}`,
  );
  await page.reload();
  await expect(page.getByText(/^Disabled:/)).toHaveCount(0);
  await expect(page.getByText("active", { exact: true })).toBeVisible();
});

test("S4: five wrong sign-ins lock, and an administrator unlocks", async ({ page, browser }) => {
  const person = await makePerson("locked", { firstName: "Lothar", lastName: "Locked" });
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto("/sign-in");
  for (let time = 0; time < 5; time++) {
    await enter(theirs, person, "not the password");
    await expect(theirs.getByText(failure)).toBeVisible();
    await expect(theirs.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  await open(page, person);
  await expect(page.getByText("Locked after failed sign-ins")).toBeVisible();
  await page.goto(`/admin/users?status=locked&q=${person.username}`);
  await hydrated(page);
  await page.getByRole("link", { name: "Lothar Locked", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Edit User Lothar Locked" })).toBeVisible();
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText("Lothar Locked is unlocked")).toBeVisible();
  await expect(page.getByText("Locked after failed sign-ins")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Unlock" })).toHaveCount(0);
  await enter(theirs, person);
  await expect(theirs).toHaveURL(/\/account/);
  await theirs.context().close();
});

test("U11: removing says what ends and wants a new owner and a manager for those below", async ({ page }) => {
  const heir = await makePerson("heir", { firstName: "Henri", lastName: "Heir" });
  const boss = await makePerson("above", { firstName: "Astrid", lastName: "Above" });
  const person = await makePerson("leaver", { firstName: "Lena", lastName: "Leaver", manager: boss.username });
  const report = await makePerson("report", { firstName: "Rolf", lastName: "Report", manager: person.username });
  const { group, account } = await giveObjects(person);
  await open(page, person);
  await choose(page, person, "Remove user");
  const dialog = page.getByRole("dialog", { name: "Remove Lena Leaver?" });
  const remove = dialog.getByRole("button", { name: "Remove user" });
  await expect(dialog.getByText("Nothing else ends")).toBeVisible();
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(remove).toHaveAccessibleDescription(`Choose an owner for ${group}.`);
  await expect(dialog.getByText("Rolf Report")).toBeVisible();
  await expect(dialog.getByRole("combobox", { name: "New manager of 1 direct report: Astrid Above" })).toBeVisible();

  await dialog.getByRole("combobox", { name: `New owner of ${group}` }).click();
  await page.getByPlaceholder("Choose a person").fill(person.username);
  await expect(page.getByText(`Nothing matches "${person.username}".`)).toBeVisible();
  await page.getByPlaceholder("Choose a person").fill(heir.username);
  await page.getByRole("option", { name: /Henri Heir/ }).click();
  await expect(dialog.getByRole("combobox", { name: `New owner of ${account}: Henri Heir` })).toBeVisible();
  await expect(page.getByPlaceholder("Choose a person")).toHaveCount(0);
  await dialog.getByRole("combobox", { name: `New owner of ${account}` }).click();
  await page.getByPlaceholder("Choose a person").fill("ada");
  await page.getByRole("option", { name: /Ada Admin/ }).click();
  await remove.click();
  const checklist = page.getByRole("dialog", { name: "Lena Leaver is removed" });
  await expect(checklist).toContainText(`${group} belongs to Henri Heir now.`);
  await expect(checklist).toContainText("1 direct report reports to Astrid Above now.");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(/^Archived .*Restoring brings back roles and groups/)).toBeVisible();
  expect(await ownerOf(group)).toBe(heir.username);

  await page.goto(`/admin/users/${heir.id}/owned`);
  await expect(page.getByText(group)).toBeVisible();
  await expect(page.getByText(account)).toHaveCount(0);
  await page.goto(`/admin/users/${report.id}`);
  await expect(page.getByText("Reports to Astrid Above")).toBeVisible();
});

test("U10, U13, U14: removed, restored without a credential, removed again and purged", async ({ page, browser }) => {
  const person = await makePerson("cycle", { firstName: "Cyra", lastName: "Cycle" });
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  await theirs.goto("/account");
  await open(page, person);
  await choose(page, person, "Remove user");
  const dialog = page.getByRole("dialog", { name: "Remove Cyra Cycle?" });
  await expect(dialog.getByText("1 session")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove user" }).click();
  await expect(page.getByRole("dialog", { name: "Cyra Cycle is removed" })).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await theirs.getByRole("link", { name: "Sessions" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);

  await page.goto(`/admin/users?q=${person.username}`);
  await expect(page.getByText(`No active user matches "${person.username}".`)).toBeVisible();
  await page.goto(`/admin/users?view=archived&q=${person.username}`);
  await hydrated(page);
  await page.getByRole("link", { name: "Cyra Cycle", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Cyra Cycle", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Update" })).toHaveCount(0);
  await choose(page, person, "Restore");
  await expect(page.getByText('Cyra Cycle is restored. Set a password under "User Details".')).toBeVisible();
  await expect(page.getByRole("button", { name: "Update" })).toBeVisible();
  await enter(theirs, person);
  await expect(theirs.getByText(failure)).toBeVisible();
  await theirs.context().close();

  await choose(page, person, "Remove user");
  await dialog.getByRole("button", { name: "Remove user" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await choose(page, person, "Purge");
  const question = page.getByRole("dialog", { name: "Purge Cyra Cycle?" });
  const purge = question.getByRole("button", { name: "Purge" });
  await expect(purge).toHaveAccessibleDescription("Type the user name to confirm.");
  await question.getByLabel("User Name").fill("somebody-else");
  await expect(purge).toHaveAttribute("aria-disabled", "true");
  await question.getByLabel("User Name").fill(person.username);
  await purge.click();
  await expect(page).toHaveURL("/admin/users?view=archived");
  await expect(page.getByText("Cyra Cycle is erased")).toBeVisible();

  expect((await page.goto(`/admin/users/${person.id}`))?.status()).toBe(404);
  await page.goto(`/admin/audit?person=${person.id}`);
  const purged = `purged user …${person.id.slice(-4)}`;
  await expect(page.getByText(`Ada Admin permanently erased ${purged}`)).toBeVisible();
  await expect(page.getByText(`Ada Admin restored ${purged}`)).toBeVisible();
  await expect(page.getByRole("main").getByText(/Cyra|cycle-/)).toHaveCount(0);
});

test("U15, U16: nobody removes or disables themselves, and R13 keeps a manager from a lead", async ({ page }) => {
  const lead = await makePerson("lead", {
    firstName: "Lida",
    lastName: "Lead",
    manager: "quinn",
    primaryRole: "Quality Lead",
  });
  await signInAs(page, "quinn");
  await page.goto(`/admin/users/${lead.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lida Lead");
  await expect(page.getByText(/^Lida Lead can .* for people below them, which you cannot\./)).toBeVisible();
  const engineer = await makePerson("direct", { firstName: "Dora", lastName: "Direct", manager: "quinn" });
  await page.goto(`/admin/users/${engineer.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit User Dora Direct");
  await hydrated(page);
  await page.getByRole("button", { name: "More actions", description: "Dora Direct" }).click();
  await expect(page.getByRole("menuitem", { name: /^Disable/ })).toHaveAttribute("aria-disabled", "true");

  await signInAs(page, "ada");
  const [ada] = await withDatabase((sql) => sql`select id from users where username_key = 'ada'`);
  await page.goto(`/admin/users/${ada?.id}`);
  await hydrated(page);
  await page.getByRole("button", { name: "More actions", description: "Ada Admin" }).click();
  await expect(page.getByRole("menuitem", { name: /^Remove user/ })).toHaveAccessibleDescription(
    "You cannot remove yourself.",
  );
});
