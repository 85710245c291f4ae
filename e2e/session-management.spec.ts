import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, startSession, withDatabase } from "./sign-in-as";

const rows = (page: Page, list: string) => page.getByRole("table", { name: list }).getByRole("row");
const tabs = (page: Page) => page.getByRole("navigation", { name: "Session Management" }).getByRole("link");

async function open(page: Page, path: string, who = "ada") {
  await signInAs(page, who);
  await page.goto(path);
  await hydrated(page);
}

test("C13: one session is ended, then all of a person's", async ({ page }) => {
  const person = await makePerson("busy", { firstName: "Busy", lastName: "Body" });
  for (const agent of ["Mozilla/5.0 (X11; Ubuntu) Firefox/142.0", "curl/8.14.1", "Wget/1.25"])
    await startSession(person.username, agent);
  await open(page, `/admin/sessions?q=${person.username}`);
  const list = rows(page, "Active Users");
  await expect(list).toHaveCount(4);
  await expect(list.filter({ hasText: "Firefox on Ubuntu" })).toContainText("Busy Body");
  await page.getByRole("button", { name: "Logout", description: "Busy Body, curl, 127.0.0.1" }).click();
  await expect(page.getByText("The session of Busy Body is ended: curl, 127.0.0.1")).toBeVisible();
  await expect(list.filter({ hasText: "curl" })).toContainText("ended");
  await list.getByRole("link", { name: "Busy Body" }).first().click();
  await expect(page).toHaveURL(`/admin/users/${person.id}/sessions`);
  await hydrated(page);
  await page.getByRole("button", { name: "Logout all" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("Ends 2 sessions at once.");
  await dialog.getByRole("button", { name: "Logout all" }).click();
  await expect(page.getByText("2 sessions of Busy Body are ended")).toBeVisible();
  await expect(page.getByText("Busy Body is not signed in anywhere.")).toBeVisible();
  await expect(rows(page, "Ended sessions").filter({ hasText: "Logged out by Ada Admin" })).toHaveCount(3);

  await page.goto(`/admin/sessions?q=${person.username}`);
  await expect(page.getByText(`No session matches "${person.username}".`)).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(page).toHaveURL("/admin/sessions");
});

test("Home leads there, and one's own session says so", async ({ page }) => {
  await open(page, "/admin");
  await page.getByRole("link", { name: /^Signed in now/ }).click();
  await expect(page).toHaveURL("/admin/sessions");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Session Management");
  await expect(rows(page, "Active Users").filter({ hasText: "This session" })).not.toHaveCount(0);
});

test("the lists are walked by key, and a foreign place is told", async ({ page }) => {
  const person = await makePerson("walked");
  for (let count = 0; count < 52; count++) await startSession(person.username);
  await open(page, `/admin/sessions?q=${person.username}`);
  await expect(page.getByText("1–50 of 52")).toBeVisible();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("51–52 of 52")).toBeVisible();
  const after = new URL(page.url()).searchParams.get("after") ?? "";
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByText("1–50 of 52")).toBeVisible();
  await page.goto(`/admin/sessions/locked?after=${after}`);
  await expect(page.getByText("This link points to a page of another list. This is the first page.")).toBeVisible();
});

test("Active Clients names the client, its user and its last beat", async ({ page }) => {
  await open(page, "/admin/sessions/clients?q=eve-workstation");
  const list = rows(page, "Active Clients");
  await expect(list).toHaveCount(2);
  await expect(list.nth(1)).toContainText("Eve Engineer");
  await expect(page.getByText(/"Deregister" under "Client Provision"/)).toBeVisible();
});

test("R11: whoever reaches some people sees those, on the tabs that they may open", async ({ page }) => {
  const below = await makePerson("below", { firstName: "Bea", lastName: "Low", manager: "lee" });
  const beside = await makePerson("beside", { firstName: "Bess", lastName: "Ide" });
  await withDatabase((sql) => sql`update users set locked_at = now() where id in ${sql([below.id, beside.id])}`);
  await open(page, "/admin", "lee");
  await page.getByRole("link", { name: "Session Management" }).click();
  await expect(page).toHaveURL("/admin/sessions/clients");
  await expect(tabs(page)).toHaveText(["Active Clients", "Locked Users"]);
  await tabs(page).filter({ hasText: "Locked Users" }).click();
  await expect(rows(page, "Locked Users").filter({ hasText: "Bea Low" })).toHaveCount(1);
  await expect(page.getByText("Bess Ide")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Unlock", description: "Bea Low" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.goto(`/admin/sessions/locked?q=${beside.username}`);
  await expect(page.getByText(`No locked user matches "${beside.username}".`)).toBeVisible();
});

test("an auditor sees and ends nothing", async ({ page }) => {
  const person = await makePerson("seen", { firstName: "Sean", lastName: "Seen" });
  await startSession(person.username);
  await open(page, `/admin/sessions?q=${person.username}`, "audrey");
  const theirs = rows(page, "Active Users").filter({ hasText: "Sean Seen" });
  await expect(theirs.getByRole("button", { name: "Logout" })).toHaveAttribute("aria-disabled", "true");
});
