import { expect, type Page, test } from "@playwright/test";
import { staleSession } from "./authenticators";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson, password } from "./people";
import { askPlainly } from "./plain-request";
import { hearPolicy } from "./policy";
import { serverActions } from "./route-inventory";
import { runningServer } from "./server";
import { cookieOf, signInAs, withDatabase } from "./sign-in-as";
import { signOut } from "./user-menu";

let nothingRefused: () => void;
test.beforeEach(async ({ context }) => {
  nothingRefused = await hearPolicy(context);
});
test.afterEach(() => nothingRefused());

const banner = (page: Page) => page.getByRole("complementary", { name: "View" });
const stop = (page: Page) => banner(page).getByRole("button", { name: "Stop" });
const readOnly = "You're viewing as Lena Looks. Stop viewing to make changes.";
const item = (page: Page, person: MadePerson) => page.getByRole("menuitem", { name: `View as ${person.name}` });

const more = (page: Page, person: MadePerson) =>
  page.getByRole("button", { name: "More actions", description: person.name }).click();

/** An administrator of this journey alone, a manager who edits those below, and somebody below. */
async function people() {
  const administrator = await makePerson("viewer", {
    firstName: "Vera",
    lastName: "Viewer",
    primaryRole: "Quality Manager",
    additionalRoles: ["Admin"],
  });
  const lead = await makePerson("viewed", { firstName: "Lena", lastName: "Looks", primaryRole: "Quality Manager" });
  const led = await makePerson("led", { firstName: "Lars", lastName: "Led", manager: lead.username });
  return { administrator, lead, led };
}

/** Begins a view from the page of the person. */
async function view(page: Page, person: MadePerson) {
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await more(page, person);
  await item(page, person).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: `View as ${person.name}` })
    .click();
  await expect(banner(page)).toBeVisible();
}

const told = (person: MadePerson) =>
  withDatabase(async (sql) => {
    const rows = await sql`
      select e.operation, e.outcome, a.username actor from events e left join users a on a.id = e.actor_id
       where e.operation in ('user.view_as', 'user.stop_viewing') and e.person_id = ${person.id} order by e.at, e.id`;
    return rows.map(({ operation, outcome, actor }) => `${operation} ${outcome} ${actor}`);
  });

test("R16: an administrator sees what somebody sees, changes nothing, and comes back", async ({ page }) => {
  const { administrator, lead, led } = await people();
  const sid = await signInAs(page, administrator.username);
  await page.goto(`/admin/users/${lead.id}`);
  await hydrated(page);
  await staleSession(sid);
  await more(page, lead);
  await item(page, lead).click();
  const question = page.getByRole("alertdialog", { name: "View as Lena Looks?" });
  await expect(question).toContainText("read-only. It is recorded in the audit log, and ends after 30 minutes");
  await expectAccessible(page, "view as, asked");
  await question.getByRole("button", { name: "View as Lena Looks" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm it's you" });
  await proof.getByLabel("Password", { exact: true }).fill(password);
  await proof.getByRole("button", { name: "Confirm" }).click();

  await expect(banner(page)).toContainText("Viewing as Lena Looks. Read-only.");
  await expect(page).toHaveURL(/\/admin$/);
  await expectAccessible(page, "a view");
  await page.goto("/admin/users");
  await hydrated(page);
  await expect(page.getByRole("link", { name: "Lars Led" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Ada Admin" })).toHaveCount(0);
  await expect(page.getByRole("navigation").getByRole("link", { name: "Settings" })).toHaveCount(0);
  await page.getByRole("link", { name: "Lars Led" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Lars Led");
  await expect(banner(page)).toBeVisible();
  await page.goto("/admin/settings");
  await expect(page.getByRole("heading", { name: "You don't have access to this page" })).toBeVisible();
  await expect(banner(page)).toBeVisible();
  await page.goto(`/admin/users/${administrator.id}`);
  await expect(page.getByRole("main")).toContainText("doesn't exist, or you don't have access to it");
  await expect(banner(page)).toBeVisible();

  await page.goto(`/admin/users/${led.id}`);
  await hydrated(page);
  const details = page.getByRole("form", { name: "User Details" });
  await expect(details.getByRole("button", { name: "Update" })).toHaveAttribute("aria-disabled", "true");
  await expect(details.getByRole("button", { name: "Update" })).toHaveAccessibleDescription(readOnly);

  await stop(page).click();
  await expect(page).toHaveURL(new RegExp(`/admin/users/${lead.id}$`));
  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByRole("navigation").getByRole("link", { name: "Settings" })).toBeVisible();
  expect(await told(lead)).toEqual([
    `user.view_as succeeded ${administrator.username}`,
    `user.stop_viewing succeeded ${administrator.username}`,
  ]);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  await page.goto("/admin/users?q=ada");
  await expect(page.getByRole("link", { name: "Ada Admin" })).toBeVisible();
});

test("R16: why an entry is off is said with it", async ({ page }) => {
  const { administrator } = await people();
  const other = await makePerson("invited", { firstName: "Ivo", lastName: "Invited" });
  await withDatabase((sql) => sql`update users set status = 'invited' where id = ${other.id}`);
  await signInAs(page, administrator.username);
  for (const [person, reason] of [
    [other, "Ivo Invited has not signed in yet."],
    [administrator, "You see the console as yourself already."],
  ] as const) {
    await page.goto(`/admin/users/${person.id}`);
    await hydrated(page);
    await more(page, person);
    await expect(item(page, person)).toHaveAttribute("aria-disabled", "true");
    await expect(item(page, person)).toHaveAccessibleDescription(reason);
  }
});

test("R16: one's own account is no part of a view, and somebody without access sees that page", async ({ page }) => {
  const { administrator, led } = await people();
  await signInAs(page, administrator.username);
  await view(page, led);
  await expect(page).toHaveURL(/\/viewing$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("“My profile” isn't part of the view");
  await expectAccessible(page, "not in a view");
  for (const path of ["/account/security", "/account/tokens", "/account/sessions", "/account/api"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/viewing$/);
  }
  const answer = await page.goto("/admin");
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "You don't have access to this page" })).toBeVisible();
  await expect(banner(page)).toBeVisible();
  await expectAccessible(page, "no access in a view");
  await page.goto("/account");
  await page.getByRole("button", { name: "Stop viewing" }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/users/${led.id}$`));
  await page.goto("/viewing");
  await expect(page).toHaveURL(/\/account$/);
});

test("R16: the server refuses what a page in a view would not send: actions, files and a view within it", async ({
  page,
}) => {
  const { administrator, lead, led } = await people();
  const sid = await signInAs(page, administrator.username);
  await view(page, lead);
  const { name, value } = await cookieOf(sid);
  const { baseUrl } = runningServer();
  const named = { user: led.id, group: led.id, role: led.id, provider: led.id, account: led.id };
  const actions = new Map(serverActions(named).map((action) => [action.name, action]));
  const sentence = /You.re viewing as Lena Looks\. Stop viewing to make changes\./;
  const inputs = {
    disableUserAction: { id: led.id, reason: "Tried", until: "" },
    viewAsAction: { id: led.id },
    verifySessionAction: { by: "password", password },
    createTokenAction: { name: "tried", operations: [], days: 7 },
  };
  for (const [action, input] of Object.entries(inputs)) {
    const { id, address } = actions.get(action) ?? { id: "", address: "/" };
    const headers = {
      cookie: `${name}=${value}`,
      "next-action": id,
      origin: baseUrl,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
    };
    const { text } = await askPlainly({ method: "POST", address, headers, data: JSON.stringify([input]) });
    expect(text, action).toMatch(/viewing as Lena Looks|"code":"invalid"/);
    expect(text, action).not.toContain('"ok":true');
    if (action === "disableUserAction") expect(text).toMatch(sentence);
  }
  for (const address of ["/account/data", "/admin/audit/export?format=csv"]) {
    const { status, headers } = await askPlainly({ method: "GET", address, headers: { cookie: `${name}=${value}` } });
    expect(status, address).toBeGreaterThanOrEqual(400);
    expect(headers["content-disposition"], address).toBeUndefined();
  }
  const foreign = { cookie: `${name}=${value}`, origin: "https://elsewhere.example" };
  expect((await askPlainly({ method: "POST", address: "/viewing/stop", headers: foreign })).status).toBe(403);
  await page.reload();
  await expect(banner(page)).toBeVisible();
  const rows = await withDatabase((sql) => sql`select status from users where id = ${led.id}`);
  expect(rows[0]?.status).toBe("active");
});

test("R16: windows of one browser show one view", async ({ page, context }) => {
  const { administrator, lead, led } = await people();
  await signInAs(page, administrator.username);
  const other = await context.newPage();
  await other.goto("/admin/users");
  await hydrated(other);
  await expect(banner(other)).toHaveCount(0);
  await view(page, lead);
  await expect(banner(other)).toContainText("Viewing as Lena Looks");
  await other.goto(`/admin/users/${led.id}`);
  await hydrated(other);
  await stop(page).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(banner(other)).toHaveCount(0);
});

test("R16: a view that has ended leaves nothing of it, not in the frame either", async ({ page }) => {
  const { administrator, lead } = await people();
  const sid = await signInAs(page, administrator.username);
  await view(page, lead);
  await page.goto("/admin/users");
  await hydrated(page);
  await withDatabase((sql) => sql`update users set status = 'disabled' where id = ${lead.id}`);
  await page.getByRole("navigation").getByRole("link", { name: "Home" }).click();
  await expect(page).toHaveURL(/\/admin$/);
  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByRole("navigation").getByRole("link", { name: "Settings" })).toBeVisible();
  const [row] = await withDatabase((sql) => sql`select viewing_id, ended_at from sessions where id = ${sid}`);
  expect(row).toEqual({ viewing_id: null, ended_at: null });
});

test("R16: when its time is up, a page that nobody touches is loaded as one's own", async ({ page }) => {
  const { administrator, lead } = await people();
  const sid = await signInAs(page, administrator.username);
  await withDatabase(
    (sql) => sql`
      update sessions set viewing_id = ${lead.id}, viewing_until = now() + interval '30 minutes' where id = ${sid}`,
  );
  await page.clock.install();
  await page.goto("/admin/users");
  await hydrated(page);
  await expect(banner(page)).toBeVisible();
  await withDatabase((sql) => sql`update sessions set viewing_until = now() where id = ${sid}`);
  await expect(async () => {
    await page.clock.fastForward("30:02");
    await expect(banner(page)).toHaveCount(0, { timeout: 5_000 });
  }).toPass();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Settings" })).toBeVisible();
});

test("R16: signing out ends the view with the session, and the next one is one's own", async ({ page }) => {
  const { administrator, lead } = await people();
  const sid = await signInAs(page, administrator.username);
  await view(page, lead);
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in/);
  const [row] = await withDatabase((sql) => sql`select ended_reason from sessions where id = ${sid}`);
  expect(row?.ended_reason).toBe("signed_out");
  await signInAs(page, administrator.username);
  await page.goto("/admin");
  await expect(banner(page)).toHaveCount(0);
});

test("R16: on a phone and in the dark the banner stays in sight and is stopped without script", async ({ browser }) => {
  const { administrator, lead } = await people();
  const context = await browser.newContext({ viewport: phone, colorScheme: "dark", javaScriptEnabled: false });
  const page = await context.newPage();
  const sid = await signInAs(page, administrator.username);
  await withDatabase(
    (sql) => sql`
      update sessions set viewing_id = ${lead.id}, viewing_until = now() + interval '20 minutes' where id = ${sid}`,
  );
  await page.goto("/admin/users");
  await page.mouse.wheel(0, 2_000);
  await expect(stop(page)).toBeInViewport({ ratio: 1 });
  const { width = 0 } = (await banner(page).boundingBox()) ?? {};
  expect(width).toBeLessThanOrEqual(phone.width);
  await stop(page).click();
  await expect(page).toHaveURL(new RegExp(`/admin/users/${lead.id}$`));
  await expect(banner(page)).toHaveCount(0);
  await context.close();
});
