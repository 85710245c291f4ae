import type { Page } from "@playwright/test";
import { hydrated } from "./hydrated";
import { signInAs, withDatabase } from "./sign-in-as";

export const roleForm = (page: Page) => page.getByRole("form", { name: "Role", exact: true });
export const update = (page: Page) => page.getByRole("button", { name: "Update", exact: true });

/** The choice of an operation, by what it lets somebody do. */
export const operation = (page: Page, sentence: string) => page.getByRole("combobox", { name: sentence, exact: true });

/** What is chosen there, as it is read. */
export const chosen = (page: Page, sentence: string) => operation(page, sentence).locator("option:checked");

export const summary = (page: Page) => page.getByRole("region", { name: "Summary" });

export async function openRole(page: Page, path: string, who = "ada") {
  await signInAs(page, who);
  await page.goto(path);
  await hydrated(page);
}

/** "user.read reports" for each operation that a role carries. */
export const carried = (id: string) =>
  withDatabase(async (sql) => {
    const rows =
      await sql`select operation, scope from role_operations where role_id = ${id} order by operation, scope`;
    return rows.map(({ operation: key, scope }) => `${key} ${scope}`);
  });
