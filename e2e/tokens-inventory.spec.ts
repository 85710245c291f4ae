import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makeRole, removeRole } from "./made-roles";
import { type MadePerson, makePerson } from "./people";
import { signInAs, startSession, withDatabase } from "./sign-in-as";

const rows = (page: Page) => page.getByRole("table", { name: "Live credentials" }).getByRole("row");
const later = () => new Date(Date.now() + 86_400_000);

/** A token, a client and an open link for a new password of somebody. */
async function withCredentials(person: MadePerson) {
  const called = (name: string) => ({ id: randomUUID(), user_id: person.id, name, name_key: name });
  const token = { ...called("nightly"), hash: randomUUID(), prefix: "gh_pat_", last_four: "9fKa" };
  const unused = { token_prefix: "gh_cli_", token_last_four: "abcd", token_expires_at: new Date() };
  const client = { ...called("desk"), status: "registered", awaiting: false, ...unused };
  const link = { id: randomUUID(), purpose: "password_reset", user_id: person.id, hash: randomUUID() };
  await withDatabase(async (sql) => {
    await sql`insert into access_tokens ${sql({ ...token, operations: ["user.read"] })}`;
    await sql`insert into clients ${sql(client)}`;
    await sql`insert into links ${sql({ ...link, expires_at: later() })}`;
  });
}

async function open(page: Page, query: string, who = "ada") {
  const session = await signInAs(page, who);
  await page.goto(`/admin/tokens${query}`);
  await hydrated(page);
  return session;
}

test("S9, T4: an administrator finds live credentials and revokes several of different kinds at once", async ({
  page,
}) => {
  const person = await makePerson("holder", { firstName: "Holly", lastName: "Holder" });
  await withCredentials(person);
  await startSession(person.username, "curl/8.14.1");
  await signInAs(page, "ada");
  await page.goto("/admin");
  await page.getByRole("navigation").getByRole("link", { name: "Tokens", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tokens");
  await page.goto(`/admin/tokens?person=${person.id}`);
  await hydrated(page);
  await expect(rows(page)).toHaveCount(5);
  for (const text of ["access token", "client", "session", "reset link"])
    await expect(rows(page).filter({ hasText: text })).not.toHaveCount(0);
  await expect(rows(page).filter({ hasText: "nightly" })).toContainText("gh_pat_…9fKa");
  await expectAccessible(page, "live credentials");

  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Kind" }).click();
  await page.getByRole("option", { name: "session", exact: true }).click();
  await page.getByRole("option", { name: "client", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(rows(page)).toHaveCount(3);
  await page.goto(`/admin/tokens?person=${person.id}&unused=never`);
  await expect(rows(page).filter({ hasText: "curl" })).toHaveCount(0);
  await page.goto(`/admin/tokens?person=${person.id}&sort=-lastUsedAt`);
  await hydrated(page);
  await expect(rows(page).nth(1)).toContainText("curl");

  const revoke = page.getByRole("button", { name: "Revoke selected" });
  await expect(revoke).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("checkbox", { name: /^Select session curl/ }).check();
  await page.getByRole("checkbox", { name: /^Select client desk/ }).check();
  await page.getByRole("checkbox", { name: /^Select reset link/ }).check();
  await expect(page.getByText("3 selected")).toBeVisible();
  await revoke.click();
  const dialog = page.getByRole("dialog", { name: "Revoke 3 credentials?" });
  for (const heading of ["1 client would end", "1 session would end", "1 reset link would end"])
    await expect(dialog.getByRole("heading", { name: heading })).toBeVisible();
  await expect(dialog).toContainText("The user has to sign in again.");
  await expectAccessible(page, "revoking live credentials");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(revoke).toBeFocused();
  await expect(rows(page)).toHaveCount(5);
  await revoke.click();
  await dialog.getByRole("button", { name: "Revoke 3" }).click();
  await expect(page.getByText("3 credentials are revoked")).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText("nightly");

  await page.goto(`/admin/users/${person.id}/sessions`);
  await expect(page.getByText("Holly Holder is not signed in anywhere.")).toBeVisible();
  await page.goto(`/admin/users/${person.id}/clients`);
  await expect(page.getByRole("row").filter({ hasText: "desk" })).toContainText("deregistered");
  await page.goto(`/admin/tokens?person=${person.id}&kind=session`);
  await expect(page.getByText("No credential matches these filters.")).toBeVisible();
  await expectAccessible(page, "no live credential");
});

test("the session in which one is signed in is not revoked, and the preview says why", async ({ page }) => {
  const person = await makePerson("self", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });
  await open(page, `?person=${person.id}`, person.username);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText("This session");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await page.getByRole("button", { name: "Revoke selected" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke one credential?" });
  await expect(dialog.getByRole("heading", { name: "1 cannot be revoked" })).toBeVisible();
  await expect(dialog).toContainText("This is your current session. Sign out to end it.");
  await expect(dialog.getByRole("button", { name: "Revoke", exact: true })).toHaveAttribute("aria-disabled", "true");
});

test("R11: a lead sees the credentials of the people below, of each kind as far as they may read it", async ({
  page,
}) => {
  const lead = await makePerson("leading", { primaryRole: "Quality Lead", manager: "lee" });
  const below = await makePerson("below", { firstName: "Bella", lastName: "Below", manager: lead.username });
  const outside = await makePerson("outside", { firstName: "Otto", lastName: "Outside" });
  for (const person of [below, outside]) {
    await withCredentials(person);
    await startSession(person.username, "curl/8.14.1");
  }
  await open(page, "", lead.username);
  await expect(rows(page).filter({ hasText: "Bella Below" })).toHaveCount(2);
  await expect(rows(page).filter({ hasText: "Otto Outside" })).toHaveCount(0);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expectAccessible(page, "live credentials of a lead");
  await expect(rows(page).filter({ hasText: "Bella Below" }).filter({ hasText: "curl" })).toHaveCount(0);
  await page.goto(`/admin/tokens?person=${outside.id}`);
  await expect(page.getByText("No credential matches these filters.")).toBeVisible();

  const role = await makeRole("Session reader", [["session.read", "reports"]]);
  await withDatabase((sql) => sql`insert into user_roles (user_id, role_id) values (${lead.id}, ${role.id})`);
  await page.goto(`/admin/tokens?person=${below.id}`);
  await expect(rows(page)).toHaveCount(4);
  await removeRole(role);
});

test("whoever reads no credential of anybody else has no screen of them", async ({ page }) => {
  const person = await makePerson("nobody");
  await signInAs(page, person.username);
  expect((await page.goto("/admin/tokens"))?.status()).toBe(403);
});
