import { expect, type Locator, type Page, test } from "@playwright/test";
import { phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs } from "./sign-in-as";
import { details, open, update } from "./user-steps";

test("the summary goes with the mistake that it names", async ({ page }) => {
  const person = await makePerson("endssum", { firstName: "Suna", lastName: "Sum" });
  await open(page, person);
  const summary = details(page).getByRole("alert");
  await page.getByLabel("Access ends").fill("0026-11-19T09:24");
  await update(page).click();
  await expect(summary).toContainText("Choose a year from 2000 to 2199.");
  await page.getByRole("checkbox", { name: "Ends now" }).check();
  await expect(summary).toHaveCount(0);
});

/** "Create User" with a user name and an email that are refused, at its first step. */
async function refused(page: Page): Promise<{ form: Locator; summary: Locator; free: string }> {
  const taken = await makePerson("summed", { firstName: "Tara", lastName: "Taken" });
  // Of somebody else, so that the user name is not the one that the address proposes.
  const other = await makePerson("mailed");
  await signInAs(page, "ada");
  await page.goto("/admin/users/new");
  await hydrated(page);
  const form = page.getByRole("form", { name: "Create User" });
  const summary = form.getByRole("alert");
  await form.getByLabel("User Name").fill(taken.username);
  await form.getByLabel("First Name").fill("Nils");
  await form.getByLabel("Email").fill(other.email);
  await form.getByRole("button", { name: "Continue" }).click();
  await expect(summary.getByRole("listitem")).toHaveCount(2);
  await expect(form.getByLabel("Email")).toBeFocused();
  return { form, summary, free: `${taken.username}-free` };
}

async function toCredentials(form: Locator) {
  await form.getByRole("button", { name: "Continue" }).click();
  await form.getByRole("button", { name: "Continue" }).click();
}

test("the summary names what is still wrong, and lets the focus be", async ({ page }) => {
  const { form, summary, free } = await refused(page);
  const [name, email] = [form.getByLabel("User Name"), form.getByLabel("Email")];
  await email.press("End");
  await email.pressSequentially("x");
  await expect(summary.getByRole("listitem")).toHaveCount(1);
  await expect(email).toBeFocused();
  await name.fill(free);
  await expect(summary).toHaveCount(0);
  await toCredentials(form);
  await form.getByRole("radio", { name: /Set a password/ }).check();
  const password = form.getByLabel("Password", { exact: true });
  await password.fill("short");
  await form.getByRole("button", { name: "Create" }).click();
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expect(summary).toHaveCount(0);
});

test("the summary's bullets stand at the first line of a sentence that wraps", async ({ page }) => {
  await page.setViewportSize(phone);
  const { summary } = await refused(page);
  expect(await lineOfFirstBullet(summary)).toBe("first");
});

/** A bullet stands on the baseline of its item's first line, which a mark of no size shows. */
const lineOfFirstBullet = (summary: Locator) =>
  summary
    .getByRole("listitem")
    .first()
    .evaluate((item) => {
      const link = item.querySelector("button");
      if (!link) throw new Error("The item has no link.");
      const { top, height } = link.getBoundingClientRect();
      const line = Number.parseFloat(getComputedStyle(link).lineHeight);
      if (height < 1.5 * line) throw new Error("The sentence does not wrap.");
      const mark = document.createElement("span");
      mark.style.display = "inline-block";
      item.prepend(mark);
      const { bottom } = mark.getBoundingClientRect();
      mark.remove();
      return bottom < top + line ? "first" : "last";
    });
