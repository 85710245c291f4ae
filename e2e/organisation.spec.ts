import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { stallRoute } from "./stall-route";

const tree = (page: Page) => page.getByRole("tree", { name: "Organisation" });
/** By the name, behind which stands what else the line says. */
const node = (page: Page, name: string) => tree(page).getByRole("treeitem", { name: new RegExp(`^${name}( |$)`) });
const search = (page: Page) => page.getByRole("searchbox", { name: "Search" });

async function open(page: Page, who: string, query = "") {
  await signInAs(page, who);
  await page.goto(`/admin/organisation${query}`);
  await hydrated(page);
}

test("the chart is opened branch by branch, and what is open survives reload and Back", async ({ page }) => {
  await open(page, "ada");
  await expect(page.getByRole("heading", { level: 1, name: "Organisation" })).toBeVisible();
  await expect(node(page, "Ada Admin")).toHaveAttribute("aria-expanded", "true");
  await expect(node(page, "Quinn Manager")).toHaveAttribute("aria-expanded", "false");
  await expect(node(page, "Quinn Manager")).toHaveAccessibleName(/Quality Manager.*direct reports, \d+ in all/);
  await page.getByRole("link", { name: "Expand Quinn Manager" }).click();
  await expect(node(page, "Lee Lead")).toBeVisible();
  await page.getByRole("link", { name: "Expand Lee Lead" }).click();
  await expect(node(page, "Lucy Locked")).toHaveAccessibleName(/locked/);
  await expect(node(page, "Lucy Locked")).toHaveAttribute("aria-level", "4");
  await page.reload();
  await expect(node(page, "Lucy Locked")).toBeVisible();
  await node(page, "Eve Engineer").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Eve Engineer");
  await page.goBack();
  await expect(node(page, "Lucy Locked")).toBeVisible();
  await page.getByRole("link", { name: "Collapse Ada Admin" }).click();
  await expect(node(page, "Quinn Manager")).toHaveCount(0);
  await page.reload();
  await expect(node(page, "Ada Admin")).toHaveAttribute("aria-expanded", "false");
  await expect(node(page, "Quinn Manager")).toHaveCount(0);
});

test("the number of direct reports leads to them", async ({ page }) => {
  // Below somebody, since who has no manager stands at the top of everybody's chart.
  const boss = await makePerson("counted", { firstName: "Carla", lastName: "Counted", manager: "quinn" });
  for (const _ of [1, 2]) await makePerson("countee", { manager: boss.username });
  const last = await makePerson("countee", { manager: boss.username });
  await signInAs(page, "ada");
  await page.goto(`/admin/organisation?show=${last.id}`);
  await node(page, boss.name).getByRole("link", { name: "3 direct reports" }).click();
  await expect(page).toHaveURL(`/admin/users?manager=${boss.id}`);
  await expect(page.getByRole("table", { name: "Users" }).getByRole("row")).toHaveCount(4);
});

test("the tree is walked by keyboard", async ({ page }) => {
  await open(page, "ada");
  await node(page, "Ada Admin").focus();
  await expect(async () => {
    await page.keyboard.press("End");
    await page.keyboard.type("qui");
    await expect(node(page, "Quinn Manager")).toBeFocused({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press("ArrowRight");
  await expect(node(page, "Quinn Manager")).toHaveAttribute("aria-expanded", "true");
  await expect(node(page, "Quinn Manager")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(node(page, "Quinn Manager")).not.toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(node(page, "Quinn Manager")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(node(page, "Quinn Manager")).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Home");
  await expect(node(page, "Ada Admin")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(tree(page).locator(":focus")).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(node(page, "Ada Admin")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Ada Admin");
});

test("a second branch that is opened before the first has come opens beside it", async ({ page }) => {
  const head = await makePerson("head", { firstName: "Hedda", lastName: "Head", manager: "lee" });
  for (const name of ["One", "Two"]) {
    const lead = await makePerson("lead", { firstName: "Lead", lastName: name, manager: head.username });
    await makePerson("under", { firstName: "Under", lastName: name, manager: lead.username });
  }
  await open(page, "ada", `?show=${head.id}&open=${head.id}`);
  const letGo = await stallRoute(page, /\/admin\/organisation\?/);
  await page.getByRole("link", { name: "Expand Lead One" }).click();
  await page.getByRole("link", { name: "Expand Lead Two" }).click();
  letGo();
  await expect(node(page, "Under Two")).toBeVisible();
  await expect(node(page, "Under One")).toBeVisible();
});

test('the last "Show more" of a branch leaves the focus with the first of those who came', async ({ page }) => {
  const head = await makePerson("wide", { firstName: "Wilma", lastName: "Wide", manager: "lee" });
  await withDatabase(
    (sql) => sql`
      insert into users (id, username, username_key, email, email_key, first_name, last_name, name_key, search,
                         primary_role_id, manager_id, status, must_change_password)
      select gen_random_uuid(), name, name, name || '@northwind.example', name || '@northwind.example', 'Many',
             'No ' || n, 'many no ' || n, name, u.primary_role_id, u.id, 'active', false
        from users u cross join generate_series(101, 152) n cross join lateral (select u.username || '-' || n as name) made
       where u.id = ${head.id}`,
  );
  await open(page, "ada", `?show=${head.id}&open=${head.id}`);
  const more = node(page, "Show more under Wilma Wide");
  await expect(node(page, "Many No 150")).toBeVisible();
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(node(page, "Many No 152")).toBeVisible();
  await expect(more).toHaveCount(0);
  await expect(node(page, "Many No 151")).toBeFocused();
  await withDatabase((sql) => sql`delete from users where manager_id = ${head.id}`);
});

test("a search finds a person and opens the way down to them", async ({ page }) => {
  const person = await makePerson("charted", { firstName: "Chara", lastName: "Charted", manager: "lee" });
  await open(page, "ada");
  await search(page).fill(person.username);
  const found = page.getByRole("region", { name: "People found" });
  await expect(found.getByText("Ada Admin › Quinn Manager › Lee Lead")).toBeVisible();
  await found.getByRole("link", { name: "Chara Charted" }).click();
  await expect(node(page, "Chara Charted")).toBeFocused();
  await expect(node(page, "Chara Charted")).toHaveAttribute("aria-selected", "true");
  await expect(node(page, "Chara Charted")).toBeInViewport();
  await expect(page).toHaveURL(new RegExp(`show=${person.id}`));
  await page.reload();
  await expect(node(page, "Chara Charted")).toBeVisible();
  await hydrated(page);
  await page.getByRole("link", { name: "Collapse Lee Lead" }).click();
  await expect(node(page, "Lee Lead")).toHaveAttribute("aria-expanded", "false");
  await expect(node(page, "Chara Charted")).toHaveCount(0);
  await search(page).fill("nobody is called this");
  await expect(page.getByText('Nobody in the organisation matches "nobody is called this".')).toBeVisible();
});

test("R11: a lead sees the tree from themselves down, and nobody else by any address", async ({ page }) => {
  await open(page, "lee");
  await expect(tree(page).getByRole("treeitem").first()).toHaveAccessibleName(/^Lee Lead/);
  await expect(node(page, "Eve Engineer")).toBeVisible();
  await expect(page.getByText("Quinn Manager")).toHaveCount(0);
  const [quinn] = await withDatabase((sql) => sql`select id from users where username_key = 'quinn'`);
  await page.goto(`/admin/organisation?show=${quinn?.id}&open=${quinn?.id}`);
  await expect(page.getByText("doesn't exist, or you don't have access to them")).toBeVisible();
  await expect(page.getByText("Quinn Manager")).toHaveCount(0);
  await hydrated(page);
  await search(page).fill("quinn");
  await expect(page.getByText('Nobody in the organisation matches "quinn".')).toBeVisible();
});

test("people without a manager, and people whose manager is disabled or archived, are listed as issues", async ({
  page,
}) => {
  const lost = await makePerson("lost", { firstName: "Abel", lastName: "Lost" });
  const gone = await makePerson("gone", { firstName: "Gina", lastName: "Gone", manager: "ada" });
  await makePerson("orphan", { firstName: "Oren", lastName: "Orphan", manager: gone.username });
  await withDatabase((sql) => sql`update users set status = 'disabled' where id = ${gone.id}`);
  await open(page, "ada");
  const views = page.getByRole("navigation", { name: "Views" });
  await views.getByRole("link", { name: /Without a manager \d+/ }).click();
  const unplaced = page.getByRole("table", { name: "People without a manager" });
  await expect(unplaced.getByRole("link", { name: "Abel Lost", exact: true })).toBeVisible();
  await views.getByRole("link", { name: /Manager disabled or archived \d+/ }).click();
  const left = page.getByRole("table", { name: "People whose manager is disabled or archived" });
  const row = left.getByRole("row").filter({ has: page.getByRole("link", { name: "Oren Orphan", exact: true }) });
  await expect(row).toContainText("Gina Gone");
  await expect(row).toContainText("disabled");
  await row.hover();
  await row.getByRole("link", { name: "Choose a manager for Oren Orphan" }).click();
  await expect(page.getByRole("combobox", { name: "Manager" })).toContainText("Gina Gone");
  await page.goto(`/admin/organisation?show=${lost.id}`);
  await expect(node(page, "Abel Lost")).toBeVisible();
});

test("the chart fits a phone, works without script, and has no fault that axe finds", async ({ page, browser }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "ada");
  await page.getByRole("link", { name: "Expand Quinn Manager" }).click();
  await expect(node(page, "Lee Lead")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  for (const query of ["?q=lee", "?view=unplaced"]) {
    await page.goto(`/admin/organisation${query}`);
    await expectAccessible(page);
  }
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signInAs(plain, "ada");
  await plain.goto("/admin/organisation");
  await plain.getByRole("link", { name: "Expand Quinn Manager" }).click();
  await expect(node(plain, "Lee Lead")).toBeVisible();
  await plain.context().close();
});
