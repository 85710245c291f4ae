import { expect, type Page, test } from "@playwright/test";
import { codeOf } from "./authenticators";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson, password } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

async function enter(page: Page, name: string) {
  await page.goto("/sign-in");
  await page.getByLabel("User name or email").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });
const alert = (page: Page) => page.getByRole("main").getByRole("alert");

/** From the open dialog to the recovery codes. Gives the app's key and the codes. */
async function addApp(page: Page) {
  const adding = dialog(page, "Add an authenticator app");
  await expect(adding.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  const key = await adding.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText();
  await adding.getByLabel("Code", { exact: true }).fill("000000");
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  await expect(adding.getByLabel("Code", { exact: true })).toHaveAccessibleDescription(/This code is wrong/);
  await adding.getByLabel("Code", { exact: true }).fill(codeOf(key));
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  const storing = dialog(page, "Store your recovery codes");
  const items = storing.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  const codes = await items.allInnerTexts();
  await storing.getByLabel("I have stored them").check();
  await storing.getByRole("button", { name: "Done" }).click();
  await expect(storing).toHaveCount(0);
  return { key, codes };
}

test("S7: an authenticator app is added, asked for at the next sign-in, and a code works once", async ({ page }) => {
  const person = await makePerson("factor");
  await signInAs(page, person.username);
  await page.goto("/account/security");
  await hydrated(page);
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await expect(dialog(page, "Add an authenticator app")).toBeVisible();
  await expectAccessible(page);
  const { key, codes } = await addApp(page);
  await expect(page.getByRole("list", { name: "Second factors" })).toContainText("10 are left");

  await page.context().clearCookies();
  await enter(page, person.username);
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/second-factor/);
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(alert(page)).toHaveText("This code is wrong or was already used.");
  const code = codeOf(key, 1);
  await page.getByLabel("Code", { exact: true }).fill(` ${code.slice(0, 3)}-${code.slice(3)} `);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/account");

  await page.context().clearCookies();
  await enter(page, person.username);
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(alert(page)).toHaveText("This code is wrong or was already used.");
  await page.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/account");
  await page.goto("/account/security");
  await expect(page.getByRole("list", { name: "Second factors" })).toContainText("9 are left");
});

test("S7: five wrong codes end the session", async ({ page }) => {
  const person = await makePerson("guess");
  await withDatabase(
    (sql) => sql`insert into authenticators (user_id, secret, confirmed_at) values (${person.id}, 'v1.none', now())`,
  );
  await enter(page, person.username);
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  for (let time = 0; time < 4; time++) {
    await page.getByLabel("Code", { exact: true }).fill("wrong-wrong-wrong");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(alert(page)).toHaveText("This code is wrong or was already used.");
    await expect(page.getByLabel("Code", { exact: true })).toHaveValue("");
  }
  await page.getByLabel("Code", { exact: true }).fill("wrong-wrong-wrong");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/second-factor");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("S7: where one is required, the sign-in goes to its enrolment and nowhere else", async ({ page }) => {
  const person = await makePerson("enrol");
  const sid = await signInAs(page, person.username);
  await withDatabase((sql) => sql`update sessions set stage = 'enrol_factor' where id = ${sid}`);
  await page.goto("/account/security");
  await expect(page).toHaveURL(/\/enrol-factor/);
  await expect(page.getByRole("heading", { name: "Add a second factor" })).toBeVisible();
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await addApp(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/account");
});

test("S7: an administrator resets them", async ({ page }) => {
  const person = await makePerson("reset", { firstName: "Rita", lastName: "Reset" });
  await withDatabase(
    (sql) => sql`insert into authenticators (user_id, secret, confirmed_at) values (${person.id}, 'v1.none', now())`,
  );
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await expect(page.getByText("Second factor: authenticator app")).toBeVisible();
  await page.getByRole("button", { name: "More actions", description: "Rita Reset" }).click();
  await page.getByRole("menuitem", { name: "Reset second factors", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reset second factors" }).click();
  await expect(page.getByText("No second factor", { exact: true })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("S1, S7: the second step is a plain form, and no passkey is offered", async ({ page }) => {
    const person = await makePerson("plain");
    await withDatabase(
      (sql) => sql`insert into authenticators (user_id, secret, confirmed_at) values (${person.id}, 'v1.none', now())`,
    );
    await enter(page, person.username);
    await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
    await expect(page.getByRole("button", { name: "passkey" })).toHaveCount(0);
    await page.getByLabel("Code", { exact: true }).fill("wrong-wrong-wrong");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(alert(page)).toHaveText("This code is wrong or was already used.");
  });
});
