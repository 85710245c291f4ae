import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { offeredPeer } from "./offered-peer";
import { accountOf, confirm, press } from "./provider-steps";
import { signInAs } from "./sign-in-as";
import { signOut } from "./user-menu";
import { showColumn } from "./user-steps";

test.describe.configure({ mode: "serial" });

const peer = offeredPeer();

const goOn = (page: Page) => page.getByRole("button", { name: `Continue with ${peer.name}` });
const refusal = (page: Page) => page.getByRole("main").getByRole("alert");

async function leave(page: Page) {
  await page.goto("/account");
  await hydrated(page);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in/);
}

test("I2, U4: a first sign-in makes the user, who is shown with the provider, and the next one finds them", async ({
  page,
}) => {
  const account = accountOf(peer);
  peer.signsIn(account);
  await page.goto("/account/security");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await hydrated(page);
  await expectAccessible(page, "sign-in with a provider");
  await goOn(page).click();
  await expect(page).toHaveURL("/account/security");
  const own = page.getByRole("region", { name: "Identity providers" });
  await expect(own).toContainText(account.email);
  await expect(page.getByText(`Your email and password are managed by ${peer.name}. Change them there.`)).toBeVisible();
  await expectAccessible(page, "one's own identity");

  await leave(page);
  await goOn(page).click();
  await expect(page).toHaveURL("/account");
  await signInAs(page, "ada");
  await page.goto(`/admin/users?q=${account.preferred_username}`);
  const rows = page.getByRole("table").getByRole("link", { name: `Petra ${account.family_name}` });
  await expect(rows).toHaveCount(1);
  await showColumn(page, "Configuration");
  await expect(page.getByRole("cell", { name: peer.name })).toBeVisible();
  await rows.click();
  await expect(page.getByRole("group", { name: "Configuration" })).toHaveText(peer.name);
  await hydrated(page);
  await expectAccessible(page, "a user of a provider");
  await press(page, `Unlink ${peer.name}`);
  await confirm(page, "Unlink");
  await expect(page.getByText(`${peer.name} is unlinked. There is no way left to sign in`)).toBeVisible();
});

test("S1: without JavaScript as well", async ({ browser }) => {
  peer.signsIn(accountOf(peer, "Plain"));
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in?next=%2Faccount%2Fsessions");
  await goOn(page).click();
  await expect(page).toHaveURL("/account/sessions");
  await context.close();
});

test("typing an email of its domain offers it, and a portal begins at once", async ({ page }) => {
  peer.signsIn(accountOf(peer, "Portia"));
  await page.goto("/sign-in");
  await hydrated(page);
  await page.getByLabel("User name or email").fill("somebody@elsewhere.example");
  await page.getByLabel("User name or email").fill(`somebody@${peer.domain}`);
  const offered = page.getByText(`With this email you can sign in through ${peer.name}.`);
  await expect(offered).toBeVisible();
  await expectAccessible(page, "a provider offered for an email");
  await press(page, "Continue");
  await expect(page).toHaveURL("/account");
  await leave(page);
  await page.goto(`/sign-in/${peer.slug}?next=%2Faccount%2Fsessions`);
  await expect(page).toHaveURL("/account/sessions");
});

test("a cancel says so, with a way on that keeps where one was going", async ({ page }) => {
  peer.signsIn(null);
  await page.goto("/sign-in?next=%2Faccount%2Fsecurity");
  await hydrated(page);
  await goOn(page).click();
  await expect(refusal(page)).toHaveText(`You cancelled at ${peer.name}. Start again when you want to sign in.`);
  await expectAccessible(page, "a sign-in that was cancelled");
  peer.signsIn(accountOf(peer, "Patience"));
  await hydrated(page);
  await goOn(page).click();
  await expect(page).toHaveURL("/account/security");
});

test("I5: somebody else's email or user name is not taken over", async ({ page }) => {
  peer.signsIn({ ...accountOf(peer), preferred_username: "eve" });
  await page.goto("/sign-in");
  await hydrated(page);
  await goOn(page).click();
  await expect(refusal(page)).toContainText("Another account already has your user name or email");
});

test("once disabled it is offered to nobody, and whoever is at it by then is refused", async ({ page, browser }) => {
  const account = accountOf(peer, "Late");
  peer.signsIn(account);
  await page.goto("/sign-in");
  await hydrated(page);
  const admin = await browser.newPage();
  await signInAs(admin, "ada");
  await admin.goto(`/admin/identity-providers/${peer.id}`);
  await hydrated(admin);
  await press(admin, "Disable");
  await confirm(admin, "Disable");
  await expect(admin.getByText(`${peer.name} is disabled`)).toBeVisible();
  await admin.close();
  await goOn(page).click();
  await expect(refusal(page)).toHaveText("This way to sign in is not available at the moment. Choose another one.");
  await expect(goOn(page)).toHaveCount(0);
  await page.goto(`/sign-in/${peer.slug}`);
  await expect(refusal(page)).toHaveText("This way to sign in is not available at the moment. Choose another one.");
});
