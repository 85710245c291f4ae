import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { stallRoute } from "./stall-route";

/** Events about one person, newest first a minute apart, as the commands would have written them. */
async function makeEvents(personId: string, lastNames: string[]) {
  await withDatabase(async (sql) => {
    for (const [index, lastName] of lastNames.entries()) {
      const [id, at] = [v7(), new Date(Date.now() - (index + 1) * 60_000)];
      await sql`
        insert into events (id, at, actor_kind, actor_id, operation, outcome, target_kind, target_id, person_id, request_id, commitments)
        select ${id}, ${at}, 'person', id, 'user.update', 'succeeded', 'user', ${personId}, ${personId}, 'journey', '{"a":"b"}'
          from users where username_key = 'ada'`;
      const values = { "change.lastName": { salt: "s", value: ["Before", lastName] } };
      await sql`insert into event_values (event_id, at, values) values (${id}, ${at}, ${sql.json(values)})`;
    }
  });
}

const events = (page: Page) => page.getByRole("main").locator("section ol > li");

test("L3: the log tells in plain sentences, its filters are in the address, and they can be taken away", async ({
  page,
}) => {
  const person = await makePerson("audited", { firstName: "Nadia", lastName: "Audited" });
  await makeEvents(person.id, ["After"]);
  await signInAs(page, "ada");
  await page.goto("/admin/audit");
  await expect(page.getByRole("heading", { name: "Audit log" })).toBeVisible();
  await hydrated(page);

  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Target user" }).click();
  await page.getByPlaceholder("Search target user").fill(person.username);
  await page.getByRole("option", { name: /Nadia Audited/ }).click();
  await expect(page).toHaveURL(new RegExp(`about=${person.id}`));
  await page.keyboard.press("Escape");
  await expect(events(page)).toHaveCount(1);
  await expect(events(page)).toContainText("Ada Admin edited Nadia Audited");
  await expect(events(page)).toContainText("Last Name");
  await expect(events(page).locator("del")).toHaveText("Before");
  await expect(events(page).locator("ins")).toHaveText("After");

  await page.reload();
  await hydrated(page);
  await expect(events(page)).toHaveCount(1);
  await page.getByRole("link", { name: "Remove filter: Target user is Nadia Audited" }).click();
  await expect(page).not.toHaveURL(/about=/);
  await page.goBack();
  await expect(events(page)).toHaveCount(1);

  await page.goto(`/admin/audit?person=${person.id}&outcome=refused`);
  await expect(page.getByText("No event matches these filters.")).toBeVisible();
  await page.goto("/admin/audit?outcome=nonsense&after=torn");
  await expect(page.getByText("outcome=nonsense")).toBeVisible();
  await expect(page.getByText("This link points to a page of another list")).toBeVisible();
});

test("L3: who acted and whom it is about are filters of their own, and links to both still work", async ({ page }) => {
  const person = await makePerson("acted", { firstName: "Petra", lastName: "Acted" });
  await makeEvents(person.id, ["After"]);
  await withDatabase(async (sql) => {
    for (const [operation, outcome] of [
      ["session.start", "succeeded"],
      ["session.refuse", "refused"],
    ] as const)
      await sql`
        insert into events (id, at, actor_kind, operation, outcome, target_kind, person_id, request_id, commitments)
        values (${v7()}, now(), 'nobody', ${operation}, ${outcome}, 'session', ${person.id}, 'journey', '{}')`;
  });
  await signInAs(page, "ada");
  await page.goto(`/admin/audit?actor=${person.id}`);
  await expect(page.getByRole("link", { name: "Remove filter: Actor is Petra Acted" })).toBeVisible();
  await expect(events(page)).toHaveCount(1);
  await expect(events(page)).toContainText("Petra Acted signed in");

  await page.goto(`/admin/audit?about=${person.id}`);
  await hydrated(page);
  await expect(events(page)).toHaveCount(3);
  await expect(page.locator('main li[data-outcome="refused"]')).toHaveCount(1);
  await page.getByRole("link", { name: "Hide sign-ins" }).click();
  await expect(page).toHaveURL(/signIns=hidden/);
  await expect(events(page)).toHaveCount(1);
  await page.getByRole("link", { name: "Show sign-ins" }).click();
  await expect(events(page)).toHaveCount(3);

  await page.goto(`/admin/audit?person=${person.id}`);
  await expect(page.getByRole("link", { name: "Remove filter: Person is Petra Acted" })).toBeVisible();
  await expect(events(page)).toHaveCount(3);
});

test("a period back from now takes the place of days, and days take its place", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/audit?from=2026-01-05&outcome=refused");
  await hydrated(page);
  const period = page.getByRole("navigation", { name: "Period" });
  await period.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL("/admin/audit?outcome=refused&last=7d");
  await expect(period.getByRole("link", { name: "Last 7 days" })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("link", { name: "Export CSV" })).toHaveAttribute("href", /last=7d/);
  await page.getByLabel("From day").fill("2026-01-05");
  await expect(page).toHaveURL("/admin/audit?outcome=refused&from=2026-01-05");
});

test("days that are chosen while a filter is being taken away do not bring it back", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/audit?outcome=refused");
  await hydrated(page);
  const letGo = await stallRoute(page, /\/admin\/audit\?|\/admin\/audit$/);
  const asked = page.waitForRequest((request) => request.url().includes("from=2026-01-05"));
  await page.getByRole("link", { name: "Remove filter: Outcome is refused" }).click();
  await page.getByLabel("From day").fill("2026-01-05");
  await asked;
  letGo();
  await expect(page).toHaveURL("/admin/audit?from=2026-01-05");
});

test("the log is walked by page, there and back", async ({ page }) => {
  const person = await makePerson("walked", { firstName: "Wanda", lastName: "Walked" });
  await makeEvents(
    person.id,
    Array.from({ length: 51 }, (_, index) => `Name ${index}`),
  );
  await signInAs(page, "audrey");
  await page.goto(`/admin/audit?person=${person.id}`);
  await hydrated(page);
  await expect(page.getByText("1–50 of 51")).toBeVisible();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("51–51 of 51")).toBeVisible();
  await expect(events(page)).toContainText("Name 50");
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByText("1–50 of 51")).toBeVisible();
});

test("the Activity tab shows the person's events to those who may read them, and tells the others who can", async ({
  page,
}) => {
  const [eve] = await withDatabase((sql) => sql<{ id: string }[]>`select id from users where username_key = 'eve'`);
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${eve?.id}/activity`);
  await expect(page.getByRole("link", { name: "Activity" })).toHaveAttribute("aria-current", "page");
  await expect(events(page).nth(1)).toBeVisible();

  await page.context().clearCookies();
  await signInAs(page, "lee");
  await page.goto(`/admin/users/${eve?.id}/activity`);
  await expect(page.getByText("You don't have permission to see the activity of Eve Engineer.")).toBeVisible();
  await expect(page.getByText("People with the role Admin or Auditor can.")).toBeVisible();
  expect((await page.goto("/admin/audit"))?.status()).toBe(403);
  expect((await page.request.get("/admin/audit/export")).status()).toBe(403);
});

test("B4: an export holds the current filter, guards its cells, and is itself an event", async ({ page }) => {
  const person = await makePerson("exported", { firstName: "Xenia", lastName: "Exported" });
  await makeEvents(person.id, ["=1+1", "Ordinary"]);
  await signInAs(page, "ada");
  await page.goto(`/admin/audit?person=${person.id}`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain('"Ada Admin edited Xenia Exported","Last Name: Before to =1+1"');

  const ndjson = await page.request.get(`/admin/audit/export?person=${person.id}&format=ndjson`);
  expect(ndjson.headers()["content-disposition"]).toContain("attachment");
  const rows = (await ndjson.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.map(({ changes }) => changes.lastName[1])).toEqual(["=1+1", "Ordinary"]);

  await page.goto("/admin/audit?operation=audit.export");
  await expect(events(page).filter({ hasText: "Ada Admin exported the audit log: 2 events as" })).not.toHaveCount(0);
});

test("B4: the CSV for spreadsheets begins with a byte-order mark, said beside its button; the plain one does not", async ({
  page,
}) => {
  await signInAs(page, "audrey");
  await page.goto("/admin/audit?last=24h&outcome=refused");
  const spreadsheet = page.getByRole("link", { name: "For spreadsheets" });
  await expect(spreadsheet).toHaveAccessibleDescription(/byte-order mark/);
  const bytesOf = async (name: string) => {
    const href = await page.getByRole("link", { name, exact: true }).getAttribute("href");
    const answer = await page.request.get(href ?? "");
    expect([answer.status(), answer.headers()["content-type"]]).toEqual([
      200,
      expect.stringMatching(/^text\/csv; charset=utf-8/),
    ]);
    return answer.body();
  };
  const [marked, plain] = [await bytesOf("For spreadsheets"), await bytesOf("Export CSV")];
  expect(marked.subarray(0, 3).toString("hex")).toBe("efbbbf");
  const headOf = (bytes: Buffer) => bytes.toString().split("\r\n")[0];
  expect(headOf(plain)).toMatch(/^"at",/);
  expect(headOf(marked.subarray(3))).toBe(headOf(plain));
});

test("a refusal looks unlike what was done: by its sign, in grey too, and by its colour", async ({ page }) => {
  await signInAs(page, "audrey");
  await page.goto("/admin/audit?operation=session.start");
  const looks = async (outcome: string) => {
    const sign = page.locator(outcome).first().locator("[aria-hidden]").first();
    const icon = await sign.locator("use").getAttribute("href");
    const colour = await sign.evaluate((element) => getComputedStyle(element).color);
    return [icon, colour];
  };
  const done = await looks("li:not([data-outcome]):has(> time)");
  await page.goto("/admin/audit?outcome=refused");
  const refused = await looks("li[data-outcome=refused]");
  expect(refused[0]).not.toBe(done[0]);
  expect(refused[1]).not.toBe(done[1]);
});
