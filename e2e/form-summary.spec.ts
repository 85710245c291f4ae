import { expect, type Locator, test } from "@playwright/test";
import { makePerson } from "./people";
import { phone } from "./reads-well";
import { ready } from "./ready";
import { signInAs } from "./sign-in-as";
import { details, open, update } from "./user-steps";

test("the summary goes with the mistake that it names", async ({ page }) => {
  const person = await makePerson("endssum", { firstName: "Suna", lastName: "Sum" });
  await open(page, person);
  const summary = details(page).getByRole("alert");
  await page.getByLabel("Access ends").fill("0026-11-19T09:24");
  await update(page).click();
  await expect(summary).toContainText("Choose a year from 2000 to 2199.");
  await page.getByRole("checkbox", { name: "Now" }).check();
  await expect(summary).toHaveCount(0);
});

test("the summary names what is still wrong, its bullets stand at first lines, and a corrected name leaves it", async ({
  page,
}) => {
  const taken = await makePerson("summed", { firstName: "Tara", lastName: "Taken" });
  await signInAs(page, "ada");
  await page.goto("/admin/users/new");
  await ready(page);
  const form = page.getByRole("form", { name: "Create User" });
  const goOn = () => form.getByRole("button", { name: "Continue" }).click();
  const summary = form.getByRole("alert");
  await form.getByLabel("User Name").fill(taken.username);
  await form.getByLabel("First Name").fill("Nils");
  await form.getByLabel("Email").fill(taken.email);
  await goOn();
  await goOn();
  await form.getByRole("radio", { name: /Set a password/ }).check();
  const password = form.getByLabel("Password", { exact: true });
  await password.fill("nine lanterns over the harbour");
  await form.getByLabel("Confirm Password").fill("nine lanterns over the harbour");
  await form.getByRole("button", { name: "Create" }).click();
  await expect(summary.getByRole("listitem")).toHaveCount(2);
  await page.setViewportSize(phone);
  expect(await lineOfFirstBullet(summary)).toBe("first");

  const name = form.getByLabel("User Name");
  await expect(name).toBeFocused();
  await form.getByLabel("Email").pressSequentially("x");
  await expect(summary.getByRole("listitem")).toHaveCount(1);
  await expect(form.getByLabel("Email")).toBeFocused();
  await name.fill(`${taken.username}-free`);
  await expect(summary).toHaveCount(0);
  await goOn();
  await goOn();
  await password.fill("short");
  await form.getByRole("button", { name: "Create" }).click();
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expect(summary).toHaveCount(0);
});

/** A bullet stands where the text of its item begins, which a letter put in its place shows. */
const lineOfFirstBullet = (summary: Locator) =>
  summary
    .getByRole("listitem")
    .first()
    .evaluate((item) => {
      const link = item.querySelector("button");
      if (!link) throw new Error("The item has no link.");
      const lines = link.getBoundingClientRect();
      const line = Number.parseFloat(getComputedStyle(link).lineHeight);
      if (lines.height < 1.5 * line) throw new Error("The sentence does not wrap.");
      const letter = document.createElement("span");
      letter.textContent = "x";
      item.prepend(letter);
      const { bottom } = letter.getBoundingClientRect();
      letter.remove();
      return bottom <= lines.top + 1.5 * line ? "first" : "last";
    });
