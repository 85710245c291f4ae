import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { giveBack, groupWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { details, update } from "./user-steps";

test.afterEach(giveBack);

const crumb = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name, exact: true });

test("the page of a user leads back to the list as it was, also after an edit and from another tab", async ({
  page,
}) => {
  const person = await makePerson("wayback", { firstName: "Wanda", lastName: "Wayback" });
  await signInAs(page, "ada");
  const list = `/admin/users?q=${person.username}&sort=-lastSignInAt&status=active`;
  await page.goto(list);
  await hydrated(page);
  await page.getByRole("link", { name: "Wanda Wayback", exact: true }).click();
  await expect(page).toHaveURL(`/admin/users/${person.id}`);
  await details(page).getByLabel("First Name").fill("Wendy");
  await update(page).click();
  await expect(page.getByText("Wendy Wayback is saved")).toBeVisible();
  await page.getByRole("link", { name: "Roles and Groups" }).click();
  await expect(page).toHaveURL(/\/access$/);
  await page.reload();
  await hydrated(page);
  await crumb(page, "User Management").click();
  await expect(page).toHaveURL(list);
  await expect(page.getByRole("link", { name: "Wendy Wayback", exact: true })).toBeVisible();

  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: "Wendy Wayback", exact: true }).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await expect(crumb(tab, "User Management")).toHaveAttribute("href", list);
  await tab.close();
});

test("a page of the list is led back to as well", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  const list = page.url();
  await page
    .getByRole("table", { name: "Users" })
    .getByRole("row")
    .nth(3)
    .click({ position: { x: 700, y: 20 } });
  await expect(page).toHaveURL(/\/admin\/users\/[0-9a-f-]{36}$/);
  await crumb(page, "User Management").click();
  await expect(page).toHaveURL(list);
});

test("groups, roles and clients are led back to in the same way", async ({ page }) => {
  const group = await groupWith("Led back to");
  const [client] = await withDatabase((sql) => sql`select user_id from clients where name = 'eve-workstation'`);
  await signInAs(page, "ada");
  for (const [list, row, name] of [
    ["/admin/groups?sort=-createdAt", group.name, "Groups"],
    ["/admin/roles?q=quality", "Quality Lead", "Roles"],
  ] as const) {
    await page.goto(list);
    await hydrated(page);
    await page.getByRole("link", { name: row, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(row);
    await crumb(page, name).click();
    await expect(page).toHaveURL(list);
  }
  const list = "/admin/clients?q=eve-workstation&status=registered";
  await page.goto(list);
  await hydrated(page);
  await page.getByRole("link", { name: "Eve Engineer", exact: true }).click();
  await expect(page).toHaveURL(`/admin/users/${client?.user_id}/clients`);
  await page.getByRole("link", { name: "User Details" }).click();
  await expect(page).toHaveURL(`/admin/users/${client?.user_id}`);
  await crumb(page, "Clients").click();
  await expect(page).toHaveURL(list);

  await page.goto(`/admin/users/${client?.user_id}`);
  await hydrated(page);
  await expect(crumb(page, "User Management")).toHaveAttribute("href", "/admin/users");
});
