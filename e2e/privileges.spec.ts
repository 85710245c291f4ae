import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makeRole, removeRole } from "./made-roles";
import { signInAs, withDatabase } from "./sign-in-as";

const matrix = (page: Page) => page.getByRole("table", { name: "Privileges" });

/** The cell of an operation and a role, found by the words of its row and its column. */
async function cell(page: Page, operation: string, role: string) {
  const heads = await matrix(page).getByRole("columnheader").allInnerTexts();
  const at = heads.findIndex((text) => text.startsWith(role));
  const row = matrix(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: operation }) });
  return row.getByRole("cell").nth(at - 1);
}

async function open(page: Page, path = "/admin/privileges", who = "ada") {
  await signInAs(page, who);
  await page.goto(path);
  await hydrated(page);
}

test("R4: the matrix says what every role holds, with the scope", async ({ page }) => {
  await open(page);
  await expect(await cell(page, "See a user user.read", "Quality Lead")).toHaveText("below");
  await expect(await cell(page, "See a user user.read", "Admin")).toHaveText("everyone");
  await expect(await cell(page, "See a user user.read", "Quality Engineer")).toContainText("no");
  await expect(await cell(page, "Create a role role.create", "Admin")).toContainText("yes");
  await expect(await cell(page, "See a user's clients client.read", "Quality Manager")).toHaveText("below, own");
});

test("R4: it is generated from what is enforced, the next request on", async ({ page }) => {
  const role = await makeRole("Changing", [["audit.read", "all"]]);
  await open(page);
  await expect(await cell(page, "Read the audit log audit.read", role.name)).toHaveText("everyone");
  await withDatabase((sql) => sql`update role_operations set scope = 'reports' where role_id = ${role.id}`);
  await page.reload();
  await expect(await cell(page, "Read the audit log audit.read", role.name)).toHaveText("below");
  await removeRole(role);
});

test("R4: it is searched by what an operation says, its key and its noun", async ({ page }) => {
  await open(page);
  await page.getByRole("searchbox", { name: "Search" }).fill("client.dereg");
  await expect(page).toHaveURL(/q=client.dereg/);
  await expect(matrix(page).getByRole("rowheader", { name: "Deregister a client" })).toBeVisible();
  await expect(matrix(page).getByRole("rowheader", { name: "See a user user.read", exact: true })).toBeHidden();
  await page.getByRole("searchbox", { name: "Search" }).fill("no such thing");
  await expect(page.getByText('No operation matches "no such thing".')).toBeVisible();
});

test("R4: the head stays in sight to the end of the page, also with more roles than fit", async ({ page }) => {
  const head = matrix(page).getByRole("columnheader", { name: /^Quality Lead/ });
  await open(page);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(head).toBeInViewport();

  const made = await Promise.all(["One", "Two", "Three"].map((name) => makeRole(`Wide ${name}`, [])));
  await page.reload();
  await hydrated(page);
  await expect(matrix(page).getByRole("columnheader", { name: /^Wide Three/ })).toBeAttached();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(head).toBeInViewport();
  await Promise.all(made.map(removeRole));
});

test("R4: in a narrow window it scrolls in a frame of its own, and the page does not", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
  const last = matrix(page).getByRole("columnheader").last();
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport({ ratio: 0.9 });
  await expect(matrix(page).getByRole("columnheader", { name: "Operation" })).toBeInViewport();
});

test("R4: printed, nothing of it is hidden", async ({ page }) => {
  await open(page);
  await page.emulateMedia({ media: "print" });
  await expect(matrix(page)).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search" })).toBeHidden();
  await page.setViewportSize({ width: 1000, height: 700 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});

test("R4: on a phone one role is read at a time", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await expect(matrix(page)).toBeHidden();
  await page.getByLabel("Role", { exact: true }).selectOption("Quality Lead");
  const users = page.getByRole("region", { name: "Users" });
  await expect(users.getByRole("listitem")).toHaveCount(1);
  await expect(users.getByRole("listitem")).toContainText("people below");
});

test("R4: an auditor reads it, a lead does not", async ({ page }) => {
  await open(page, "/admin/privileges", "audrey");
  await expect(matrix(page)).toBeVisible();
  await signInAs(page, "lee");
  expect((await page.goto("/admin/privileges"))?.status()).toBe(403);
});
