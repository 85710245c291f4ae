import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { lastMailTo } from "./mailbox";
import { type MadePerson, makePerson, password } from "./people";
import { signInAs } from "./sign-in-as";

const emailForm = (page: Page) => page.getByRole("form", { name: "Email" });

async function askFor(page: Page, person: MadePerson, address: string) {
  await signInAs(page, person.username);
  await page.goto("/account");
  await hydrated(page);
  await emailForm(page).getByLabel("Email").fill(address);
  await emailForm(page).getByLabel("Current Password").fill(password);
  await emailForm(page).getByRole("button", { name: "Update" }).click();
  await expect(emailForm(page).getByText(`${address} is not confirmed yet.`)).toBeVisible();
}

test("S6: a new address holds once it confirms, also in a browser without a session; the old one is told", async ({
  page,
  browser,
}) => {
  const person = await makePerson("moving");
  const address = `moved-${person.email}`;
  await askFor(page, person, address);
  const { link } = await lastMailTo(address);
  const phone = await (await browser.newContext()).newPage();
  await phone.goto(link);
  await expect(phone.getByText(address)).toBeVisible();
  await phone.getByRole("button", { name: "Confirm email" }).click();
  await expect(phone.getByText("Your email is confirmed. You can sign in with it now.")).toBeVisible();
  await phone.context().close();
  const notice = await lastMailTo(person.email, { subject: /email for Gatehouse was changed/ });
  expect(notice.text).not.toContain(address);
  await page.reload();
  await expect(emailForm(page).getByLabel("Email")).toHaveValue(address);
  await expect(emailForm(page).getByText(/is not confirmed yet/)).toHaveCount(0);
});

test("a change that waits is cancelled, and its link is dead", async ({ page }) => {
  const person = await makePerson("staying");
  const address = `never-${person.email}`;
  await askFor(page, person, address);
  const { link } = await lastMailTo(address);
  await emailForm(page).getByRole("button", { name: "Cancel" }).click();
  await expect(emailForm(page).getByText(/is not confirmed yet/)).toHaveCount(0);
  expect((await page.goto(link))?.status()).toBe(404);
});
