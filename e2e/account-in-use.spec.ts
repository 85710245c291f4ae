import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { lastMailTo } from "./mailbox";
import { offeredPeer } from "./offered-peer";
import { accountOf, field, press } from "./provider-steps";
import { signInAs, withDatabase } from "./sign-in-as";
import { signOut } from "./user-menu";

/** As long as one may be, and without a place to break at. */
const longName = "Verwaltungsgemeinschaft".repeat(3).slice(0, 60);

const peer = offeredPeer();

const rename = (name: string) =>
  withDatabase(
    (sql) => sql`update identity_providers set name = ${name}, name_key = lower(${name}) where slug = ${peer.slug}`,
  );

/** Whether all that stands on it can be read. */
const isCut = (button: Locator) =>
  button.evaluate((element) =>
    [element, ...element.querySelectorAll("span")].some(
      (part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline",
    ),
  );

async function invite(
  page: Page,
  { preferred_username, given_name, family_name, email }: ReturnType<typeof accountOf>,
) {
  await page.goto("/admin/users/new");
  await hydrated(page);
  const form = page.getByRole("form", { name: "Create User" });
  await form.getByLabel("User Name").fill(preferred_username);
  await form.getByLabel("First Name").fill(given_name);
  await form.getByLabel("Last Name").fill(family_name);
  await form.getByLabel("Email").fill(email);
  await press(page, "Continue");
  await press(page, "Continue");
  await press(page, "Create");
  await expect(page).toHaveURL(/\/clients$/);
  await page.getByRole("link", { name: "User Details" }).click();
  await hydrated(page);
}

test("an invitation whose person came in through a provider says so, and how to sign in", async ({ page, browser }) => {
  const account = accountOf(peer, "Ines");
  const name = `${account.given_name} ${account.family_name}`;
  await signInAs(page, "ada");
  await invite(page, account);
  const panel = page.getByRole("region", { name: "Invitation" });
  await panel.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText(`An invitation was sent to ${name}`)).toBeVisible();
  await expectAccessible(page, "an invitation that was sent again");
  const { link } = await lastMailTo(account.email, { least: 2 });

  await press(page, "Link");
  await field(page, "Provider").selectOption(peer.name);
  await page.getByRole("dialog").getByRole("button", { name: "Prepare the link" }).click();
  await expect(page.getByText(`Waiting for a sign-in as ${account.email}`)).toBeVisible();

  const context = await browser.newContext();
  const theirs = await context.newPage();
  peer.signsIn(account);
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: `Welcome, ${name}` })).toBeVisible();
  await theirs.goto("/sign-in");
  await hydrated(theirs);
  await press(theirs, `Continue with ${peer.name}`);
  await expect(theirs).toHaveURL("/account");

  await context.clearCookies();
  await rename(longName);
  await theirs.goto(link);
  await hydrated(theirs);
  await expect(theirs.getByRole("heading", { name: "Your account is in use" })).toBeVisible();
  await expect(theirs.getByText(`${name} has already signed in`)).toContainText(
    `Sign in through ${longName}, as before.`,
  );
  await expectAccessible(theirs, "an invitation to an account in use");
  const goOn = theirs.getByRole("button", { name: `Continue with ${longName}` });
  expect(await isCut(goOn)).toBe(false);
  await goOn.click();
  await expect(theirs).toHaveURL("/account");
  await readsWithLongName(theirs, account.sub);

  await withDatabase((sql) => sql`update identity_providers set state = 'disabled' where slug = ${peer.slug}`);
  await context.clearCookies();
  await theirs.goto(link);
  await expect(theirs.getByText("Sign in as before.")).toBeVisible();
  await theirs.getByRole("link", { name: "Sign in", exact: true }).click();
  await expect(theirs).toHaveURL("/sign-in");
  await context.close();
});

/** The other buttons that name a provider: to confirm who one is there, and to sign out there as well. */
async function readsWithLongName(page: Page, subject: string) {
  await withDatabase(
    (sql) => sql`
      update sessions set verified_at = now() - interval '1 hour'
       where user_id = (select user_id from identities where subject = ${subject})`,
  );
  await page.goto("/account/security");
  await hydrated(page);
  await press(page, "Add an authenticator app");
  const confirm = page.getByRole("dialog").getByRole("link", { name: `Confirm at ${longName}` });
  await expectAccessible(page, "to confirm at a provider with a long name");
  expect(await isCut(confirm)).toBe(false);
  // The window goes on to the provider by itself, which leads back at once.
  await page.goto((await confirm.getAttribute("href")) ?? "");
  await expect(page.getByRole("heading", { name: "Confirmed" })).toBeVisible();
  await page.goto("/account");
  await hydrated(page);
  await signOut(page);
  const leave = page.getByRole("button", { name: `Sign out at ${longName} too` });
  await expect(leave).toBeVisible();
  await hydrated(page);
  await expectAccessible(page, "signed out, with a provider with a long name still to leave");
  expect(await isCut(leave)).toBe(false);
}
