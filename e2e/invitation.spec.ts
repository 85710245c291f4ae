import { expect, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { lastMailTo } from "./mailbox";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const password = "seven lanterns over the harbour";

test("U5, U10: invited by a link, sent again, accepted, and in", async ({ page, browser }) => {
  const username = `invited-${v7().slice(-8)}`;
  const address = `${username}@northwind.example`;
  await signInAs(page, "ada");
  await page.goto("/admin/users/new");
  await hydrated(page);
  const form = page.getByRole("form", { name: "Create User" });
  const goOn = form.getByRole("button", { name: "Continue" });
  await form.getByLabel("User Name").fill(username);
  await form.getByLabel("First Name").fill("Ines");
  await form.getByLabel("Last Name").fill("Invited");
  await form.getByLabel("Email").fill(address);
  await goOn.click();
  await goOn.click();
  await expect(form.getByRole("radio", { name: /Send an invitation link/ })).toBeChecked();
  await expect(form.getByText("Creates Ines as invited.")).toBeVisible();
  await form.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/clients$/);
  const { link: first, subject } = await lastMailTo(address);
  expect(subject).toBe("Your invitation to Gatehouse");

  await page.getByRole("link", { name: "User Details" }).click();
  const panel = page.getByRole("region", { name: "Invitation" });
  await expect(panel).toContainText(/Sent .* Expires /);
  await panel.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText("An invitation was sent to Ines Invited")).toBeVisible();
  const { link } = await lastMailTo(address, { least: 2 });

  const guest = await (await browser.newContext()).newPage();
  expect((await guest.goto(first))?.status()).toBe(404);
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "Welcome, Ines Invited" })).toBeVisible();
  await guest.getByLabel("New Password").fill(password);
  await guest.getByLabel("Confirm Password").fill(password);
  await guest.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(guest).toHaveURL("/account");
  await page.reload();
  await expect(panel).toContainText(/Accepted /);
  await expect(panel.getByRole("button")).toHaveCount(0);
  await guest.context().close();
});

test("an invitation is revoked, and the link says so", async ({ page }) => {
  const username = `revoked-${v7().slice(-8)}`;
  const address = `${username}@northwind.example`;
  await signInAs(page, "ada");
  await page.goto("/admin/users/new");
  await hydrated(page);
  const form = page.getByRole("form", { name: "Create User" });
  await form.getByLabel("User Name").fill(username);
  await form.getByLabel("First Name").fill("Rita");
  await form.getByLabel("Email").fill(address);
  await form.getByRole("button", { name: "Continue" }).click();
  await form.getByRole("button", { name: "Continue" }).click();
  await form.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/clients$/);
  const { link } = await lastMailTo(address);
  await page.getByRole("link", { name: "User Details" }).click();
  const panel = page.getByRole("region", { name: "Invitation" });
  await panel.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(panel).toContainText(/Revoked /);
  expect((await page.goto(link))?.status()).toBe(404);
  await expect(page.getByText(/send the invitation again/)).toBeVisible();
});

test("U13: an invitation can be sent by one button, whichever tab is open", async ({ page }) => {
  const person = await makePerson("uninvited");
  await withDatabase(async (sql) => {
    await sql`delete from passwords where user_id = ${person.id}`;
    await sql`update users set status = 'invited' where id = ${person.id}`;
  });
  await signInAs(page, "ada");
  const send = page.getByRole("button", { name: "Send invitation" });
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await expect(page.getByText("No password yet")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Invitation" }).getByRole("button", { name: "Send invitation" }),
  ).toBeVisible();
  await expect(send).toHaveCount(1);
  await page.getByRole("link", { name: "Roles and Groups" }).click();
  await expect(page).toHaveURL(/access$/);
  await expect(send).toHaveCount(1);
  await send.click();
  await expect(page.getByText(`An invitation was sent to ${person.name}`)).toBeVisible();
  await expect(send).toHaveCount(0);
});
