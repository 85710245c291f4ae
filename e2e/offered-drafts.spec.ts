import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { giveBack, groupWith } from "./made-groups";
import { type MadePerson, makePerson } from "./people";
import { signInAs } from "./sign-in-as";
import { details, open, update } from "./user-steps";

test.afterEach(giveBack);

const offer = (page: Page) => page.getByRole("status").filter({ hasText: "You have unsaved changes from " });
const firstName = (page: Page) => details(page).getByLabel("First Name");
const drafts = (page: Page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

/** The form "User Details" with the offer of a first name that was not saved. */
async function offered(page: Page, person: MadePerson) {
  await open(page, person);
  await firstName(page).fill("Norma");
  await page.goto("/admin/groups");
  await page.goBack();
  await expect(offer(page)).toBeVisible();
  await hydrated(page);
}

test("an offered draft stays until it is answered, and joins what was typed since", async ({ page }) => {
  const person = await makePerson("waiting");
  const lastName = details(page).getByLabel("Last Name");
  const email = details(page).getByLabel("Email");
  await offered(page, person);
  await lastName.fill("Nex");
  await lastName.fill("Newcomer");
  expect(await drafts(page)).toContain("Norma");
  await email.fill(`other-${person.email}`);
  await details(page).getByLabel("Password", { exact: true }).fill("nine lanterns over the harbour");
  expect(await drafts(page)).toContain("Norma");

  await page.goto("/admin/groups");
  await page.goBack();
  await expect(offer(page)).toBeVisible();
  await hydrated(page);
  await lastName.fill("Nachname");
  await details(page).getByLabel("Password", { exact: true }).fill("nine lanterns over the harbour");
  await offer(page).getByRole("button", { name: "Restore" }).click();
  await expect(firstName(page)).toHaveValue("Norma");
  await expect(email).toHaveValue(`other-${person.email}`);
  await expect(lastName).toHaveValue("Nachname");
  await expect(details(page).getByLabel("Password", { exact: true })).toHaveValue("nine lanterns over the harbour");
  await expect(offer(page)).toHaveCount(0);
  const kept = await drafts(page);
  for (const text of ["Norma", "Nachname", "other-"]) expect(kept).toContain(text);
  expect(kept).not.toContain("lanterns");
});

test("an offered draft is not answered by a save of other fields, and Discard keeps what was typed since", async ({
  page,
}) => {
  const person = await makePerson("saved");
  const lastName = details(page).getByLabel("Last Name");
  await offered(page, person);
  await lastName.fill("Saved");
  await update(page).click();
  await expect(page.getByText("Nora Saved is saved")).toBeVisible();
  await expect(offer(page)).toBeVisible();
  expect(await drafts(page)).toContain("Norma");
  await lastName.fill("Typed");
  await offer(page).getByRole("button", { name: "Discard" }).click();
  await expect(offer(page)).toHaveCount(0);
  await expect(firstName(page)).toHaveValue("Nora");
  await expect(lastName).toHaveValue("Typed");
  const kept = await drafts(page);
  expect(kept).toContain("Typed");
  expect(kept).not.toContain("Norma");
});

test("an offered draft leaves the owner of a group that was chosen since", async ({ page }) => {
  const group = await groupWith("Drafted", { owner: "lee" });
  await signInAs(page, "ada");
  await page.goto(`/admin/groups/${group.id}`);
  await hydrated(page);
  const form = page.getByRole("form", { name: "Group Details" });
  await form.getByLabel("Description").fill("Drafted here");
  await page.goto("/admin/groups");
  await page.goto(`/admin/groups/${group.id}`);
  await hydrated(page);
  await form.getByRole("combobox", { name: "Owner" }).click();
  await page.getByPlaceholder("Search people").fill("quinn");
  await page.getByRole("option", { name: /Quinn Manager/ }).click();
  await offer(page).getByRole("button", { name: "Restore" }).click();
  await expect(form.getByLabel("Description")).toHaveValue("Drafted here");
  await expect(form.getByRole("combobox", { name: "Owner" })).toContainText("Quinn Manager");
});
