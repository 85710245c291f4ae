import { expect, type Page, test } from "@playwright/test";
import { virtualAuthenticator } from "./authenticators";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson, password } from "./people";
import { signInAs } from "./sign-in-as";

const alert = (page: Page) => page.locator("[role=alert]:not(#__next-route-announcer__)").filter({ hasText: /\S/ });

async function addPasskey(page: Page, name: string) {
  await page.goto("/account/security");
  await hydrated(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const adding = page.getByRole("dialog", { name: "Add a passkey" });
  await adding.getByLabel("Name", { exact: true }).fill(name);
  await adding.getByRole("button", { name: "Continue" }).click();
  const storing = page.getByRole("dialog", { name: "Store your recovery codes" });
  await storing.getByLabel("I have stored them").check();
  await storing.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("list", { name: "Second factors" })).toContainText(name);
}

test("S1, S7: a passkey is made, signs in by itself, and is the second step after a password", async ({ page }) => {
  const person = await makePerson("passkey");
  await signInAs(page, person.username);
  await virtualAuthenticator(page);
  await addPasskey(page, "Work laptop");
  await expectAccessible(page);

  await page.context().clearCookies();
  await page.goto("/sign-in?next=%2Faccount%2Fsecurity");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL("/account/security");
  await expect(page.getByRole("list", { name: "Second factors" })).toContainText("Last used");

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("User name or email").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL("/account");
});

test("S7: a passkey that was removed signs in no more", async ({ page }) => {
  const person = await makePerson("gone");
  await signInAs(page, person.username);
  await virtualAuthenticator(page);
  await addPasskey(page, "Old phone");
  await page.getByRole("button", { name: "Remove passkey Old phone" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  const row = page.getByRole("list", { name: "Second factors" }).getByRole("listitem").filter({ hasText: "Old phone" });
  await expect(row.locator(":focus")).toHaveText("removed");
  await page.reload();
  await expect(page.getByText("You have none.")).toBeVisible();
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(alert(page)).toHaveText(/This passkey was not accepted/);
});

test("a device that cannot verify its user gives no passkey", async ({ page }) => {
  const person = await makePerson("unverified");
  await signInAs(page, person.username);
  const { cdp, authenticatorId } = await virtualAuthenticator(page);
  await addPasskey(page, "Key");
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(alert(page)).toHaveText("No passkey was used. Try again, or use another way.");
});
