import { expect, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, heldBy, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { offer, press, startPeer, confirm as yes } from "./provider-steps";
import { carried, openRole, operation, update } from "./role-steps";
import { signInAs, withDatabase } from "./sign-in-as";

test.afterEach(giveBack);

const undo = (page: Page, what: string) => page.getByRole("button", { name: `Undo ${what}`, exact: true });
const members = (page: Page) => page.getByRole("table", { name: /^Members of/ }).getByRole("row");
const preview = (page: Page) => page.getByRole("dialog", { name: /^This changes/ });

async function open(page: Page, path: string) {
  await signInAs(page, "ada");
  await page.goto(path);
  await hydrated(page);
}

async function ofMember(page: Page, name: string, item: string) {
  await members(page).filter({ hasText: name }).hover();
  await page.getByRole("button", { name: "More actions", description: name }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("U6: people who were added to a group together are taken out again together", async ({ page }) => {
  const anna = await makePerson("together", { firstName: "Anna", lastName: "Together" });
  const bert = await makePerson("together", { firstName: "Bert", lastName: "Together" });
  const group = await groupWith("Together");
  await open(page, `/admin/groups/${group.id}/members`);
  await page.getByRole("button", { name: "Add member" }).click();
  for (const { username, name } of [anna, bert]) {
    const search = page.getByPlaceholder("Search people");
    await page.getByRole("combobox", { name: "People" }).click();
    await search.fill(username);
    await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
    await page.keyboard.press("Escape");
    await expect(search).toBeHidden();
  }
  await page.getByRole("dialog").getByRole("button", { name: "Add 2 members" }).click();
  await expect(members(page)).toHaveCount(3);
  await undo(page, `add 2 people to ${group.name}`).click();
  await expect(page.getByText(`2 people are no longer in ${group.name}`)).toBeVisible();
  expect(await heldBy(anna.id, group.id)).toBeUndefined();
  expect(await heldBy(bert.id, group.id)).toBeUndefined();
  await expect(page.getByText(`Nobody is in ${group.name} yet.`)).toBeVisible();
});

test("R8: a membership that was removed, or was given another end, is given back as it was", async ({ page }) => {
  const person = await makePerson("member", { firstName: "Mila", lastName: "Member" });
  const role = await roleWith("Reads all", [["user.read", "all"]]);
  const group = await groupWith("Given back", { roleIds: [role.id], members: [person.id] });
  await open(page, `/admin/groups/${group.id}/members`);
  await ofMember(page, person.name, "Change end");
  await page.getByRole("dialog").getByLabel("Until").fill("2099-12-31T18:00");
  await page.getByRole("dialog").getByRole("button", { name: "Change end" }).click();
  await preview(page).getByRole("button", { name: "Change end" }).click();
  await undo(page, `the change of ${person.name} in ${group.name}`).click();
  await expect(page.getByText(`${person.name} is in ${group.name} as before`)).toBeVisible();
  expect(await heldBy(person.id, group.id)).toEqual({ endsAt: null });

  await ofMember(page, person.name, "Remove from group");
  await page.getByRole("dialog").getByRole("button", { name: "Remove from group" }).click();
  await expect(members(page).nth(1)).toContainText("removed");
  await undo(page, `the change of ${person.name} in ${group.name}`).click();
  await expect.poll(() => heldBy(person.id, group.id)).toEqual({ endsAt: null });
  await expect(members(page).nth(1)).not.toContainText("removed");
});

test("U9: what was done to a member is not undone once somebody else has saved the user", async ({ page }) => {
  const person = await makePerson("member", { firstName: "Mora", lastName: "Moved" });
  const group = await groupWith("Moved", { members: [person.id] });
  await open(page, `/admin/groups/${group.id}/members`);
  await ofMember(page, person.name, "Remove from group");
  await page.getByRole("dialog").getByRole("button", { name: "Remove from group" }).click();
  const back = undo(page, `the change of ${person.name} in ${group.name}`);
  await expect(back).toBeVisible();
  await withDatabase((sql) => sql`update users set version = version + 1 where id = ${person.id}`);
  await back.click();
  await expect(page.getByText(/^You saved Mora Moved in another window in the meantime/)).toBeVisible();
  expect(await heldBy(person.id, group.id)).toBeUndefined();
});

test("R5: roles and details of a group are undone", async ({ page }) => {
  const role = await roleWith("Carried", [["user.read", "all"]]);
  const group = await groupWith("Carrying", { roleIds: [role.id] });
  await open(page, `/admin/groups/${group.id}/roles`);
  const box = page.getByRole("checkbox", { name: new RegExp(`^${role.name}`) });
  await box.uncheck();
  await update(page).click();
  await undo(page, `changes to the roles of ${group.name}`).click();
  await expect(page.getByText(`Changes to the roles of ${group.name} are undone`)).toBeVisible();
  await expect(box).toBeChecked();

  await page.goto(`/admin/groups/${group.id}`);
  await hydrated(page);
  const name = page.getByRole("form", { name: "Group Details" }).getByLabel("Name");
  await name.fill(`${group.name} renamed`);
  await update(page).click();
  await undo(page, `changes to ${group.name} renamed`).click();
  await expect(page.getByText(`Changes to ${group.name} are undone`)).toBeVisible();
  await expect(name).toHaveValue(group.name);
});

test("U9: what is typed into the form of a group after a save stays when that save is undone", async ({ page }) => {
  const group = await groupWith("Typed over", { owner: "quinn" });
  await open(page, `/admin/groups/${group.id}`);
  const details = page.getByRole("form", { name: "Group Details" });
  const owner = details.getByRole("combobox", { name: "Owner" });
  await owner.click();
  await page.getByPlaceholder("Search people").fill("lee");
  await page.getByRole("option", { name: /^Lee Lead/ }).click();
  await update(page).click();
  await expect(undo(page, `changes to ${group.name}`)).toBeVisible();
  await details.getByLabel("Description").fill("Typed since");
  await undo(page, `changes to ${group.name}`).click();
  await expect(page.getByText(`Changes to ${group.name} are undone`)).toBeVisible();
  await expect(owner).toContainText("Quinn Manager");
  await expect(details.getByLabel("Description")).toHaveValue("Typed since");
  await update(page).click();
  await expect(page.getByText(`${group.name} is saved`)).toBeVisible();
  await expect(owner).toContainText("Quinn Manager");
});

test("R3: what a role carries is given back", async ({ page }) => {
  const role = await roleWith("Undone", [["user.read", "all"]]);
  await makePerson("holder", { firstName: "Hanna", lastName: role.name, additionalRoles: [role.name] });
  await openRole(page, `/admin/roles/${role.id}`);
  await operation(page, "See a user").selectOption("none");
  await update(page).click();
  await preview(page).getByRole("button", { name: "Update" }).click();
  await expect.poll(() => carried(role.id)).toEqual([]);
  await undo(page, `changes to ${role.name}`).click();
  await expect(page.getByText(`Changes to ${role.name} are undone`)).toBeVisible();
  expect(await carried(role.id)).toEqual(["user.read all"]);
});

test("T6, I1: a service account and an identity provider that were disabled are enabled again", async ({ page }) => {
  const id = v7();
  const name = `Paused ${id.slice(-8)}`;
  await withDatabase(
    (sql) => sql`
      insert into service_accounts (id, name, name_key, search, owner_id)
      select ${id}, ${name}, ${name.toLowerCase()}, ${name.toLowerCase()}, users.id from users where username_key = 'ada'`,
  );
  await open(page, `/admin/service-accounts/${id}`);
  await press(page, "Disable");
  await yes(page, "Disable");
  await undo(page, `disable ${name}`).click();
  await expect(page.getByText(`${name} is enabled again`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Disable", exact: true })).toBeVisible();
  await withDatabase((sql) => sql`delete from service_accounts where id = ${id}`);

  const peer = await startPeer();
  await offer(page, peer);
  await page.reload();
  await hydrated(page);
  await press(page, "Disable");
  await yes(page, "Disable");
  await undo(page, `disable ${peer.name}`).click();
  await expect(page.getByText(`${peer.name} is enabled again`)).toBeVisible();
  await expect(page.getByRole("main").getByText("enabled", { exact: true })).toBeVisible();
  await withDatabase((sql) => sql`delete from identity_providers where slug = ${peer.slug}`);
  await peer.stop();
});
