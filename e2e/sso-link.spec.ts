import { expect, type Page, test } from "@playwright/test";
import { staleSession } from "./authenticators";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, namedGroup } from "./made-groups";
import { offeredPeer } from "./offered-peer";
import { type MadePerson, makePerson, password } from "./people";
import { accountOf, confirm, field, press } from "./provider-steps";
import { signInAs, withDatabase } from "./sign-in-as";

const peer = offeredPeer();
test.afterEach(giveBack);

const linked = (page: Page) => page.getByRole("region", { name: "Identity providers" });
const asked = (page: Page) => page.getByRole("dialog", { name: "Confirm it's you" });
const goOn = (page: Page) => page.getByRole("button", { name: `Continue with ${peer.name}` });

async function toSecurity(page: Page) {
  await page.goto("/account/security");
  await hydrated(page);
}

/** Somebody whom the provider knows, and who has no password here. */
async function withIdentityAlone(prefix: string, sub: string, draft: Parameters<typeof makePerson>[1] = {}) {
  const person = await makePerson(prefix, draft);
  const claims = { username: null, email: person.email, firstName: null, lastName: null, emailVerified: true };
  await withDatabase(async (sql) => {
    await sql`delete from passwords where user_id = ${person.id}`;
    await sql`
      insert into identities (id, provider_id, issuer, subject, user_id, claims)
      select gen_random_uuid(), id, issuer, ${sub}, ${person.id}, ${sql.json(claims)}
        from identity_providers where slug = ${peer.slug}`;
  });
  return person;
}

test("I5: people link their own account, sign in through it, and unlink it again", async ({ page, context }) => {
  const person = await makePerson("linker");
  const account = accountOf(peer, "Linus");
  await signInAs(page, person.username);
  await toSecurity(page);
  await expect(linked(page)).toContainText("Not linked");
  await expectAccessible(page, "a provider that can be linked");

  peer.signsIn(null);
  await press(page, `Link ${peer.name}`);
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    `Nothing was linked. You cancelled at ${peer.name}.`,
  );
  peer.signsIn(account);
  await hydrated(page);
  await press(page, `Link ${peer.name}`);
  await expect(page.getByText(`${peer.name} is linked. You can sign in through it as ${account.email}`)).toBeVisible();
  await expect(linked(page)).toContainText(account.email);
  await expect(page.getByRole("button", { name: `Link ${peer.name}`, exact: true })).toHaveCount(0);
  await expectAccessible(page, "a provider that was linked");

  await context.clearCookies();
  await page.goto("/sign-in?next=%2Faccount%2Fsecurity");
  await hydrated(page);
  await goOn(page).click();
  await expect(page).toHaveURL("/account/security");
  await expect(linked(page)).toContainText(account.email);
  await hydrated(page);
  await press(page, `Unlink ${peer.name}`);
  await expect(page.getByRole("alertdialog")).toContainText("A password or passkey still works.");
  await expectAccessible(page, "Unlink");
  await confirm(page, "Unlink");
  // The provider did not tell when they signed in there, so the sign-in proves nothing fresh (S8).
  await asked(page).getByLabel("Password", { exact: true }).fill(password);
  await asked(page).getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText(`${peer.name} is unlinked`)).toBeVisible();
});

test("I5: an account there that belongs to somebody else is refused, and nothing is told of them", async ({ page }) => {
  const account = accountOf(peer, "Tara");
  const holder = await withIdentityAlone("holder", account.sub, { firstName: "Holger" });
  const person = await makePerson("taker");
  await signInAs(page, person.username);
  await toSecurity(page);
  peer.signsIn(account);
  await press(page, `Link ${peer.name}`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    `This account at ${peer.name} belongs to another account here.`,
  );
  await expect(page.getByText(holder.name)).toHaveCount(0);
  await expect(linked(page)).toContainText("Not linked");
});

test("U16: the only way in cannot be unlinked by oneself, and says why", async ({ page }) => {
  const account = accountOf(peer, "Solo");
  const person = await withIdentityAlone("solo", account.sub);
  await signInAs(page, person.username);
  await toSecurity(page);
  await expect(page.getByRole("button", { name: `Unlink ${peer.name}` })).toHaveAccessibleDescription(
    /only way to sign in/,
  );
});

async function prepare(page: Page, person: MadePerson, email: string) {
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await press(page, "Link");
  const dialog = page.getByRole("dialog", { name: `Link ${person.name} to a provider` });
  await expect(field(page, "Email at the provider")).toHaveValue(person.email);
  await field(page, "Provider").selectOption(peer.name);
  await dialog.getByRole("button", { name: "Prepare the link" }).click();
  await expect(field(page, "Email at the provider")).toHaveAccessibleDescription(
    new RegExp(`only signs in people with addresses of ${peer.domain}`),
  );
  await expectAccessible(page, "a link that is being prepared");
  await field(page, "Email at the provider").fill(email);
  await dialog.getByRole("button", { name: "Prepare the link" }).click();
  await expect(linked(page)).toContainText(`Waiting for a sign-in as ${email} until`);
}

test("I5, R15: a link that an administrator prepares is made by the first sign-in, once", async ({ page, browser }) => {
  const person = await makePerson("awaited");
  const account = accountOf(peer, "Awa");
  await signInAs(page, "ada");
  await prepare(page, person, account.email);
  await hydrated(page);
  await expectAccessible(page, "a link that waits");
  await press(page, `Cancel the link to ${peer.name}`);
  await confirm(page, "Cancel the link");
  await expect(page.getByText(`The link to ${peer.name} is cancelled`)).toBeVisible();
  await prepare(page, person, account.email);

  const theirs = await browser.newPage();
  peer.signsIn({ ...account, preferred_username: "awa" });
  await theirs.goto("/sign-in?next=%2Faccount");
  await hydrated(theirs);
  await goOn(theirs).click();
  await expect(theirs).toHaveURL("/account");
  await expect(theirs.getByText(person.username).first()).toBeVisible();
  await theirs.close();

  await page.reload();
  await expect(linked(page)).not.toContainText("Waiting for a sign-in");
  await expect(linked(page)).toContainText(account.email);
  await page.goto(`/admin/users/${person.id}/activity`);
  await expect(page.getByText(/was linked to .* at sign-in, as prepared by/).first()).toBeVisible();
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await press(page, `Unlink ${peer.name}`);
  await expect(page.getByRole("alertdialog")).toContainText(`${person.name} no longer signs in through ${peer.name}.`);
  await confirm(page, "Unlink");
  await expect(page.getByText(`${peer.name} is unlinked`)).toBeVisible();
});

test("S8: whoever has a provider alone confirms there, and what was typed goes on by itself", async ({
  page,
  context,
}) => {
  const account = accountOf(peer, "Fresh");
  const person = await withIdentityAlone("confirms", account.sub, {
    primaryRole: "Quality Manager",
    additionalRoles: ["Admin"],
  });
  const sid = await signInAs(page, person.username);
  const name = `Confirmed ${sid.slice(-8)}`;
  namedGroup(name);
  await page.goto("/admin/groups/new");
  await hydrated(page);
  await staleSession(sid);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: /^Auditor/ }).check();
  await press(page, "Create");
  await expect(asked(page)).toBeVisible();
  await expect(asked(page).getByLabel("Password", { exact: true })).toHaveCount(0);
  await expectAccessible(page, "step-up at a provider");

  const another = accountOf(peer, "Other");
  peer.signsIn(another);
  let opened = context.waitForEvent("page");
  await asked(page)
    .getByRole("link", { name: `Confirm at ${peer.name}` })
    .click();
  const refused = await opened;
  await expect(refused.getByRole("main").getByRole("alert")).toContainText(
    "is not the one that is linked to yours here",
  );
  await hydrated(refused);
  await expectAccessible(refused, "another account at the provider");
  await expect(asked(page)).toBeVisible();
  await refused.close();

  peer.signsIn(account);
  opened = context.waitForEvent("page");
  await asked(page)
    .getByRole("link", { name: `Confirm at ${peer.name}` })
    .click();
  await opened;
  await expect(asked(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit group ${name}`);
});

test("S8: on a phone, for one's own second factor, from which on that is asked for", async ({ page, context }) => {
  await page.setViewportSize(phone);
  const account = accountOf(peer, "Phone");
  peer.signsIn(account);
  await page.goto("/sign-in?next=%2Faccount%2Fsecurity");
  await hydrated(page);
  await goOn(page).click();
  await expect(page).toHaveURL("/account/security");
  await hydrated(page);
  await withDatabase(
    (sql) => sql`
      update sessions set verified_at = now() - interval '1 hour'
       where user_id = (select user_id from identities where subject = ${account.sub})`,
  );
  await press(page, "Add an authenticator app");
  const opened = context.waitForEvent("page");
  await asked(page)
    .getByRole("link", { name: `Confirm at ${peer.name}` })
    .click();
  await opened;
  await expect(page.getByRole("dialog", { name: "Add an authenticator app" })).toBeVisible();
});
