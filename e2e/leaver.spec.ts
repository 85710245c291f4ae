import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson, password } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

async function choose(page: Page, person: MadePerson, item: string) {
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** A provisioned client and an open link for a new password. */
async function giveCredentials(person: MadePerson) {
  const name = `desk-${person.username}`;
  await withDatabase(async (sql) => {
    await sql`
      insert into clients (id, user_id, name, name_key, status, token_prefix, token_last_four, token_expires_at)
      values (${v7()}, ${person.id}, ${name}, ${name}, 'provisioned', 'gh_cli_', 'abcd', now() + interval '1 day')`;
    await sql`
      insert into links (id, purpose, user_id, hash, expires_at)
      values (${v7()}, 'password_reset', ${person.id}, ${v7()}, now() + interval '1 hour')`;
  });
  return name;
}

const openLinks = (person: MadePerson) =>
  withDatabase(
    (sql) => sql`select 1 from links where user_id = ${person.id} and used_at is null and revoked_at is null`,
  );

test("U12: disabling ends with a checklist to the second, and each credential is refused afterwards", async ({
  page,
  browser,
}) => {
  const person = await makePerson("leaves", { firstName: "Lia", lastName: "Leaves" });
  const client = await giveCredentials(person);
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  await theirs.goto("/account");
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await choose(page, person, "Disable");
  const asked = page.getByRole("dialog", { name: "Disable Lia Leaves?" });
  await asked.getByLabel("Reason").fill("Leaves the company");
  await asked.getByRole("button", { name: "Disable" }).click();

  const checklist = page.getByRole("dialog", { name: "Lia Leaves is disabled" });
  await expect(checklist).toContainText(/Took effect at \d\d:\d\d\./);
  const lines = checklist.getByRole("list", { name: "What has ended" }).getByRole("listitem");
  await expect(lines).toContainText([
    "Sign-in is refused until somebody enables the account.",
    "1 session ended",
    `1 client paused: ${client}.`,
    "1 link revoked",
  ]);
  await expectAccessible(page, "the checklist");
  await checklist.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Disabled: Leaves the company. Clients are paused.")).toBeVisible();
  await expect(page.getByRole("button", { name: "More actions", description: person.name })).toBeFocused();

  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await hydrated(theirs);
  await theirs.getByLabel("User name or email").fill(person.username);
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(theirs.getByText("Your account is disabled. Ask an administrator to enable it.")).toBeVisible();
  expect(await openLinks(person)).toHaveLength(0);
  await theirs.context().close();
});

test("U11: removing from the list ends with the checklist too, and the row says so when it closes", async ({
  page,
}) => {
  const boss = await makePerson("chief", { firstName: "Carla", lastName: "Chief", manager: "quinn" });
  const person = await makePerson("gone", { firstName: "Gero", lastName: "Gone", manager: boss.username });
  await makePerson("stays", { manager: person.username });
  const client = await giveCredentials(person);
  await signInAs(page, "ada");
  await page.goto(`/admin/users?q=${person.username}`);
  await hydrated(page);
  await page.getByRole("row", { name: /Gero Gone/ }).hover();
  await choose(page, person, "Remove user");
  await page.getByRole("dialog").getByRole("button", { name: "Remove user" }).click();
  const checklist = page.getByRole("dialog", { name: "Gero Gone is removed" });
  await expect(checklist.getByRole("listitem")).toContainText([
    "Sign-in is refused until somebody restores the account and sets a new password.",
    "No open sessions.",
    `1 client deregistered: ${client}.`,
    "1 link revoked",
    "1 direct report reports to Carla Chief now.",
  ]);
  await checklist.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").filter({ hasText: person.name }).locator(":focus")).toHaveText("removed");
  await page.reload();
  await expect(page.getByText(`No active user matches "${person.username}".`)).toBeVisible();
});
