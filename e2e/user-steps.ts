import { expect, type Page } from "@playwright/test";
import { hydrated } from "./hydrated";
import type { MadePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

export const details = (page: Page) => page.getByRole("form", { name: "User Details" });
export const update = (page: Page) => page.getByRole("button", { name: "Update", exact: true });
export const preview = (page: Page) => page.getByRole("dialog");
export const comparison = (page: Page) => page.getByRole("group").filter({ has: page.getByRole("radio") });

export async function open(page: Page, person: MadePerson, who = "ada") {
  await signInAs(page, who);
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
}

/** Says yes to what the preview shows (R9). */
export async function confirm(page: Page, heading: string | RegExp) {
  await expect(preview(page).getByRole("heading", { level: 2 })).toHaveText(heading);
  await preview(page).getByRole("button", { name: "Update" }).click();
}

export async function pick(page: Page, label: string, text: string, name: string) {
  await details(page).getByRole("combobox", { name: label }).click();
  await page.getByPlaceholder("Search people").fill(text);
  await page.getByRole("option", { name }).click();
}

export const stored = (person: MadePerson) =>
  withDatabase(async (sql) => {
    const [row] = await sql`
      select u.username, u.email, u.first_name, u.last_name, u.configuration, u.access_ends_at, u.must_change_password,
             r.name as role, m.username as manager, p.hash,
             (select array_agg(ar.name) from user_roles ur join roles ar on ar.id = ur.role_id where ur.user_id = u.id)
               as additional
        from users u join roles r on r.id = u.primary_role_id left join users m on m.id = u.manager_id
        left join passwords p on p.user_id = u.id where u.id = ${person.id}`;
    return row;
  });

/** Chooses a column that is not among the usual ones of the list that is open. */
export async function showColumn(page: Page, label: string) {
  await hydrated(page);
  await page.getByRole("button", { name: "Columns" }).click();
  const menu = page.getByRole("form", { name: "Columns" });
  await menu.getByLabel(label).check();
  await menu.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("columnheader", { name: label })).toBeVisible();
}
