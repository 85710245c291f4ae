import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { stallRoute } from "./stall-route";

const names = (page: Page) => page.getByRole("table", { name: "Users" }).getByRole("row");
const rowOf = (page: Page, name: string) => names(page).filter({ has: page.getByRole("link", { name, exact: true }) });
const search = (page: Page) => page.getByRole("combobox", { name: "Search", exact: true });

test("U2: a row shows what is asked for, and its actions on hover and on focus", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users?q=eve+engineer");
  await hydrated(page);
  await expect(page.getByRole("heading", { name: "User Management" })).toBeVisible();
  const eve = rowOf(page, "Eve Engineer");
  for (const text of ["eve@northwind.example", "Quality Engineer", "active"])
    await expect(eve.getByText(text, { exact: true })).toBeVisible();
  await expect(eve.getByText("1 of 3 registered")).toBeAttached();

  const edit = eve.getByRole("link", { name: "Edit", description: "Eve Engineer" });
  const actions = edit.locator("xpath=ancestor::td/div");
  await expect(actions).toHaveCSS("opacity", "0");
  await eve.hover();
  await expect(actions).toHaveCSS("opacity", "1");
  await page.mouse.move(0, 0);
  await expect(actions).toHaveCSS("opacity", "0");
  await eve.getByRole("link", { name: "Eve Engineer", exact: true }).focus();
  await expect(actions).toHaveCSS("opacity", "1");
  await page.getByRole("button", { name: "More actions", description: "Eve Engineer" }).press("Enter");
  await expect(page.getByRole("menuitem", { name: "Client Provision" })).toBeVisible();
  await page.keyboard.press("Escape");

  await eve.click({ position: { x: 250, y: 20 } });
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}$/);
  await page.goBack();
  await expect(search(page)).toHaveValue("eve engineer");
});

test("U3: typing searches, the address follows, and an empty result offers to widen it", async ({ page }) => {
  const person = await makePerson("kowal", { firstName: "Žofie", lastName: "Kowalská" });
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await search(page).fill(person.username);
  await expect(page).toHaveURL(new RegExp(`q=${person.username}`));
  await expect(names(page)).toHaveCount(2);
  await search(page).fill(person.id);
  await expect(page).toHaveURL(new RegExp(`q=${person.id}`));
  await expect(rowOf(page, "Žofie Kowalská")).toBeVisible();
  await page.reload();
  await expect(rowOf(page, "Žofie Kowalská")).toBeVisible();

  await hydrated(page);
  await search(page).fill(`Kowalska, Zofie\u200b <${person.email}>,`);
  await expect(names(page)).toHaveCount(2);
  await expect(rowOf(page, "Žofie Kowalská")).toBeVisible();

  await search(page).fill("nobody is called this");
  await expect(page.getByText('No active user matches "nobody is called this".')).toBeVisible();
  await expect(page.getByText(/Searched name, user name, email and id, among [\d,]+ people\./)).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(names(page)).toHaveCount(51);
});

test("U3: filters are chosen and removed by keyboard, and stand in the address", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("button", { name: "Add filter" }).press("Enter");
  await page.getByRole("menuitem", { name: "Status" }).press("Enter");
  await page.getByPlaceholder("Search status").fill("lock");
  await expect(page.getByRole("option")).toHaveText(["locked"]);
  await expect(page.getByRole("option")).toHaveAttribute("data-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/status=locked/);
  await expect(rowOf(page, "Lucy Locked")).toBeVisible();
  await expect(rowOf(page, "Eve Engineer")).toHaveCount(0);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Add filter" }).press("Enter");
  await page.getByRole("menuitem", { name: "Role" }).press("Enter");
  await page.getByRole("option", { name: /Auditor/ }).click();
  await expect(page).toHaveURL(/role=/);
  await expect(page.getByText("No active user matches these filters.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option", { name: /Auditor/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Remove filter: Status is locked" }).press("Enter");
  await expect(page).not.toHaveURL(/status=/);
  await expect(rowOf(page, "Audrey Auditor")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/admin\/users$/);
});

test("U2: every sort stands in a menu as well, for phones and for what has no column", async ({ page }) => {
  await signInAs(page, "ada");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/admin/users?status=active");
  await hydrated(page);
  await page.getByRole("button", { name: "Sort: Name, A to Z" }).click();
  await page.getByRole("menuitemradio", { name: "Created" }).click();
  await expect(page).toHaveURL("/admin/users?status=active&sort=-createdAt");
  await page.getByRole("button", { name: "Sort: Created, Latest first" }).click();
  await expect(page.getByRole("menuitemradio", { name: "Latest first" })).toBeChecked();
  await page.getByRole("menuitemradio", { name: "Earliest first" }).click();
  await expect(page).toHaveURL("/admin/users?status=active&sort=createdAt");
  await page.getByRole("button", { name: "Sort: Created, Earliest first" }).click();
  await page.getByRole("menuitemradio", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL("/admin/users?status=active");
});

test("U3: a filter that is chosen while a search is on its way keeps the search", async ({ page }) => {
  const person = await makePerson("hasty", { firstName: "Hasso", lastName: "Hasty" });
  await withDatabase((sql) => sql`update users set status = 'disabled' where id = ${person.id}`);
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Status" }).click();
  await page.getByRole("option", { name: "disabled" }).waitFor();
  await page.keyboard.press("Escape");
  const letGo = await stallRoute(page, /\/admin\/users\?/);
  const asked = page.waitForRequest((request) => request.url().includes(`q=${person.username}`));
  await search(page).fill(person.username);
  await asked;
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Status" }).click();
  await page.getByRole("option", { name: "disabled" }).click();
  letGo();
  await expect(page).toHaveURL(/status=disabled/);
  await expect(page).toHaveURL(new RegExp(`q=${person.username}`));
  await expect(names(page)).toHaveCount(2);
});

test("U3: a filter that is taken away while a search is on its way keeps the search", async ({ page }) => {
  const person = await makePerson("hurried", { firstName: "Hugo", lastName: "Hurried" });
  await signInAs(page, "ada");
  await page.goto("/admin/users?status=disabled");
  await hydrated(page);
  const letGo = await stallRoute(page, /\/admin\/users\?/);
  const asked = page.waitForRequest((request) => request.url().includes(`q=${person.username}`));
  await search(page).fill(person.username);
  await asked;
  await page.getByRole("link", { name: "Remove filter: Status is disabled" }).click();
  letGo();
  await expect(page).toHaveURL(`/admin/users?q=${person.username}`);
  await expect(rowOf(page, "Hugo Hurried")).toHaveCount(1);
});

test("heads sort, pages go on and back, and Back and reload keep the place", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await expect(page.getByRole("columnheader", { name: "Name", exact: true })).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Email" })).toHaveAttribute("aria-sort", "ascending");
  const first = await names(page).nth(1).textContent();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText(/^51–100 of [\d,]+$/)).toBeVisible();
  const second = await names(page).nth(1).textContent();
  expect(second).not.toBe(first);
  await page.reload();
  await expect(page.getByText(/^51–100 of [\d,]+$/)).toBeVisible();
  await page.getByRole("link", { name: "Previous" }).click();
  // Those who are archived meanwhile are missing before the page that one comes from.
  await expect(page.getByText(/^1–\d+ of [\d,]+$/)).toBeVisible();
  await page.goBack();
  await expect(page.getByText(/^51–100 of [\d,]+$/)).toBeVisible();

  const foreign = new URL(page.url());
  foreign.searchParams.set("sort", "username");
  await page.goto(foreign.href);
  await expect(page.getByText("This link points to a page of another list")).toBeVisible();
});

test("the archived stand in a view of their own", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: /^Archived/ })
    .click();
  await expect(page.getByRole("table", { name: "Archived users" }).getByText("Archie Archived")).toBeVisible();
});

test("R11: a Lead finds only the people below; R12: an Engineer is told whom to ask", async ({ page }) => {
  await signInAs(page, "lee");
  await page.goto("/admin/users?q=eve");
  await expect(rowOf(page, "Eve Engineer")).toBeVisible();
  await expect(page.getByRole("link", { name: "Create User" })).toHaveCount(0);
  await hydrated(page);
  await search(page).fill("quinn");
  await expect(page.getByText('No active user matches "quinn".')).toBeVisible();

  await signInAs(page, "eve");
  expect((await page.goto("/admin/users"))?.status()).toBe(403);
});

test("works without script", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signInAs(page, "ada");
  await page.goto("/admin/users?sort=email");
  await search(page).fill("lucy");
  await search(page).press("Enter");
  await expect(page).toHaveURL(/sort=email.*q=lucy/);
  await expect(rowOf(page, "Lucy Locked")).toBeVisible();
  await context.close();
});

test("reads well and fits, also as cards", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await expect(names(page)).toHaveCount(51);
  await expectAccessible(page);
  await page.setViewportSize(phone);
  await expect(rowOf(page, "Ada Admin")).toBeVisible();
});

test("U2: at 1440 pixels the name stands over the email in one cell, and nothing of a row is cut", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  const cell = rowOf(page, "Ada Admin").getByRole("cell").first();
  const [name, email] = await Promise.all(
    ["Ada Admin", "ada@northwind.example"].map((text) => cell.getByText(text, { exact: true }).boundingBox()),
  );
  expect(email?.y).toBeGreaterThanOrEqual((name?.y ?? 0) + (name?.height ?? 0) - 4);
  expect(email?.x).toBe(name?.x);
  await expect(page.getByRole("columnheader", { name: /^(Username|User name|Configuration)$/i })).toHaveCount(0);
  const cut = await page
    .getByRole("table", { name: "Users" })
    .locator("tbody td, tbody td *")
    .evaluateAll((elements) =>
      elements
        .filter((element) => {
          const { overflowX, textOverflow } = getComputedStyle(element);
          return overflowX === "hidden" && textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth;
        })
        .map((element) => element.textContent),
    );
  expect(cut).toEqual([]);
});

test("the link of a row says on hover what is cut off there, and nothing where all is seen", async ({ page }) => {
  const person = await makePerson("cut", { lastName: "L".repeat(80) });
  await signInAs(page, "ada");
  await page.goto(`/admin/users?q=${person.username}`);
  await hydrated(page);
  const name = names(page).getByRole("link", { name: person.name, exact: true });
  await name.hover();
  await expect(name).toHaveAttribute("title", new RegExp(`^${person.name}$`, "m"));
  await page.goto("/admin/users?q=eve+engineer");
  await hydrated(page);
  const eve = page.getByRole("link", { name: "Eve Engineer", exact: true });
  await eve.hover();
  await expect(eve).toHaveAttribute("title", "");
});
