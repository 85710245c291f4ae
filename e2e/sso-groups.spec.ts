import { type Browser, expect, type Page, test } from "@playwright/test";
import type { Account } from "@/lib/testing/oidc-provider";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, type MadeGroup } from "./made-groups";
import { accountOf, field, offer, type Peer, press, startPeer } from "./provider-steps";
import { signInAs, withDatabase } from "./sign-in-as";
import { showColumn } from "./user-steps";

test.describe.configure({ mode: "serial" });

let peer: Peer;
let settings: string;
let staff: MadeGroup;
let lab: MadeGroup;
test.beforeAll(async ({ browser }) => {
  peer = await startPeer();
  staff = await groupWith("Staff");
  lab = await groupWith("Lab");
  const page = await browser.newPage();
  await signInAs(page, "ada");
  await offer(page, peer);
  settings = page.url().replace(/\/test.*$/, "");
  await page.close();
});
test.afterAll(async () => {
  await withDatabase((sql) => sql`delete from identity_providers where slug = ${peer.slug}`);
  await giveBack();
  await peer.stop();
});

/** Signs in at the provider in a browser of its own, and gives the page at which it ends. */
async function through(browser: Browser, account: Account): Promise<Page> {
  peer.signsIn(account);
  const page = await (await browser.newContext()).newPage();
  await page.goto(`/sign-in/${peer.slug}`);
  await expect(page).toHaveURL(/\/(account|sign-in\?error=.*)$/);
  return page;
}

async function asAda(page: Page, path: string) {
  await signInAs(page, "ada");
  await page.goto(path);
  await hydrated(page);
}

async function mapValue(page: Page, value: string, group: MadeGroup) {
  const values = page.getByLabel(/^Value \d+$/);
  const before = await values.count();
  await press(page, "Add a value");
  await expect(values).toHaveCount(before + 1);
  await values.last().fill(value);
  await page.getByRole("combobox", { name: `Group of ${value}` }).click();
  await page.getByPlaceholder("Search groups").last().fill(group.name);
  await page.getByRole("option", { name: group.name }).click();
}

const idOf = (username: string) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select id from users where username = ${username}`;
    return String(row?.id);
  });

const groupsOf = (username: string) =>
  withDatabase(async (sql) => {
    const rows = await sql`
      select g.name from group_members m join groups g on g.id = m.group_id join users u on u.id = m.user_id
       where u.username = ${username} order by g.name`;
    return rows.map(({ name }) => String(name));
  });

test("I3: groups are mapped, given at the first sign-in, shown as the provider's, and taken back", async ({
  page,
  browser,
}) => {
  const account = accountOf(peer);
  await asAda(page, settings);
  await mapValue(page, "staff", staff);
  await press(page, "Update");
  await expect(field(page, "Groups claim")).toHaveAccessibleDescription(/Enter the claim that contains the groups/);
  await field(page, "Groups claim").fill("groups");
  await expectAccessible(page, "mapped groups");
  await press(page, "Update");
  await expect(page.getByText(`${peer.name} is saved`)).toBeVisible();

  await (await through(browser, { ...account, groups: ["staff", "lab"] })).context().close();
  expect(await groupsOf(account.preferred_username)).toEqual([staff.name]);
  await page.goto(`/admin/groups/${staff.id}/members`);
  await expect(page.getByRole("row", { name: new RegExp(account.family_name) })).toContainText(`by ${peer.name}`);
  await hydrated(page);
  await expectAccessible(page, "a member by a provider");
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Remove from group", exact: true }).click();
  await expect(page.getByRole("alertdialog").or(page.getByRole("dialog"))).toContainText(
    "gives it again at the next sign-in",
  );
  await page.keyboard.press("Escape");
  const id = await idOf(account.preferred_username);
  await page.goto(`/admin/users/${id}/access`);
  await expect(page.getByText(`by ${peer.name}`).first()).toBeVisible();
  await hydrated(page);
  await expectAccessible(page, "a membership by a provider");

  await (await through(browser, { ...account, groups: [] })).context().close();
  expect(await groupsOf(account.preferred_username)).toEqual([]);
  await page.goto(`/admin/audit?person=${id}`);
  await expect(page.getByText(`added Petra ${account.family_name} to ${staff.name}`).first()).toBeVisible();
  await expect(page.getByText(`removed Petra ${account.family_name} from ${staff.name}`).first()).toBeVisible();
});

test("R9: a changed mapping shows first whom it changes, and is saved on confirmation", async ({ page, browser }) => {
  const account = accountOf(peer, "Prisca");
  await (await through(browser, { ...account, groups: ["lab"] })).context().close();
  await asAda(page, settings);
  await mapValue(page, "lab", lab);
  await press(page, "Update");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { level: 2 })).toHaveText("This changes 1 person");
  await expect(dialog.getByRole("listitem")).toHaveText(`Prisca ${account.family_name}Joins ${lab.name}`);
  await expectAccessible(page, "what a mapping changes");
  await dialog.getByRole("button", { name: "Back" }).click();
  await expect(dialog).toBeHidden();
  expect(await groupsOf(account.preferred_username)).toEqual([]);
  await press(page, "Update");
  await dialog.getByRole("button", { name: "Update" }).click();
  await expect(page.getByText(`${peer.name} is saved`)).toBeVisible();
  await (await through(browser, { ...account, groups: ["lab"] })).context().close();
  expect(await groupsOf(account.preferred_username)).toEqual([lab.name]);
});

test("I8: without the claim nobody is taken out, and the page says so", async ({ page, browser }) => {
  const account = accountOf(peer, "Paula");
  await (await through(browser, { ...account, groups: ["staff"] })).context().close();
  await (await through(browser, account)).context().close();
  expect(await groupsOf(account.preferred_username)).toEqual([staff.name]);
  await asAda(page, settings);
  await expect(page.getByText("kept their groups as they were at their last sign-in")).toBeVisible();
  await expectAccessible(page, "groups that were not told");
});

test("I4: what the provider keeps is locked for administrators and for the person", async ({ page, browser }) => {
  const account = accountOf(peer, "Pia");
  const own = await through(browser, account);
  await own.goto("/account");
  await hydrated(own);
  const reason = `${peer.name} manages this field. Change it there.`;
  for (const label of ["First Name", "Last Name"])
    await expect(own.getByRole("group", { name: label })).toHaveAccessibleDescription(reason);
  await expect(own.getByRole("group", { name: "Email" })).toHaveText(account.email);
  await expectAccessible(own, "one's own locked fields");
  await own.context().close();

  await asAda(page, `/admin/users/${await idOf(account.preferred_username)}`);
  for (const label of ["First Name", "Last Name", "Email"])
    await expect(page.getByRole("group", { name: label })).toHaveAccessibleDescription(reason);
  await expect(page.getByRole("group", { name: "Password" })).toHaveAccessibleDescription(/which manages the password/);
  await expectAccessible(page, "locked fields");
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: /^Reset password/ })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  await page.getByLabel("Primary Role").selectOption("Quality Lead");
  await press(page, "Update");
  await page.getByRole("dialog").getByRole("button", { name: "Update" }).click();
  await expect(page.getByText(`Pia ${account.family_name} is saved`)).toBeVisible();
});

test("I2, U4: somebody created beforehand signs in, and is found by the provider's name", async ({ page, browser }) => {
  const account = accountOf(peer, "Pavel");
  await asAda(page, "/admin/users/new");
  await page.getByLabel("Configuration").selectOption(peer.name);
  await page.getByLabel("User Name").fill(account.preferred_username);
  await page.getByLabel("First Name").fill("Pavel");
  await page.getByLabel("Email").fill(account.email);
  await expectAccessible(page, "a user of a provider to create");
  await press(page, "Continue");
  await press(page, "Continue");
  await expect(page.getByText(`The first sign-in through ${peer.name} activates the account.`)).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
  await expectAccessible(page, "no credentials to choose");
  await press(page, "Create");
  await expect(page).toHaveURL(/\/clients$/);
  const id = await idOf(account.preferred_username);
  await page.goto(`/admin/users/${id}`);
  await expect(page.getByText("has not signed in yet")).toBeVisible();
  await expect(page.getByRole("group", { name: "Configuration" })).toHaveText(peer.name);
  await hydrated(page);
  await expectAccessible(page, "a user who has not signed in yet");

  const own = await through(browser, account);
  await expect(own).toHaveURL("/account");
  await own.context().close();
  await page.reload();
  await expect(page.getByRole("group", { name: "Last Name" })).toHaveText(account.family_name);
  await page.goto(`/admin/users?configuration=${peer.slug}&q=pavel`);
  await showColumn(page, "Configuration");
  await expect(page.getByRole("cell", { name: peer.name })).toBeVisible();
  await expect(
    page
      .getByText(`Configuration is ${peer.name}`)
      .or(page.getByRole("button", { name: peer.name }))
      .first(),
  ).toBeVisible();
});

test("I4: a provider that manages its users is given none by hand", async ({ page }) => {
  await asAda(page, settings);
  await page.getByRole("checkbox", { name: "Manages its users" }).check();
  await press(page, "Update");
  await expect(page.getByText(`${peer.name} is saved`)).toBeVisible();
  await page.goto("/admin/users/new");
  await hydrated(page);
  await expect(page.getByLabel("Configuration")).toHaveAccessibleDescription(
    new RegExp(`${peer.name} manages its users, so none can be created for it here\\.`),
  );
  await expect(page.getByRole("option", { name: peer.name })).toBeDisabled();
});
