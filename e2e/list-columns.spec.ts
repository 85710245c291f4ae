import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs } from "./sign-in-as";

const head = (page: Page, name: string) => page.getByRole("columnheader", { name, exact: true });
const menu = (page: Page) => page.getByRole("form", { name: "Columns" });
const admin = () => makePerson("columns", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });

test("U2, B5: columns are chosen by keyboard, kept with the person, and come with the page", async ({
  page,
  browser,
}) => {
  const person = await admin();
  await signInAs(page, person.username);
  await page.goto("/admin/users?q=eve+engineer");
  await hydrated(page);
  for (const name of ["Name", "Email", "Roles", "Groups", "Status", "Clients", "Last sign-in"])
    await expect(head(page, name)).toBeVisible();
  for (const name of ["User name", "Configuration"]) await expect(head(page, name)).toHaveCount(0);

  await page.getByRole("button", { name: "Columns", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(menu(page)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await expect(menu(page).getByLabel("User name")).toBeFocused();
  await page.keyboard.press("Space");
  await menu(page).getByLabel("Configuration").check();
  await menu(page).getByLabel("Clients").uncheck();
  await menu(page).getByRole("button", { name: "Apply" }).press("Enter");
  await expect(head(page, "Configuration")).toBeVisible();
  await expect(head(page, "User name")).toBeVisible();
  await expect(head(page, "Clients")).toHaveCount(0);
  await expect(menu(page)).toBeHidden();
  await expect(page).toHaveURL("/admin/users?q=eve+engineer");
  await expect(page.getByRole("cell", { name: "default", exact: true })).toBeVisible();

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signInAs(plain, person.username);
  const answer = await plain.goto("/admin/users?q=eve+engineer");
  const text = (await answer?.text()) ?? "";
  expect(text).toContain(">default<");
  expect(text).not.toContain("registered");
  await plain.getByRole("button", { name: "Columns", exact: true }).click();
  await menu(plain).getByRole("button", { name: "Default columns" }).click();
  await expect(head(plain, "Clients")).toBeVisible();
  await expect(head(plain, "Configuration")).toHaveCount(0);
  await plain.context().close();

  await page.reload();
  await expect(head(page, "Clients")).toBeVisible();
  await expect(head(page, "User name")).toHaveCount(0);
});

test("B5: every list has its own choice, by touch and as cards too", async ({ browser }) => {
  const person = await admin();
  const page = await (await browser.newContext({ hasTouch: true })).newPage();
  await signInAs(page, person.username);
  await page.goto("/admin/groups");
  await hydrated(page);
  await page.getByRole("button", { name: "Columns", exact: true }).tap();
  await menu(page).getByLabel("Owner").tap();
  await menu(page).getByRole("button", { name: "Apply" }).tap();
  await expect(head(page, "Owner")).toHaveCount(0);
  await expect(menu(page)).toBeHidden();
  await expect(head(page, "Members")).toBeVisible();

  await page.setViewportSize(phone);
  await page.getByRole("button", { name: "Columns", exact: true }).tap();
  await expect(menu(page)).toBeVisible();
  await expectAccessible(page);
  await menu(page).getByLabel("Members").tap();
  await menu(page).getByRole("button", { name: "Apply" }).tap();
  await expect(page.getByText(/^\d+ members?$/)).toHaveCount(0);

  for (const [path, column] of [
    ["/admin/roles", "Kind"],
    ["/admin/roles/operations", "Sentence"],
    ["/admin/clients", "Platform"],
    ["/admin/resources", "Owner"],
    ["/admin/service-accounts", "Owner"],
    ["/admin/sessions", "Address"],
    ["/admin/settings/mail", "To"],
  ] as const) {
    await page.goto(path);
    await hydrated(page);
    await page.getByRole("button", { name: "Columns", exact: true }).tap();
    await expect(menu(page).getByLabel(column), path).toBeChecked();
  }
  await page.context().close();
});
