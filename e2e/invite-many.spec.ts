import { expect, type Page, test } from "@playwright/test";
import { newName } from "./create-user-steps";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy } from "./made-groups";
import { lastMailTo, mailsTo } from "./mailbox";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { tabTo } from "./tab-to";

test.afterEach(giveBack);

const formOn = (page: Page) => page.getByRole("form", { name: "Invite people" });
const goOn = (page: Page) => formOn(page).getByRole("button", { name: "Continue" }).click();
const addresses = (page: Page) => formOn(page).getByLabel("Addresses");
const addressOf = (name: string) => `${name}@northwind.example`;

/** The form over the list. */
async function openForm(page: Page) {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("link", { name: "Invite people" }).click();
  await expect(addresses(page)).toBeFocused();
}

/** Whoever stands under these names, and how often they were created. */
const created = (names: string[]) =>
  withDatabase(
    (sql) => sql<{ id: string; username: string; name: string; status: string; told: number }[]>`
      select u.id, u.username, u.name_key as name, u.status, (select count(*)::int from events e
          where e.target_id = u.id and e.operation = 'user.create' and e.outcome = 'succeeded') as told
        from users u where u.email = any(${names.map(addressOf)}) order by u.email`,
  );

test("U4, U5: a pasted list is shown line by line, sent at once, and what was not sent stays", async ({ page }) => {
  const [nils, nora, raced, again] = ["a-nils", "b-nora", "c-raced", "d-again"].map(newName) as [
    string,
    string,
    string,
    string,
  ];
  const taken = await makePerson("taken", { firstName: "Tara", lastName: "Taken" });
  const winner = await makePerson("winner", { firstName: "Wanda", lastName: "Winner" });
  const group = await groupWith("Invited", { members: [] });
  await openForm(page);
  await goOn(page);
  await expect(addresses(page)).toHaveAccessibleDescription(/Paste at least one email address\./);
  await addresses(page).fill(
    [
      `"Neumann, Nils" <${addressOf(nils)}>; Nora Neu <${addressOf(nora)}>`,
      `${addressOf(raced)} ${addressOf(again)}`,
      `${taken.email}, rubbish`,
      addressOf(nils).toUpperCase(),
    ].join("\n"),
  );
  await goOn(page);
  await expect(formOn(page).getByLabel("Primary Role")).toBeFocused();
  await formOn(page).getByRole("combobox", { name: "Groups" }).click();
  await page.getByRole("option", { name: group.name }).click();
  await page.keyboard.press("Escape");
  await formOn(page).getByRole("combobox", { name: "Manager" }).click();
  await page.getByPlaceholder("Search people").fill("lee lead");
  await page.getByRole("option", { name: /Lee Lead/ }).click();
  await goOn(page);

  const invited = formOn(page).getByRole("region", { name: "4 invitations" });
  await expect(invited.getByRole("listitem")).toHaveCount(4);
  await expect(invited.getByText("Nils Neumann", { exact: true })).toBeVisible();
  await expect(invited.getByLabel("User Name of Nils Neumann")).toHaveValue(nils);
  const left = formOn(page).getByRole("region", { name: "Not invited: 3" });
  await expect(left.getByRole("listitem").filter({ hasText: taken.email })).toContainText(
    /Already has an account: ?Tara Taken\s*active/,
  );
  await expect(left.getByRole("listitem").filter({ hasText: "rubbish" })).toContainText(
    "This is not an email address.",
  );
  await expect(left.getByRole("listitem").filter({ hasText: nils.toUpperCase() })).toContainText("twice");
  const access = formOn(page).getByRole("region", { name: "Access of each of these 4 people" });
  await expect(access).toContainText(group.name);
  await expect(access).toContainText("Nils Neumann, Nora Neu");
  await expectAccessible(page, "the preview of a list");

  await invited.getByLabel("User Name of Nora Neu").fill(`${nora}-own`);
  await withDatabase((sql) => sql`insert into sign_in_names (key, user_id) values (${raced}, ${winner.id})`);
  await formOn(page).getByRole("button", { name: "Send 4 invitations" }).click();
  await expect(formOn(page).getByText("3 people are invited.")).toBeVisible();
  const alert = formOn(page).getByRole("alert");
  await expect(alert).toContainText(`${addressOf(raced)}: "${raced}" is already in use by Wanda Winner.`);
  await expect(alert).toContainText("rubbish: This is not an email address.");
  await expect(addresses(page)).toHaveValue([addressOf(raced), "rubbish", taken.email].join("\n"));
  await expectAccessible(page, "what is left of a list");

  for (const name of [nils, nora, again]) {
    const { subject, link } = await lastMailTo(addressOf(name));
    expect([subject, link]).toEqual(["Your invitation to Gatehouse", expect.stringContaining("/invite/")]);
  }
  const made = await created([nils, nora, raced, again]);
  expect(made.map(({ username, status, told }) => [username, status, told])).toEqual([
    [nils, "invited", 1],
    [`${nora}-own`, "invited", 1],
    [again, "invited", 1],
  ]);
  for (const { id } of made) expect(await heldBy(id, group.id)).toBeTruthy();

  await addresses(page).fill(addressOf(raced));
  await goOn(page);
  await goOn(page);
  await expect(formOn(page).getByLabel(/^User Name of/)).toHaveValue(addressOf(raced));
  await formOn(page).getByRole("button", { name: "Send 1 invitation" }).click();
  await expect(page.getByText("1 person is invited")).toBeVisible();
  await expect(page).toHaveURL("/admin/users");
  await expect(formOn(page)).toHaveCount(0);
});

test("a double click, and a list that is sent again, invite nobody twice", async ({ page }) => {
  const names = ["once", "only"].map(newName);
  await openForm(page);
  const list = names.map(addressOf).join(" ");
  await addresses(page).fill(list);
  await goOn(page);
  await goOn(page);
  await formOn(page).getByRole("button", { name: "Send 2 invitations" }).dblclick();
  await expect(page.getByText("2 people are invited")).toBeVisible();
  await expect(page).toHaveURL("/admin/users");
  await page.getByRole("link", { name: "Invite people" }).click();
  await addresses(page).fill(list);
  await goOn(page);
  await goOn(page);
  await expect(formOn(page).getByRole("region", { name: "Not invited: 2" })).toContainText("invited");
  await expect(formOn(page).getByRole("button", { name: "Send 0 invitations" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  expect((await created(names)).map(({ told }) => told)).toEqual([1, 1]);
  for (const name of names) {
    await lastMailTo(addressOf(name));
    expect(await mailsTo(addressOf(name))).toHaveLength(1);
  }
});

test("by keyboard alone, and Escape asks before a list is lost", async ({ page }) => {
  const name = newName("keys");
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await tabTo(page, page.getByRole("link", { name: "Invite people" }));
  await page.keyboard.press("Enter");
  await expect(addresses(page)).toBeFocused();
  await page.keyboard.type(`Kaya Keys <${addressOf(name)}>`);
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }).press("Enter");
  await tabTo(page, formOn(page).getByRole("button", { name: "Continue" }));
  await page.keyboard.press("Enter");
  await expect(formOn(page).getByLabel("Primary Role")).toBeFocused();
  await tabTo(page, formOn(page).getByRole("button", { name: "Continue" }));
  await page.keyboard.press("Enter");
  await expect(formOn(page).getByLabel("User Name of Kaya Keys")).toBeFocused();
  await tabTo(page, formOn(page).getByRole("button", { name: "Send 1 invitation" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 person is invited")).toBeVisible();
  expect((await created([name])).map(({ name: shown }) => shown)).toEqual(["Kaya Keys"]);
});

test("on a phone it stands in the menu of the list, and as a page of its own it leads back", async ({ page }) => {
  await page.setViewportSize(phone);
  await signInAs(page, "ada");
  await page.goto("/admin/users?q=eve");
  await hydrated(page);
  await expect(page.getByRole("link", { name: "Create User" })).toBeVisible();
  await page
    .getByRole("banner")
    .or(page.locator("header"))
    .getByRole("button", { name: "More actions" })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Invite people" }).click();
  await expect(addresses(page)).toBeVisible();
  await expect(page).toHaveURL("/admin/users/invite?q=eve");
  await addresses(page).fill(`Pia Phone <${addressOf(newName("pia"))}>, rubbish`);
  await goOn(page);
  await goOn(page);
  await expectAccessible(page, "the preview on a phone", { sizes: [phone] });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Invite people", level: 1 })).toBeVisible();
  await formOn(page).getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL("/admin/users?q=eve");
});

test("R8, R12: whoever may not create users is offered nothing, and the page refuses them", async ({ page }) => {
  await signInAs(page, "lee");
  await page.goto("/admin/users");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Invite people" })).toHaveCount(0);
  expect((await page.goto("/admin/users/invite"))?.status()).toBe(403);
});
