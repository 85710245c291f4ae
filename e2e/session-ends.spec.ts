import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson, password } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { signOut } from "./user-menu";
import { details, open, stored, update } from "./user-steps";

const firstName = (page: Page) => details(page).getByLabel("First Name");

const endSession = (sid: string) => withDatabase((sql) => sql`update sessions set ended_at = now() where id = ${sid}`);

async function signInAt(page: Page, username: string) {
  await page.getByLabel("User name or email").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test.describe("a session that ends under a form", () => {
  const again = (page: Page) => page.getByRole("dialog", { name: "Sign in again to continue" });

  async function endedUnder(page: Page, person: MadePerson) {
    const admin = await makePerson("ended", {
      firstName: "Agnes",
      lastName: "Again",
      primaryRole: "Quality Manager",
      additionalRoles: ["Admin"],
    });
    const sid = await signInAs(page, admin.username);
    await page.goto(`/admin/users/${person.id}`);
    await hydrated(page);
    await firstName(page).fill("Norma");
    await endSession(sid);
    await update(page).click();
    await expect(again(page)).toBeVisible();
    return admin;
  }

  /** Begins to listen to what windows tell each other about who is signed in, after the page itself. */
  const listen = (page: Page) =>
    page.evaluate(() => {
      const windows = new BroadcastChannel("gatehouse-signed-in");
      const heard = new Promise<void>((resolve) => {
        windows.onmessage = () => resolve();
      });
      Object.assign(window, { heard });
    });
  const hasHeard = (page: Page) => page.evaluate(() => (window as unknown as { heard: Promise<void> }).heard);

  async function otherWindow(page: Page, button = "Sign in") {
    const opening = page.waitForEvent("popup");
    await again(page).getByRole("link", { name: button }).click();
    return opening;
  }

  test("asks the person to sign in again, and then saves by itself", async ({ page }) => {
    const person = await makePerson("kept");
    const admin = await endedUnder(page, person);
    await expectAccessible(page, "sign-in-again");
    const popup = await otherWindow(page);
    await signInAt(popup, admin.username);
    await expect(page.getByText("Norma Newcomer is saved")).toBeVisible();
    await expect(again(page)).toHaveCount(0);
    await expect.poll(() => popup.isClosed()).toBe(true);
    expect(await stored(person)).toMatchObject({ first_name: "Norma" });
  });

  test("is not continued by somebody else, also after the question was closed", async ({ page }) => {
    const person = await makePerson("refused");
    const admin = await endedUnder(page, person);
    const popup = await otherWindow(page);
    await signInAt(popup, "quinn");
    await expect(again(page).getByRole("alert")).toContainText("Quinn Manager is signed in now.");
    await expectAccessible(page, "somebody-else");
    await page.keyboard.press("Escape");
    await expect(again(page)).toHaveCount(0);
    await expect(firstName(page)).toHaveValue("Norma");
    await update(page).click();
    await expect(again(page).getByRole("alert")).toContainText("Quinn Manager is signed in now.");
    expect(await stored(person)).toMatchObject({ first_name: "Nora" });

    const onwards = await otherWindow(page, "Open the other window");
    await hydrated(onwards);
    await signOut(onwards);
    await signInAt(onwards, admin.username);
    await expect(page.getByText("Norma Newcomer is saved")).toBeVisible();
    expect(await stored(person)).toMatchObject({ first_name: "Norma" });
  });

  test("that another tab replaced by somebody else's is noticed before anything is sent", async ({ page, context }) => {
    const person = await makePerson("tabs");
    await open(page, person);
    await firstName(page).fill("Norma");
    await listen(page);
    const other = await context.newPage();
    await signInAs(other, "quinn");
    await other.goto("/account");
    await hasHeard(page);
    await update(page).click();
    await expect(again(page).getByRole("alert")).toContainText("Quinn Manager is signed in now.");
    expect(await stored(person)).toMatchObject({ first_name: "Nora" });
  });
});

test.describe("a session that has ended, on the way to the sign-in page", () => {
  const told = (page: Page) => page.getByRole("status").filter({ hasText: "Your session has ended. Sign in again." });

  const ends: [string, (sid: string, page: Page) => Promise<unknown>][] = [
    ["ended by an administrator", (sid) => endSession(sid)],
    [
      "expired",
      (sid) => withDatabase((sql) => sql`update sessions set ends_at = now() - interval '1 s' where id = ${sid}`),
    ],
    ["unknown", (sid) => withDatabase((sql) => sql`delete from sessions where id = ${sid}`)],
    [
      "of a cookie that is not ours",
      async (_, page) => {
        const cookies = await page.context().cookies();
        await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, value: "no token" })));
      },
    ],
  ];
  for (const [how, end] of ends)
    test(`${how}, is told so, and no more`, async ({ page }) => {
      const person = await makePerson("told");
      const sid = await signInAs(page, person.username);
      await page.goto("/account/security");
      await hydrated(page);
      await expect(page.getByRole("heading", { name: "My profile" })).toBeVisible();
      await end(sid, page);
      await page.reload();
      await expect(page).toHaveURL("/sign-in?next=%2Faccount%2Fsecurity");
      await expect(told(page)).toBeVisible();
      await signInAt(page, person.username);
      await expect(page).toHaveURL("/account/security");
    });

  test("whoever signed out, or never signed in, is told nothing", async ({ page }) => {
    const person = await makePerson("silent");
    await page.goto("/account");
    await expect(page.getByLabel("User name or email")).toBeVisible();
    await expect(told(page)).toHaveCount(0);
    await signInAs(page, person.username);
    await page.goto("/account");
    await hydrated(page);
    await signOut(page);
    await expect(page).toHaveURL("/sign-in");
    await expect(page.getByLabel("User name or email")).toBeVisible();
    await expect(told(page)).toHaveCount(0);
  });
});
