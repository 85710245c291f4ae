import { expect, type Locator, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy } from "./made-groups";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

test.afterEach(giveBack);

const anotherYear = /Choose a year from 2000 to 2199\./;
const over = /Choose a date in the future\./;

async function open(page: Page, path: string) {
  await signInAs(page, "ada");
  await page.goto(path);
  await hydrated(page);
}

const update = (page: Page) => page.getByRole("main").getByRole("button", { name: "Update" }).click();

const accessEnd = (person: MadePerson) =>
  withDatabase(async (sql) => {
    const [row] = await sql`select access_ends_at from users where id = ${person.id}`;
    return row?.access_ends_at as Date | null;
  });

test("access: a past end and a year such as 26 are refused at the field; what is stored is no obstacle", async ({
  page,
}) => {
  const person = await makePerson("ends", { firstName: "Enno", lastName: "Ends" });
  await open(page, `/admin/users/${person.id}`);
  const field = page.getByLabel("Access ends");
  for (const [typed, sentence] of [
    ["0026-11-19T09:24", anotherYear],
    ["0099-11-19T09:24", anotherYear],
    ["2200-01-02T00:00", anotherYear],
    ["2020-01-01T00:00", over],
  ] as const) {
    await field.fill(typed);
    await update(page);
    await expect(field).toHaveAccessibleDescription(sentence);
    await expect(field).toHaveAttribute("aria-invalid", "true");
  }
  expect(await accessEnd(person)).toBeNull();

  await withDatabase((sql) => sql`update users set access_ends_at = '2020-01-01' where id = ${person.id}`);
  await page.reload();
  await hydrated(page);
  await expect(field).not.toHaveValue("");
  await page.getByLabel("Last Name").fill("Ended");
  await update(page);
  await expect(page.getByText("Enno Ended is saved")).toBeVisible();
});

test("access ends now: says first what ends, then ends it", async ({ page, browser }) => {
  const person = await makePerson("endsnow", { firstName: "Nils", lastName: "Now" });
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, person.username);
  await theirs.goto("/account");
  await open(page, `/admin/users/${person.id}`);
  await page.getByRole("checkbox", { name: "Ends now" }).check();
  const ends = page.getByRole("list", { name: "What ends" });
  await expect(ends).toContainText("1 session ends");
  await expect(ends).toContainText("No provisioned clients.");
  await expect(ends).toContainText("No longer in force: Quality Engineer.");
  await update(page);
  await expect(page.getByText("Nils Now is saved")).toBeVisible();
  await expect(page.getByText(/^Access ended/)).toBeVisible();
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await page.goto(`/admin/users/${person.id}/sessions`);
  await expect(page.getByText(/disabled/i).first()).toBeVisible();
  await theirs.context().close();
});

test("a membership: refused in its line, and ended now with what is lost shown first (R9)", async ({ page }) => {
  const person = await makePerson("endsline", { firstName: "Lina", lastName: "Line" });
  const group = await groupWith("Ends");
  await withDatabase((sql) => sql`insert into group_members (group_id, user_id) values (${group.id}, ${person.id})`);
  await open(page, `/admin/users/${person.id}/access`);
  const field = page.getByLabel(`End of ${group.name}`);
  await field.fill("0026-11-19T09:24");
  await update(page);
  await expect(field).toHaveAccessibleDescription(anotherYear);
  await field.fill("2020-01-01T00:00");
  await expect(field).not.toHaveAttribute("aria-invalid", "true");
  await update(page);
  await expect(field).toHaveAccessibleDescription(over);
  await page.getByRole("checkbox", { name: "Ends now", description: group.name }).check();
  await update(page);
  await expect(page.getByText("Roles and groups of Lina Line are saved")).toBeVisible();
  const held = await heldBy(person.id, group.id);
  expect(Date.now() - Number(held?.endsAt)).toBeLessThan(60_000);
});

test("disabled until: the dialog, what it leads to and the log name the end; none is past", async ({ page }) => {
  const person = await makePerson("endsdis", { firstName: "Dora", lastName: "Dis" });
  await open(page, `/admin/users/${person.id}`);
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await page.getByRole("menuitem", { name: "Disable", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Disable Dora Dis?" });
  await dialog.getByLabel("Reason").fill("On leave");
  const until = dialog.getByLabel("Until");
  for (const [typed, sentence] of [
    ["0026-11-19T09:24", anotherYear],
    ["2020-01-01T00:00", over],
  ] as const) {
    await until.fill(typed);
    await expect(dialog).toHaveAccessibleDescription(/Enabling the account gives access back\.$/);
    await dialog.getByRole("button", { name: "Disable" }).click();
    await expect(until).toHaveAccessibleDescription(sentence);
  }
  await until.fill("2099-01-02T09:00");
  await expect(dialog).toHaveAccessibleDescription(/2 Jan 2099/);
  await dialog.getByRole("button", { name: "Disable" }).click();
  const done = page.getByRole("dialog", { name: /^Dora Dis is disabled until .*2 Jan 2099/ });
  await done.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText(/disabled Dora Dis until .*2 Jan 2099/)).toBeVisible();
});

test("the end comes back when Now or a role's box is unticked by a slip: access, roles, memberships", async ({
  page,
}) => {
  const person = await makePerson("endsslip", { firstName: "Sina", lastName: "Slip", additionalRoles: ["Auditor"] });
  const group = await groupWith("Slips");
  const end = "2031-01-02T09:00";
  await withDatabase(async (sql) => {
    await sql`update users set access_ends_at = '2031-06-01' where id = ${person.id}`;
    await sql`update user_roles set ends_at = '2031-06-01' where user_id = ${person.id}`;
    await sql`insert into group_members (group_id, user_id, ends_at) values (${group.id}, ${person.id}, '2031-06-01')`;
  });
  const slip = async (field: Locator, now: Locator) => {
    await expect(field).toHaveValue(/^2031-06-0/);
    await field.fill(end);
    await now.check();
    await expect(field).toHaveValue("");
    await now.uncheck();
    await expect(field).toHaveValue(end);
  };
  await open(page, `/admin/users/${person.id}`);
  await slip(page.getByLabel("Access ends"), page.getByRole("checkbox", { name: "Ends now" }));
  await page.goto(`/admin/users/${person.id}/access`);
  await hydrated(page);
  for (const name of ["Auditor", group.name])
    await slip(page.getByLabel(`End of ${name}`), page.getByRole("checkbox", { name: "Ends now", description: name }));

  // What a draft brings back is "Ends now"; the end below it is the one that is stored.
  const line = page.getByRole("checkbox", { name: "Ends now", description: group.name });
  await line.check();
  await page.goto("/admin/groups");
  await page.goto(`/admin/users/${person.id}/access`);
  await hydrated(page);
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(line).toBeChecked();
  await line.uncheck();
  await expect(page.getByLabel(`End of ${group.name}`)).toHaveValue(/^2031-0/);

  await page.goto(`/admin/groups/${group.id}/roles`);
  await hydrated(page);
  const box = page.getByRole("checkbox", { name: "Auditor" });
  await box.check();
  await page.getByLabel("End of Auditor").fill(end);
  await box.uncheck();
  await box.check();
  await expect(page.getByLabel("End of Auditor")).toHaveValue(end);
});

test("days of another millennium in an address are left out, and said so", async ({ page }) => {
  await signInAs(page, "ada");
  for (const day of ["0026-01-01", "0099-12-31", "0000-01-01", "9999-12-31", "275760-09-13"]) {
    const answer = await page.goto(`/admin/audit?from=${day}&to=${day}`);
    expect(answer?.status(), day).toBe(200);
    await expect(page.getByText(`from=${day}`)).toBeVisible();
    const exported = await page.request.get(`/admin/audit/export?format=csv&from=${day}`);
    expect(exported.status(), day).toBeLessThan(500);
  }
});
