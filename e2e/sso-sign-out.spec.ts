import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { offeredPeer } from "./offered-peer";
import { accountOf, confirm, press } from "./provider-steps";
import { runningServer } from "./server";
import { signInAs } from "./sign-in-as";
import { signOut } from "./user-menu";

test.describe.configure({ mode: "serial" });

const peer = offeredPeer();

/** Signs in through the provider as somebody new, and gives who that is. */
async function signIn(page: Page, first: string, account = accountOf(peer, first)) {
  peer.signsIn(account);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: `Continue with ${peer.name}` }).click();
  await expect(page).toHaveURL("/account");
  return account;
}

async function leave(page: Page) {
  await signOut(page);
  await expect(page).toHaveURL("/sign-in?done=signed-out");
}

const told = (page: Page) => page.getByText("You are signed out of Gatehouse.");
const onwards = (page: Page) => page.getByRole("button", { name: `Sign out at ${peer.name} too` });
const agree = (page: Page) => page.getByRole("button", { name: "Yes, sign me out" }).click();

test("I7: signing out here offers to sign out at the provider, which leads back", async ({ page }) => {
  await signIn(page, "Olive");
  await hydrated(page);
  await leave(page);
  await expect(told(page)).toBeVisible();
  await hydrated(page);
  await expectAccessible(page, "signed out, with the provider still to leave");
  await onwards(page).click();
  await page.waitForURL(`${peer.issuer}/**`);
  expect(new URL(page.url()).searchParams.get("client_id")).not.toBeNull();
  await agree(page);
  await expect(page).toHaveURL(/\/signed-out\?state=/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are signed out");
  await expect(page.getByText(`${peer.name} has signed you out as well`)).toBeVisible();
  await expectAccessible(page, "back from a sign-out at the provider");
  await page.goto("/signed-out?state=another");
  await expect(page.getByText(peer.name)).toHaveCount(0);
  await page.getByRole("link", { name: "Sign in again" }).click();
  await expect(page).toHaveURL("/sign-in");
  await expect(onwards(page)).toHaveCount(0);
  await page.goto("/sign-in?done=signed-out");
  await expect(told(page), "reload and Back say the same").toBeVisible();
});

test("without JavaScript as well", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, "Plato");
  await leave(page);
  await onwards(page).click();
  await page.waitForURL(`${peer.issuer}/**`);
  await agree(page);
  await expect(page).toHaveURL(/\/signed-out\?state=/);
  await context.close();
});

test("a session of a password offers nothing, and whoever is signed in is not told otherwise", async ({ page }) => {
  await signInAs(page, "eve");
  await page.goto("/signed-out");
  await expect(page).not.toHaveURL(/signed-out/);
  await page.goto("/account");
  await hydrated(page);
  await signOut(page);
  await expect(page).toHaveURL("/sign-in");
  await expect(onwards(page)).toHaveCount(0);
});

test("I7: a sign-out at the provider ends the session that began there; a replay is refused", async ({
  page,
  browser,
  request,
}) => {
  const account = await signIn(page, "Bruno");
  const other = await browser.newPage();
  await signIn(other, "Bruno", account);
  const before = peer.told.length;
  await page.goto(`${peer.issuer}/session/end`);
  await agree(page);
  await expect.poll(() => peer.told.length).toBe(before + 1);
  await page.goto("/account/security");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.getByText("Your session has ended. Sign in again.")).toBeVisible();
  await other.goto("/account/sessions");
  await expect(other.getByRole("table", { name: "Open sessions" })).toContainText(`through ${peer.name}`);
  await expect(other.getByRole("table", { name: "Ended sessions" })).toContainText(`Signed out at ${peer.name}`);
  await hydrated(other);
  await expectAccessible(other, "a session that the provider ended");

  const address = `${runningServer().baseUrl}/api/auth/backchannel-logout/${peer.slug}`;
  const form = { logout_token: new URLSearchParams(peer.told.at(-1)).get("logout_token") ?? "" };
  const again = await request.post(address, { form });
  expect(again.status()).toBe(400);
  expect(again.headers()["cache-control"]).toBe("no-store");
  expect(await again.json()).toEqual({
    error: "invalid_request",
    error_description: "This logout token has already been used.",
  });
  expect((await request.get(address)).status()).toBe(405);
  await other.reload();
  await expect(other).toHaveURL("/account/sessions");
  await other.close();
});

test("an administrator reads in the log who was signed out, and copies the addresses", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/audit?operation=session.end_by_provider");
  await expect(page.getByText("signed out").first()).toBeVisible();
  await expect(page.getByText("This logout token has already been used").first()).toBeVisible();
  await page.goto(`/admin/identity-providers/${peer.id}/connection`);
  await expect(page.getByText(`/api/auth/backchannel-logout/${peer.slug}`)).toBeVisible();
  await expect(page.getByText(`${runningServer().baseUrl}/signed-out`, { exact: true })).toBeVisible();
  await page.goto(`/admin/identity-providers/${peer.id}`);
  await expect(page.getByRole("region", { name: "Second factor" })).toContainText("Required for");
  await hydrated(page);
  await expectAccessible(page, "what a provider asks beside");
});

test("U13: deleting it says who is left outside, and they can be helped", async ({ page, browser }) => {
  const theirs = await browser.newPage();
  const account = await signIn(theirs, "Stella");
  await theirs.close();
  await signInAs(page, "ada");
  await page.goto(`/admin/identity-providers/${peer.id}`);
  await hydrated(page);
  await press(page, "Disable");
  await expect(page.getByRole("alertdialog")).toContainText("users cannot sign in until it is enabled again.");
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await press(page, "Delete");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("users cannot sign in until they set a password");
  await expectAccessible(page, "a deletion that leaves people outside");
  const list = dialog.getByRole("link", { name: "Show them" });
  await expect(list).toHaveAttribute("href", `/admin/users?configuration=${peer.slug}`);
  await confirm(page, "Delete");
  await expect(page.getByText(/is deleted\. \d+ users cannot sign in now\./)).toBeVisible();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(`/admin/users?configuration=${peer.slug}`);
  await page.goto(`/admin/users?q=${account.preferred_username}`);
  await page
    .getByRole("table")
    .getByRole("link", { name: `Stella ${account.family_name}` })
    .click();
  await expect(page.getByRole("group", { name: "Configuration" })).toHaveText(peer.slug);
  await expect(page.getByText("No password yet")).toBeVisible();
  await hydrated(page);
  await expectAccessible(page, "a user of a provider that is gone");
  await press(page, "Set a password");
  await page
    .getByRole("dialog")
    .getByRole("radio", { name: /Generate/ })
    .check();
  await page.getByRole("dialog").getByRole("button", { name: "Set a password" }).click();
  const shown = page.getByRole("dialog").getByRole("code");
  await expect(shown).toBeVisible();
  const password = (await shown.textContent()) ?? "";
  const fresh = await browser.newPage();
  await fresh.goto("/sign-in");
  await hydrated(fresh);
  await fresh.getByLabel("User name or email").fill(account.preferred_username);
  await fresh.getByLabel("Password", { exact: true }).fill(password);
  await fresh.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(fresh).toHaveURL(/\/new-password/);
  await fresh.close();
});
