import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const search = (page: Page) => page.getByRole("combobox", { name: "Search", exact: true });
const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name, exact: true });
const events = (page: Page) => page.getByRole("main").locator("section ol > li");

/** Ada gave somebody this last name, so many days ago. */
async function renamed(personId: string, lastName: string, ago: number) {
  const [id, at] = [v7(), new Date(Date.now() - ago * 86_400_000)];
  await withDatabase(async (sql) => {
    await sql`select ensure_event_partitions(${at}::date, 3)`;
    await sql`
      insert into events (id, at, actor_kind, actor_id, operation, outcome, target_kind, target_id, person_id, request_id, commitments)
      select ${id}, ${at}, 'person', id, 'user.update', 'succeeded', 'user', ${personId}, ${personId}, 'journey', '{"a":"b"}'
        from users where username_key = 'ada'`;
    const values = { "change.lastName": { salt: "s", value: ["Before", lastName] } };
    await sql`insert into event_values (event_id, at, values) values (${id}, ${at}, ${sql.json(values)})`;
  });
}

async function openLog(page: Page, address = "/admin/audit") {
  await signInAs(page, "ada");
  await page.goto(address);
  await hydrated(page);
}

test("L3: the log is searched by who and by what it tells, in the newest 30 days until more is asked for", async ({
  page,
}) => {
  const person = await makePerson("searched", { firstName: "Nadia", lastName: "Searched" });
  const word = `Zw${v7().slice(-8)}`;
  await renamed(person.id, word, 1);
  await renamed(person.id, `${word} again`, 45);
  await openLog(page);
  await search(page).fill(word.toLowerCase());
  await expect(page).toHaveURL(`/admin/audit?q=${word.toLowerCase()}`);
  await expect(events(page)).toHaveCount(1);
  await expect(page.getByText("Searched the newest 30 days.")).toBeVisible();
  await expectAccessible(page, "a log that is searched", { off: ["region"] });
  await page.getByRole("link", { name: "Search 1 year" }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d/);
  await expect(events(page)).toHaveCount(2);
  await expect(page.getByText("Searched the newest 30 days.")).toHaveCount(0);
  await search(page).fill(person.username);
  await expect(page).toHaveURL(new RegExp(`q=${person.username}`));
  await expect(events(page)).toHaveCount(2);
  await search(page).fill(`no-such-${word}`);
  await expect(page.getByText(`No event matches "no-such-${word}".`)).toBeVisible();
});

test("B5: filters of the log are typed into its search, two of one however fast", async ({ page }) => {
  await openLog(page);
  await search(page).focus();
  for (const value of ["refused", "failed"]) {
    await page.keyboard.type(`outcome:${value}`);
    await expect(option(page, value)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(search(page)).toHaveValue("");
  }
  await expect(page).toHaveURL("/admin/audit?outcome=refused&outcome=failed");
  await search(page).fill("actor:ada");
  await option(page, /^Ada Admin/).click();
  await expect(page.getByRole("link", { name: "Remove filter: Actor is Ada Admin" })).toBeVisible();
  await expect(page).toHaveURL(/outcome=refused&outcome=failed/);
});

test("days that are chosen are asked for at once, and days that are typed after the last key", async ({ page }) => {
  await page.clock.install();
  await openLog(page);
  const from = page.getByLabel("From day");
  await from.focus();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  await page.keyboard.type("01052026");
  await page.clock.runFor(600);
  expect(new URL(page.url()).search).toBe("");
  await page.clock.runFor(200);
  await page.clock.resume();
  await expect(page).toHaveURL("/admin/audit?from=2026-01-05");
  await page.clock.pauseAt(new Date(Date.now() + 120_000));
  const asked = page.waitForRequest((request) => request.url().includes("from=2026-02-06"));
  await from.evaluate((input: HTMLInputElement) => {
    input.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  });
  await from.fill("2026-02-06");
  await asked;
});

test("B5: live credentials and the mail log are searched in the same bar, and their filters are typed", async ({
  page,
}) => {
  const person = await makePerson("holder", { firstName: "Hilde", lastName: "Holder" });
  await withDatabase(async (sql) => {
    for (const status of ["sent", "failed"])
      await sql`
        insert into mails (id, template, user_id, to_name, to_address, subject, status)
        values (${v7()}, 'test', ${person.id}, ${person.name}, ${person.email}, 'A test', ${status})`;
  });
  await signInAs(page, "ada");
  await page.goto("/admin/settings/mail");
  await hydrated(page);
  const mails = page.getByRole("table", { name: "Mail log" }).getByRole("row");
  await search(page).fill(person.username);
  await expect(mails).toHaveCount(3);
  await page.keyboard.type(" status:fail");
  await expect(option(page, "Failed")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/admin/settings/mail?q=${person.username}&status=failed`);
  await expect(mails).toHaveCount(2);

  await page.goto("/admin/tokens");
  await hydrated(page);
  await search(page).fill("kind:sess");
  await option(page, "session").click();
  await search(page).fill("ada");
  await expect(page).toHaveURL(/kind=session&q=ada/);
  await expect(page.getByRole("table", { name: "Live credentials" })).toContainText("Ada Admin");
  await search(page).fill(person.username);
  await expect(page.getByText(`No credential of "${person.username}".`)).toBeVisible();
});
