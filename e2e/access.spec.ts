import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

test.afterEach(giveBack);

const why = (page: Page) => page.getByRole("complementary", { name: "Why?" });
const answer = (page: Page) => page.getByRole("status", { name: "Answer" });

const idOf = (username: string) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select id from users where username_key = ${username}`;
    return String(row?.id);
  });

async function open(page: Page, path: string, who = "ada") {
  await signInAs(page, who);
  await page.goto(path);
  await hydrated(page);
}

async function choose(page: Page, label: string, text: string, name: RegExp) {
  await why(page).getByRole("combobox", { name: label }).click();
  await page.getByPlaceholder(/^(Search operations|Choose)/).fill(text);
  await page.getByRole("option", { name }).click();
}

test("R6, R7: what somebody holds and may do, why, and what would grant the rest", async ({ page }) => {
  const person = await makePerson("asked", { firstName: "Asta", lastName: "Asked", manager: "lee" });
  const lee = await idOf("lee");
  await open(page, `/admin/users/${lee}/access`);
  await expect(page.getByRole("table", { name: "Effective roles" })).toContainText("Quality Lead primary");
  const list = page.getByRole("table", { name: "Effective operations" });
  await expect(list.getByRole("row", { name: /See a user allowed user\.read people below Lee/ })).toBeVisible();
  await page.getByText(/^Denied operations/).click();
  const denied = page.getByRole("table", { name: "Denied operations" });
  await expect(denied.getByRole("row", { name: /Remove a user denied user\.archive nobody/ })).toBeVisible();

  await list.getByRole("link", { name: "Why?", description: "See a user", exact: true }).click();
  await expect(answer(page)).toContainText("Held");
  await choose(page, "on", person.username, new RegExp(person.name));
  await expect(answer(page)).toContainText("Allowed");
  await expect(answer(page).getByRole("listitem").last()).toHaveText("Asta Asked reports to Lee");
  await expect(page).toHaveURL(new RegExp(`why=user\\.read&on=${person.id}`));

  await choose(page, "May Lee Lead", "archive", /^Remove a user/);
  await expect(answer(page)).toContainText("Denied");
  await expect(answer(page)).toContainText("No role of Lee's has it.");
  const changes = answer(page).getByRole("region", { name: "What would grant it" });
  await expect(changes.getByRole("link", { name: /^Edit role: Add "Remove a user".*"Quality Lead"$/ })).toBeVisible();
  await expect(why(page).getByText("asked before")).toHaveCount(2);
  await expectAccessible(page);

  await page.reload();
  await hydrated(page);
  await expect(answer(page)).toContainText("Denied");
  await page.goBack();
  await expect(answer(page)).toContainText("Allowed");
  await why(page).getByRole("link", { name: "Close" }).click();
  await expect(why(page)).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`/admin/users/${lee}/access$`));
});

test("by keyboard, Why? leads to its answer, and Close leads back", async ({ page }) => {
  const lee = await idOf("lee");
  await open(page, `/admin/users/${lee}/access`);
  const list = page.getByRole("table", { name: "Effective operations" });
  const asks = list.getByRole("row", { name: /See a user allowed user\.read/ }).getByRole("link", { name: "Why?" });
  await asks.focus();
  await page.keyboard.press("Enter");
  const heading = why(page).getByRole("heading", { name: "Why?" });
  await expect(heading).toBeFocused();
  await expect(heading).toHaveAccessibleDescription(/^Held/);
  await page.keyboard.press("Tab");
  await expect(why(page).getByRole("link", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(why(page)).toBeHidden();
  await expect(asks).toBeFocused();

  await page.goto(`/admin/users/${lee}/access?why=user.read`);
  await hydrated(page);
  await expect(answer(page)).toContainText("Held");
  await expect(heading).not.toBeFocused();
});

test("the search keeps what is asked, and says when it finds nothing", async ({ page }) => {
  const lee = await idOf("lee");
  await open(page, `/admin/users/${lee}/access?why=user.read`);
  const list = page.getByRole("table", { name: "Effective operations" });
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("group.");
  const denied = page.getByRole("table", { name: "Denied operations" });
  await expect(denied.getByRole("row", { name: /Edit a group/ })).toBeVisible();
  await expect(list.getByRole("row", { name: /See a user allowed/ })).toBeHidden();
  await expect(page).toHaveURL(/why=user\.read&q=group\./);
  await expect(why(page)).toBeVisible();
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("nothing like it");
  await expect(page.getByText('No operation matches "nothing like it"')).toBeVisible();
});

test("R7: everybody may ask about themselves, with what they may not change in grey", async ({ page }) => {
  await open(page, "/account", "eve");
  await page.getByRole("link", { name: "My access" }).click();
  await expect(page.getByRole("table", { name: "Effective roles" })).toContainText("Quality Engineer primary");
  await page.getByText(/^Denied operations/).click();
  await page.getByRole("link", { name: "Why?", description: "Manage projects" }).click();
  await expect(answer(page)).toContainText("No role of yours has it.");
  const change = answer(page).getByRole("link", { name: "Edit roles: Change your primary role to Quality Manager" });
  await expect(change).toHaveAttribute("aria-disabled", "true");
  await expect(change).toHaveAccessibleDescription('You do not hold "Edit a user" for yourself.');
  await expect(
    answer(page)
      .getByText(/Somebody with Admin can\./)
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
});

test("R11: nobody outside one's sight can be asked about, nor asked on", async ({ page }) => {
  const [ada, lee] = await Promise.all([idOf("ada"), idOf("lee")]);
  await signInAs(page, "lee");
  expect((await page.goto(`/admin/users/${ada}/access?why=user.read`))?.status()).toBe(404);
  for (const question of [`why=user.read&on=${ada}`, "why=no.such"]) {
    await page.goto(`/account/access?${question}`);
    await expect(page.getByText(/^This link names something that doesn't exist/)).toBeVisible();
    await expect(answer(page)).toBeHidden();
  }
  await page.goto(`/account/access?why=user.read&on=${lee}`);
  await expect(answer(page)).toContainText("Denied");
  expect((await page.goto("/admin/privileges/user.read"))?.status()).toBe(403);
});

test("the other way round: who may, by which role, through what", async ({ page }) => {
  await open(page, "/admin/privileges/user.read", "audrey");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Who can see a user");
  const roles = page.getByRole("table", { name: "Roles that carry it" });
  await expect(roles.getByRole("row", { name: /Quality Lead primary people below the holder/ })).toBeVisible();
  await expect(roles.getByRole("row", { name: /Admin built in, computed everyone/ })).toBeVisible();
  const people = page.getByRole("table", { name: "People who hold it" });
  await expect(people.getByRole("row", { name: /Ada Admin ada active .*Admin everyone Direct/ })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("audrey");
  await expect(people.getByRole("row", { name: /Ada Admin/ })).toBeHidden();
  await people.getByRole("link", { name: "Audrey Auditor" }).click();
  await expect(page).toHaveURL(/\/access\?why=user\.read$/);
  await expect(answer(page)).toContainText("which has user.read on everyone");
  expect((await page.goto("/admin/privileges/no.such"))?.status()).toBe(404);
});

test("on a phone the answer rises from the bottom, and Escape leads back", async ({ page }) => {
  const lee = await idOf("lee");
  await page.setViewportSize(phone);
  await open(page, `/admin/users/${lee}/access?q=user.read`);
  await page.getByRole("link", { name: "Why?", description: "See a user", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "Why?" });
  await expect(sheet.getByRole("status", { name: "Answer" })).toContainText("Lee holds Quality Lead");
  await expectAccessible(page, "the answer on a phone", { sizes: [phone] });
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/\/access\?q=user\.read$/);
  await expectAccessible(page);
});

test("R6: of a role through a group the end stays in sight, however long the name is", async ({ page }) => {
  const person = await makePerson("lengthy");
  const role = await roleWith("Lengthy", [["user.read", "all"]]);
  const name = "A group whose name is much longer than what there is room for on a phone";
  const group = await groupWith(name, { roleIds: [role.id], members: [person.id] });
  await withDatabase((sql) => sql`update group_members set ends_at = '2099-12-31T18:00Z' where group_id = ${group.id}`);
  await page.setViewportSize(phone);
  await open(page, `/admin/users/${person.id}/access`);
  const end = page.getByRole("table", { name: "Effective roles" }).getByText(/^, until .*2099$/);
  const cut = await end.evaluate(
    (words) => words.getBoundingClientRect().right - (words.closest("td")?.getBoundingClientRect().right ?? 0),
  );
  expect(cut).toBeLessThanOrEqual(0);
});
