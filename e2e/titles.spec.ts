import { expect, test } from "@playwright/test";
import { giveBack, groupWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs } from "./sign-in-as";

test.afterEach(giveBack);

test("a title says whom or what the page is about, so that tabs can be told apart", async ({ page }) => {
  const person = await makePerson("titled", { firstName: "Tilda", lastName: "Titled" });
  const group = await groupWith("Titled");
  await signInAs(page, "ada");
  for (const [address, title] of [
    [`/admin/users/${person.id}`, "Tilda Titled · Edit User"],
    [`/admin/users/${person.id}/access`, "Tilda Titled · Roles and Groups"],
    [`/admin/groups/${group.id}/members`, `${group.name} · Members`],
    ["/admin/privileges/user.update", "user.update · Who can"],
    ["/admin/identity-providers/new/okta", "Okta · Add identity provider"],
    ["/admin/users", "User Management"],
  ] as const) {
    await page.goto(address);
    await expect(page).toHaveTitle(`${title} · Gatehouse`);
  }
  await page.goto("/admin/users");
  await page.getByRole("combobox", { name: "Search", exact: true }).fill(person.username);
  await page.getByRole("link", { name: "Tilda Titled", exact: true }).click();
  await expect(page).toHaveTitle("Tilda Titled · Edit User · Gatehouse");
});

test("R11: a title names nobody outside what one may see", async ({ page }) => {
  const person = await makePerson("hidden", { firstName: "Hilda", lastName: "Hidden" });
  await signInAs(page, "lee");
  const answer = await page.goto(`/admin/users/${person.id}`);
  expect(answer?.status()).toBe(404);
  await expect(page).toHaveTitle(/Gatehouse/);
  expect(await page.content()).not.toContain("Hilda");
});
