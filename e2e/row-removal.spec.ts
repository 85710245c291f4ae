import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy } from "./made-groups";
import { type MadePerson, makePerson } from "./people";
import { signInAs, startSession, withDatabase } from "./sign-in-as";

test.afterEach(giveBack);

const rowOf = (page: Page, list: string, name: string) =>
  page.getByRole("table", { name: list }).getByRole("row").filter({ hasText: name });

/** Two people whom one search finds. */
async function pair(lastName: string): Promise<[MadePerson, MadePerson]> {
  return [
    await makePerson("settled", { firstName: "Anna", lastName }),
    await makePerson("settled", { firstName: "Bert", lastName }),
  ];
}

async function open(page: Page, path: string, who = "ada") {
  await signInAs(page, who);
  await page.goto(path);
  await hydrated(page);
}

/** The row says in full what was done in place of its buttons, has the focus, and is where it was; no cell says otherwise. */
async function expectSettled(row: Locator, word: string, before?: string) {
  const said = row.getByText(word, { exact: true });
  await expect(said).toBeVisible();
  await expect.poll(() => isWhole(said), `"${word}" lies within its cell`).toBe(true);
  if (before) await expect(row.getByText(before, { exact: true })).toBeHidden();
  await expect(row.getByRole("button")).toHaveCount(0);
  await expect(row.locator(":focus")).toHaveText(word);
}

const isWhole = (said: Locator) =>
  said.evaluate((element) => {
    const [own, cell] = [element, element.closest("td") ?? element].map((one) => one.getBoundingClientRect());
    return own !== undefined && cell !== undefined && own.left >= cell.left && own.right <= cell.right;
  });

const eventsOf = (operation: string, person: MadePerson) =>
  withDatabase(
    (sql) => sql`select outcome from events where operation = ${operation} and person_id = ${person.id}`,
  ).then((found) => found.map(({ outcome }) => outcome));

const isOpen = (id: string) =>
  withDatabase(async (sql) => (await sql`select ended_at from sessions where id = ${id}`)[0]?.ended_at === null);

test("C13: a double click on Logout ends that session alone, and its row stays until the page is loaded again", async ({
  page,
}) => {
  const family = `Logs${Date.now()}`;
  const [anna, bert] = await pair(family);
  const theirs = [await startSession(bert.username, "curl/8.14.1"), await startSession(anna.username, "curl/8.14.1")];
  await open(page, `/admin/sessions?q=${family}`);
  const rows = page.getByRole("table", { name: "Active Users" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  const names = await rows.getByRole("link", { name: family }).allTextContents();
  const first = names[0] === anna.name ? anna : bert;
  const [otherId, firstId] = first === anna ? theirs : [...theirs].reverse();

  await rows.nth(1).getByRole("button", { name: "Logout" }).dblclick();
  await expect(page.getByText(`The session of ${first.name} is ended: curl, 127.0.0.1`)).toHaveCount(1);
  await expectSettled(rows.nth(1), "ended");
  await expect(rows.getByRole("link", { name: family })).toHaveText(names);
  await expect(rows.nth(2).getByRole("button", { name: "Logout" })).toBeEnabled();
  expect([await isOpen(firstId!), await isOpen(otherId!)]).toEqual([false, true]);
  expect(await eventsOf("session.end", first)).toEqual(["succeeded"]);

  await rows.nth(2).getByRole("button", { name: "Logout" }).click();
  await expectSettled(rows.nth(2), "ended");
  await expect(rows, "and the first stays beside it").toHaveCount(3);
  await expectAccessible(page, "rows that have ended");

  await page.reload();
  await expect(page.getByText(`No session matches "${family}".`)).toBeVisible();
});

test("another search leaves no ended row behind", async ({ page }) => {
  const family = `Goes${Date.now()}`;
  const [anna, bert] = await pair(family);
  for (const { username } of [anna, bert]) await startSession(username);
  await open(page, `/admin/sessions?q=${family}`);
  await rowOf(page, "Active Users", anna.name).getByRole("button", { name: "Logout" }).click();
  await expectSettled(rowOf(page, "Active Users", anna.name), "ended");
  await page.getByRole("searchbox").fill(`Bert ${family}`);
  await expect(page).toHaveURL(/Bert/);
  await expect(rowOf(page, "Active Users", anna.name)).toHaveCount(0);
  await expect(rowOf(page, "Active Users", bert.name)).toHaveCount(1);
  await page.getByRole("searchbox").fill(family);
  await expect(page).not.toHaveURL(/Bert/);
  await expect(page.getByText("1–1 of 1")).toBeVisible();
  await expect(rowOf(page, "Active Users", bert.name)).toHaveCount(1);
  await expect(rowOf(page, "Active Users", anna.name)).toHaveCount(0);
});

test("what another window has ended already is no error, and is told once", async ({ page, context }) => {
  const [anna] = await pair("Twice");
  await startSession(anna.username);
  const path = `/admin/sessions?q=${anna.username}`;
  await open(page, path);
  const other = await context.newPage();
  await other.goto(path);
  await hydrated(other);
  for (const window of [page, other]) {
    await window.getByRole("button", { name: "Logout" }).click();
    await expect(window.getByText(`The session of ${anna.name} is ended`)).toBeVisible();
    await expectSettled(rowOf(window, "Active Users", anna.name), "ended");
  }
  expect(await eventsOf("session.end", anna)).toEqual(["succeeded"]);
});

test("a thing that is gone meanwhile is no error either, and its row says so", async ({ page }) => {
  const key = `t${Date.now()}.run`;
  await withDatabase((sql) => sql`insert into app_operations (key, sentence) values (${key}, 'Run it')`);
  await open(page, "/admin/roles/operations");
  await withDatabase((sql) => sql`delete from app_operations where key = ${key}`);
  await page.getByRole("button", { name: `Remove ${key}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove operation" }).click();
  await expect(page.getByText("The operation doesn't exist")).toBeVisible();
  await expectSettled(rowOf(page, "App operations", key), "gone");
  await page.reload();
  await expect(rowOf(page, "App operations", key)).toHaveCount(0);
});

test("S4: a double click on Unlock unlocks that person alone", async ({ page }) => {
  const family = `Lock${Date.now()}`;
  const [anna, bert] = await pair(family);
  for (const { id } of [anna, bert])
    await withDatabase((sql) => sql`update users set locked_at = now() where id = ${id}`);
  await open(page, `/admin/sessions/locked?q=${family}`);
  const rows = page.getByRole("table", { name: "Locked Users" }).getByRole("row");
  await expect(rows.nth(1)).toContainText(bert.name);
  await rows.nth(1).getByRole("button", { name: "Unlock" }).dblclick();
  await expect(page.getByText(`${bert.name} is unlocked`)).toHaveCount(1);
  await expectSettled(rows.nth(1), "unlocked", "An administrator unlocks");
  await expect(rows.nth(2)).toContainText(anna.name);
  await expect(rows.nth(2).getByRole("button", { name: "Unlock" })).toBeEnabled();
  expect(await eventsOf("user.unlock", bert)).toEqual(["succeeded"]);
  expect(await eventsOf("user.unlock", anna)).toEqual([]);
  await page.reload();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(anna.name);
});

test("R5: a member who is removed stays in the list until it is loaded again", async ({ page }) => {
  const [anna, bert] = await pair("Member");
  const group = await groupWith("Settled", { members: [anna.id, bert.id] });
  await open(page, `/admin/groups/${group.id}/members`);
  const list = `Members of ${group.name}`;
  await rowOf(page, list, anna.name).hover();
  await rowOf(page, list, anna.name).getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Remove from group", exact: true }).click();
  const question = page.getByRole("dialog");
  await expect(question).toContainText(`${anna.name} loses nothing`);
  await question.getByRole("button", { name: "Remove from group" }).dblclick();
  await expect(page.getByText(`${anna.name} is no longer in ${group.name}`)).toHaveCount(1);
  await expectSettled(rowOf(page, list, anna.name), "removed", "active");
  await expect(rowOf(page, list, bert.name).getByRole("button", { name: "More actions" })).toHaveCount(1);
  expect(await heldBy(anna.id, group.id)).toBeUndefined();
  expect(await heldBy(bert.id, group.id)).toBeDefined();
  expect(await eventsOf("group.remove_member", anna)).toEqual(["succeeded"]);
  await page.reload();
  await expect(rowOf(page, list, anna.name)).toHaveCount(0);
  await expect(rowOf(page, list, bert.name)).toHaveCount(1);
});

test("U11, U13, U14: removed, restored and purged people stay in the list that they leave", async ({ page }) => {
  const [anna] = await pair("Leaves");
  const choose = async (item: string) => {
    const row = page.getByRole("row").filter({ hasText: anna.name });
    await row.hover();
    await row.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  };
  const dialog = page.getByRole("dialog");
  const remove = async () => {
    await page.goto(`/admin/users?q=${anna.username}`);
    await hydrated(page);
    await choose("Remove user");
    await dialog.getByRole("button", { name: "Remove user" }).click();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expectSettled(rowOf(page, "Users", anna.name), "removed", "active");
    await page.goto(`/admin/users?view=archived&q=${anna.username}`);
    await hydrated(page);
  };
  await signInAs(page, "ada");
  await remove();
  await choose("Restore");
  // The toast, whose button is pressed below, waits for as long as the pointer is over it.
  await page.getByText(`${anna.name} is restored.`).hover();
  await expectSettled(rowOf(page, "Archived users", anna.name), "restored", "archived");
  await page.getByRole("button", { name: "User Details" }).click();
  await expect(page).toHaveURL(`/admin/users/${anna.id}`);

  await remove();
  await choose("Purge");
  await dialog.getByLabel("User Name").fill(anna.username);
  await dialog.getByRole("button", { name: "Purge" }).click();
  await expect(page.getByText(`${anna.name} is erased`)).toBeVisible();
  await expect(page).toHaveURL(`/admin/users?view=archived&q=${anna.username}`);
  await expectSettled(rowOf(page, "Archived users", anna.name), "erased", "archived");
  await page.reload();
  await expect(page.getByText(`No archived user matches "${anna.username}".`)).toBeVisible();
});
