import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const rows = (page: Page) => page.getByRole("table", { name: "All clients" }).getByRole("row");
const rowOf = (page: Page, client: string) => rows(page).filter({ hasText: client });
const unique = (name: string) => `${name}-${randomUUID().slice(-8)}`;

type Kept = { status?: string; awaiting?: boolean; last_heartbeat_at?: Date | null; version?: string | null };

async function withClient(person: MadePerson, name: string, kept: Kept = {}) {
  const columns = { status: "registered", awaiting: false, last_heartbeat_at: new Date(), version: "2.9.1", ...kept };
  const fixed = { token_prefix: "gh_cli_", token_last_four: "abcd", token_expires_at: new Date(), platform: "Ubuntu" };
  const row = { id: randomUUID(), user_id: person.id, name, name_key: name, search: ` ${name}`, ...fixed, ...columns };
  await withDatabase((sql) => sql`insert into clients ${sql(row)}`);
}

async function open(page: Page, query: string, who = "ada") {
  await signInAs(page, who);
  await page.goto(`/admin/clients${query}`);
  await hydrated(page);
}

async function choose(page: Page, client: string, verb: string) {
  const row = rowOf(page, client);
  await row.hover();
  await row.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: verb }).click();
}

test("C15: every client in sight is found, filtered, sorted, renamed, and deleted once deregistered", async ({
  page,
}) => {
  const person = await makePerson("fleet", { firstName: "Flora", lastName: "Fleet" });
  const [first, second, third] = [unique("alpha"), unique("beta"), unique("gamma")] as const;
  await withClient(person, first);
  await withClient(person, second, { status: "deregistered", last_heartbeat_at: null, version: null });
  await withClient(person, third, { last_heartbeat_at: new Date(Date.now() - 20 * 86_400_000), version: "2.8" });
  await open(page, `?owner=${person.id}`);
  await expect(rows(page)).toHaveCount(4);
  for (const text of ["Flora Fleet", "registered", "online", "2.9.1", "Ubuntu"])
    await expect(rowOf(page, first)).toContainText(text);
  await expect(rowOf(page, second)).toContainText("never contacted");
  await expect(rowOf(page, third)).toContainText("stale");
  await expectAccessible(page, "all clients");

  await page.getByRole("link", { name: "Last contact" }).first().click();
  await expect(rows(page).nth(1)).toContainText(second);
  for (const [query, found] of [
    [`?q=${first}`, first],
    [`?q=${person.username}&status=deregistered`, second],
    [`?q=${person.username}&connection=stale`, third],
    [`?owner=${person.id}&version=unknown`, second],
  ] as const) {
    await page.goto(`/admin/clients${query}`);
    await expect(rows(page), query).toHaveCount(2);
    await expect(rowOf(page, found), query).toBeVisible();
  }

  await page.goto(`/admin/clients?owner=${person.id}`);
  await hydrated(page);
  await choose(page, first, "Rename");
  const naming = page.getByRole("dialog", { name: `Rename ${first}` });
  await naming.getByLabel("Name").fill(third.toUpperCase());
  await naming.getByRole("button", { name: "Rename" }).click();
  await expect(naming.getByLabel("Name")).toHaveAccessibleDescription(/already has a client named/);
  await expectAccessible(page, "renaming a client");
  const other = unique("delta");
  await naming.getByLabel("Name").fill(other);
  await naming.getByRole("button", { name: "Rename" }).click();
  await expect(rowOf(page, other)).toBeVisible();
  await expect(naming).toBeHidden();
  await expect(rowOf(page, other).getByRole("button", { name: "More actions" })).toBeFocused();

  await rowOf(page, other).getByRole("button", { name: "More actions" }).click();
  const off = page.getByRole("menuitem", { name: "Delete" });
  await expect(off).toHaveAttribute("aria-disabled", "true");
  await expect(off).toContainText(`${other} is registered. Deregister it first.`);
  await page.keyboard.press("Escape");
  await expect(off).toBeHidden();
  await choose(page, second, "Delete");
  const question = page.getByRole("alertdialog", { name: `Delete ${second}?` });
  await expectAccessible(page, "deleting a client");
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(rowOf(page, second)).toContainText("deleted");
  await page.reload();
  await expect(rows(page)).toHaveCount(3);

  await page.goto("/admin/clients?q=nothing+is+called+this");
  await expect(page.getByText('No client matches "nothing is called this".')).toBeVisible();
  await expectAccessible(page, "no client");
});

test("C15: Home leads to the clients that it counts, and its navigation to all", async ({ page }) => {
  const person = await makePerson("counted");
  const name = unique("stale");
  await withClient(person, name, { last_heartbeat_at: new Date(Date.now() - 30 * 86_400_000) });
  await signInAs(page, "ada");
  await page.goto("/admin");
  await page.getByRole("link", { name: /^Clients online/ }).click();
  await expect(page).toHaveURL(/\/admin\/clients\?connection=online$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Clients");
  await page.goto("/admin");
  await page.getByRole("link", { name: "View clients", description: /stale/ }).click();
  await expect(page).toHaveURL(/\/admin\/clients\?sort=lastContact&connection=stale$/);
  await page.getByRole("navigation").getByRole("link", { name: "Clients", exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/clients$/);
});

test("R11: a lead sees the clients of the people below, and changes none", async ({ page }) => {
  const lead = await makePerson("leading", { primaryRole: "Quality Lead", manager: "lee" });
  const below = await makePerson("below", { manager: lead.username });
  const outside = await makePerson("outside");
  const name = unique("rig");
  await withClient(below, name);
  await withClient(outside, name);
  await open(page, `?q=${name}`, lead.username);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).getByRole("link", { name: below.name })).toHaveAttribute(
    "href",
    `/admin/users/${below.id}/clients`,
  );
  await expect(rows(page).getByRole("button", { name: "More actions" })).toHaveCount(0);
  await expectAccessible(page, "all clients of a lead");
  await page.goto(`/admin/clients?owner=${outside.id}`);
  await expect(page.getByText("No client matches these filters.")).toBeVisible();
});

test("own clients are renamed under Token Management, and not deleted there without client.manage (C9)", async ({
  page,
}) => {
  const person = await makePerson("own");
  await withClient(person, "desk");
  await signInAs(page, person.username);
  await page.goto("/account/clients");
  await hydrated(page);
  const row = page.getByRole("row").filter({ hasText: "desk" });
  await row.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Rename"]);
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("bench");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("row").filter({ hasText: "bench" })).toBeVisible();
  await expectAccessible(page, "own clients");
  expect((await page.goto("/admin/clients"))?.status()).toBe(403);
});

test("C15: a client with an older version than the setting names is marked as outdated, and found as such", async ({
  page,
}) => {
  const person = await makePerson("ages", { firstName: "Agnes", lastName: "Ages" });
  const [older, newer] = [unique("older"), unique("newer")] as const;
  await withClient(person, older, { version: "0.0.9" });
  await withClient(person, newer, { version: "999.1" });
  await open(page, `?owner=${person.id}`);
  await expect(rowOf(page, older)).toContainText("0.0.9 outdated");
  await expect(rowOf(page, newer)).toContainText("999.1");
  await expect(rowOf(page, newer)).not.toContainText("outdated");
  await page.goto(`/admin/clients?owner=${person.id}&version=outdated`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rowOf(page, older)).toBeVisible();
});
