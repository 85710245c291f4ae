import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

async function choose(page: Page, person: MadePerson, item: string) {
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Somebody with a report and two groups, who is removed; Quinn gets all of it. */
async function removed(page: Page) {
  const person = await makePerson("comes", { firstName: "Carla", lastName: "Comeback" });
  const report = await makePerson("comesrep", {
    firstName: "Rolf",
    lastName: `Report ${person.id.slice(-6)}`,
    manager: person.username,
  });
  const names = ["Early", "Late"].map((name) => `${name} ${person.username}`);
  for (const name of names)
    await withDatabase(
      (sql) => sql`insert into groups (id, name, name_key, description, owner_id)
                   values (${v7()}, ${name}, ${name.toLowerCase()}, '', ${person.id})`,
    );
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await choose(page, person, "Remove user");
  const dialog = page.getByRole("dialog", { name: "Remove Carla Comeback?" });
  for (const field of [`New owner of ${names[0]}`, "New manager of 1 direct report"]) {
    await dialog.getByRole("combobox", { name: field }).click();
    await page.getByPlaceholder("Choose a person").fill("quinn");
    await page.getByRole("option", { name: /^Quinn Manager/ }).click();
    await expect(page.getByPlaceholder("Choose a person")).toHaveCount(0);
  }
  await dialog.getByRole("button", { name: "Remove user" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  return { person, report, early: names[0] ?? "", late: names[1] ?? "" };
}

test("U11, U13: restoring offers back what was handed on, and tells what has changed hands", async ({ page }) => {
  const { person, report, early, late } = await removed(page);
  await choose(page, person, "Restore");
  const dialog = page.getByRole("dialog", { name: "Restore Carla Comeback?" });
  await expect(dialog.getByRole("checkbox", { name: early })).toHaveAccessibleDescription(
    "belongs to Quinn Manager now",
  );
  await expect(dialog.getByRole("checkbox", { name: late })).not.toBeChecked();
  await dialog.getByRole("checkbox", { name: report.name }).check();
  await dialog.getByRole("checkbox", { name: "Return all 2", description: "Groups" }).check();
  await withDatabase(
    (sql) => sql`update groups set owner_id = (select id from users where username = 'lee') where name = ${late}`,
  );
  await dialog.getByRole("button", { name: "Restore and return" }).click();
  const done = page.getByRole("list", { name: "What was returned" });
  await expect(done).toContainText(`Returned: ${report.name}.`);
  await expect(done).toContainText(`Returned: ${early}.`);
  await expect(done).toContainText(`${late} now has another owner.`);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Owned Objects" }).click();
  await expect(page.getByText(early)).toBeVisible();
  await expect(page.getByText(late)).toHaveCount(0);
});

test("U13: without a password it says so, on the page and on Home, until one is set", async ({ page }) => {
  const person = await makePerson("hollow", { firstName: "Aaron", lastName: "Aaa" });
  await withDatabase((sql) => sql`delete from passwords where user_id = ${person.id}`);
  await signInAs(page, "ada");
  await page.goto("/admin");
  await hydrated(page);
  const attention = page.getByRole("region", { name: "Needs attention" });
  await expect(attention.getByText("No password yet: Aaron Aaa")).toBeVisible();
  await attention.getByRole("link", { name: "Set a password", description: /Aaron Aaa/ }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/users/${person.id}$`));
  await hydrated(page);
  await expect(page.getByText("No password yet", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Set a password" }).click();
  const dialog = page.getByRole("dialog", { name: "Set a password for Aaron Aaa?" });
  await dialog.getByRole("radio", { name: "Generate a password" }).check();
  await dialog.getByRole("button", { name: "Set a password" }).click();
  const shown = page.getByRole("dialog", { name: "Store the password for Aaron Aaa" });
  await shown.getByRole("checkbox", { name: "I have stored it" }).check();
  await shown.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("No password yet", { exact: true })).toHaveCount(0);
});
