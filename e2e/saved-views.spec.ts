import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const views = (page: Page) => page.getByRole("navigation", { name: "Views" });
const tab = (page: Page, name: string) => views(page).getByRole("link", { name, exact: true });
const search = (page: Page) => page.getByRole("combobox", { name: "Search", exact: true });
const admin = (prefix: string) =>
  makePerson(prefix, { primaryRole: "Quality Manager", additionalRoles: ["Admin"], lastName: "Viewer" });

async function act(page: Page, item: string) {
  await page.getByRole("button", { name: "View actions" }).press("Enter");
  await page.getByRole("menuitem", { name: item, exact: true }).press("Enter");
}

async function save(page: Page, name: string, { shared = false } = {}) {
  const dialog = page.getByRole("dialog", { name: "Save view" });
  await dialog.getByLabel("Name").fill(name);
  if (shared) await dialog.getByLabel("Share with everybody").check();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}

test("B5: filters and sort are saved under a name, changed, saved as new, renamed and deleted, by keyboard", async ({
  page,
}) => {
  const person = await admin("views");
  await signInAs(page, person.username);
  await page.goto("/admin/groups");
  await expect(views(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Save view" })).toHaveCount(0);
  await page.goto("/admin/groups?q=re&sort=-createdAt");
  await hydrated(page);
  await page.getByRole("button", { name: "Save view" }).press("Enter");
  await expect(page.getByRole("dialog", { name: "Save view" }).getByLabel("Name")).toBeFocused();
  await expectAccessible(page, "save view");
  await save(page, "Newest");
  await expect(page).toHaveURL(/\/admin\/groups\?view=[0-9a-f-]{36}$/);
  const address = page.url();
  await expect(tab(page, "Newest")).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("button", { name: "View actions" })).toBeFocused();
  await expect(search(page)).toHaveValue("re");
  await expect(page.getByRole("columnheader", { name: "Created" })).toHaveAttribute("aria-sort", "descending");
  await expectAccessible(page, "a saved view");

  await search(page).fill("reg");
  await expect(page).toHaveURL(/q=reg/);
  await expect(tab(page, "Newest Edited")).toHaveAttribute("aria-current", "page");
  await page.reload();
  await hydrated(page);
  await expect(search(page)).toHaveValue("reg");
  await expectAccessible(page, "an edited view");
  await page.getByRole("button", { name: "Save changes" }).press("Enter");
  await expect(page).toHaveURL(address);
  await expect(tab(page, "Newest")).toBeVisible();
  await expect(search(page)).toHaveValue("reg");

  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page).toHaveURL(`${address}&sort=-createdAt`);
  await act(page, "Save as new");
  const dialog = page.getByRole("dialog", { name: "Save view" });
  await dialog.getByLabel("Name").fill("newest");
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/is already called "newest"/);
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await save(page, "All by date");
  await expect(tab(page, "All by date")).toHaveAttribute("aria-current", "page");
  await expect(search(page)).toHaveValue("");

  await act(page, "Rename");
  await page.getByRole("dialog", { name: "Rename All by date" }).getByLabel("Name").fill("By date");
  await page.keyboard.press("Enter");
  await expect(tab(page, "By date")).toBeVisible();

  await tab(page, "Newest").press("Enter");
  await expect(search(page)).toHaveValue("reg");
  await page.goBack();
  await expect(tab(page, "By date")).toHaveAttribute("aria-current", "page");
  await expect(search(page)).toHaveValue("");
  await tab(page, "All").press("Enter");
  await expect(page).toHaveURL("/admin/groups");
  await expect(page.getByRole("button", { name: "View actions" })).toHaveCount(0);

  await page.goto(address);
  await hydrated(page);
  await act(page, "Delete");
  await page
    .getByRole("alertdialog", { name: "Delete Newest?" })
    .getByRole("button", { name: "Delete" })
    .press("Enter");
  await expect(page).toHaveURL("/admin/groups");
  await expect(tab(page, "By date")).toBeVisible();
  await expect(tab(page, "Newest")).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByText("The view in this link was deleted, or is not shared with you.")).toBeVisible();
  await expectAccessible(page, "a view that is gone");
});

test("B5: a shared view is everybody's to open, by its link too, and not everybody's to change", async ({
  page,
  browser,
}) => {
  const sharer = await admin("shares");
  const reader = await makePerson("reads", { additionalRoles: ["Auditor"] });
  const name = `Left ${sharer.username.slice(-8)}`;
  await signInAs(page, sharer.username);
  await page.goto("/admin/resources?ownership=left");
  await hydrated(page);
  await page.getByRole("button", { name: "Save view" }).click();
  await save(page, name, { shared: true });
  await expect(tab(page, name)).toHaveAttribute("aria-current", "page");
  const address = page.url();

  const other = await (await browser.newContext()).newPage();
  await signInAs(other, reader.username);
  await other.goto(address);
  await hydrated(other);
  await expect(tab(other, name)).toHaveAttribute("aria-current", "page");
  await expect(tab(other, name)).toHaveAttribute("title", `${name}, shared with everybody`);
  await expect(other.getByRole("link", { name: /^Remove filter: Ownership/ })).toBeVisible();
  await other.getByRole("link", { name: /^Remove filter: Ownership/ }).click();
  await expect(tab(other, `${name} Edited`)).toBeVisible();
  await expect(other.getByRole("button", { name: "Save changes" })).toHaveCount(0);
  await other.getByRole("button", { name: "View actions" }).press("Enter");
  await expect(other.getByRole("menuitem")).toHaveText(["Save as new"]);
  await other.keyboard.press("Escape");
  await tab(other, `${name} Edited`).click();
  await expect(other).toHaveURL(address);

  await act(page, "Stop sharing");
  await expect(page.getByText(`${name} is now private`)).toBeVisible();
  await other.reload();
  await expect(other.getByText("The view in this link was deleted, or is not shared with you.")).toBeVisible();
  await act(page, "Share with everybody");
  await expect(page.getByText(`${name} is now shared with everybody`)).toBeVisible();
  await other.reload();
  await expect(tab(other, name)).toBeVisible();
  await other.context().close();
  await act(page, "Delete");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL("/admin/resources");
});

test("B5: views are opened without script, on phones, and where there are many", async ({ page, browser }) => {
  const person = await admin("plain");
  await withDatabase(
    (sql) => sql`
      insert into saved_views (id, list, owner_id, name, name_key, query)
      select gen_random_uuid(), 'users', ${person.id}, 'View ' || n, 'view ' || n, 'view=archived'
        from generate_series(1, 9) n`,
  );
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signInAs(plain, person.username);
  await plain.goto("/admin/users?q=archie");
  await expect(plain.getByRole("table", { name: "Users" })).toHaveCount(0);
  await plain.getByRole("button", { name: "More views" }).click();
  await plain.getByRole("link", { name: "View 9" }).click();
  await expect(tab(plain, "View 9")).toHaveAttribute("aria-current", "page");
  await expect(plain.getByRole("table", { name: "Archived users" })).toBeVisible();
  await search(plain).fill("archie");
  await search(plain).press("Enter");
  await expect(plain.getByRole("table", { name: "Archived users" }).getByRole("row")).toHaveCount(2);
  await expect(tab(plain, "View 9 Edited")).toBeVisible();
  await views(plain)
    .getByRole("link", { name: /^Active/ })
    .click();
  await expect(plain).toHaveURL(/\/admin\/users(\?view=active)?$/);
  await plain.context().close();

  await page.setViewportSize(phone);
  await signInAs(page, person.username);
  await page.goto("/admin/users");
  await hydrated(page);
  await expectAccessible(page, "many views");
  await page.getByRole("button", { name: "More views" }).click();
  await expect(page.getByRole("link", { name: "View 9" })).toBeVisible();
  await expectAccessible(page, "more views");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More views" }).click();
  await page.getByRole("link", { name: "View 9" }).click();
  await expect(tab(page, "View 9")).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("list", { name: "More views" })).toBeHidden();
  await expect(page.getByRole("button", { name: "More views" })).toBeFocused();
});
