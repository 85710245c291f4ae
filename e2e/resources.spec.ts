import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

/** A token of Ada's with everything that she may put on it, as a program uses it. */
async function program(page: Page, request: APIRequestContext) {
  await signInAs(page, "ada");
  await page.goto("/account/tokens");
  await hydrated(page);
  await page.getByRole("button", { name: "New token" }).click();
  const making = page.getByRole("dialog", { name: "New access token" });
  await making.getByLabel("Name", { exact: true }).fill(`hub ${randomUUID()}`);
  for (const box of await making.getByRole("checkbox").all()) await box.check();
  await making.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: /^Store the token/ });
  await dialog.getByRole("button", { name: "Show" }).click();
  const token = await dialog.getByText(/^gh_pat_[0-9A-Za-z]{49}$/).innerText();
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  return async (method: string, address: string, data?: unknown) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await request.fetch(`/api/v1${address}`, { method, headers, ...(data !== undefined && { data }) });
    return answer.json();
  };
}

async function choose(page: Page, description: string, item: string) {
  await page.getByRole("button", { name: "More actions", description }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function pick(page: Page, field: string, name: string) {
  await page.getByRole("dialog").getByRole("combobox", { name: field }).click();
  await page.getByPlaceholder("Choose a person").fill(name.toLowerCase());
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
  await expect(page.getByPlaceholder("Choose a person")).toHaveCount(0);
}

const openUser = async (page: Page, person: MadePerson, tab = "") => {
  await page.goto(`/admin/users/${person.id}${tab}`);
  await hydrated(page);
};

test("what another system has registered gets a new owner when its owner is removed, and goes back with them (U11, U13)", async ({
  page,
  request,
}) => {
  const person = await makePerson("rosa", { firstName: "Rosa", lastName: "Resource" });
  const ask = await program(page, request);
  const externalId = `bot-${person.username}`;
  const name = `Onboarding ${person.username}`;
  const body = { type: "assistant", externalId, name, ownerId: person.id, url: "https://hub.example/a/42" };
  expect(await ask("PUT", "/resources", body)).toMatchObject({ created: true, version: 1 });
  const ownerNow = async () => (await ask("GET", `/resources?externalId=${externalId}`)).items[0].owner.name;
  expect(await ownerNow()).toBe("Rosa Resource");

  await openUser(page, person, "/owned");
  await expect(page.getByText("resource, assistant")).toBeVisible();
  await expectAccessible(page, "owned objects");
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("table", { name: "Resources" }).getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("link", { name })).toHaveAttribute("href", "https://hub.example/a/42");
  await expectAccessible(page, "resources");

  await openUser(page, person);
  await choose(page, person.name, "Remove user");
  await expect(page.getByRole("button", { name: "Remove user" })).toHaveAccessibleDescription(
    `Choose an owner for ${name}.`,
  );
  await pick(page, `New owner of ${name}`, "Quinn");
  await page.getByRole("dialog").getByRole("button", { name: "Remove user" }).click();
  await expect(page.getByText(`${name} belongs to Quinn Manager now.`)).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  expect(await ownerNow()).toBe("Quinn Manager");

  await choose(page, person.name, "Restore");
  await page.getByRole("checkbox", { name }).check();
  await page.getByRole("button", { name: "Restore and return" }).click();
  await expect(page.getByText(`Returned: ${name}.`)).toBeVisible();
  expect(await ownerNow()).toBe("Rosa Resource");
});

test("of many resources of one owner, each type is one question (U11)", async ({ page }) => {
  const person = await makePerson("mona", { firstName: "Mona", lastName: "Many" });
  await withDatabase(
    (sql) => sql`insert into resources (id, type, external_id, name, name_key, owner_id)
      select gen_random_uuid(), case when n % 4 = 0 then 'project' else 'assistant' end, ${person.username} || n,
             'Thing ' || n, 'thing ' || n, ${person.id}::uuid from generate_series(1, 4000) n`,
  );
  await signInAs(page, "ada");
  await openUser(page, person, "/owned");
  await expect(page.getByRole("link", { name: "3,000 resources of type assistant" })).toBeVisible();
  await openUser(page, person);
  await choose(page, person.name, "Remove user");
  await pick(page, "New owner of 3,000 resources of type assistant", "Quinn");
  await pick(page, "New owner of 1,000 resources of type project", "Lee");
  await expectAccessible(page, "remove with many resources");
  await page.getByRole("dialog").getByRole("button", { name: "Remove user" }).click();
  await expect(page.getByText("3,000 resources of type assistant belong to Quinn Manager now.")).toBeVisible();
  await expect(page.getByText("1,000 resources of type project belong to Lee Lead now.")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await choose(page, person.name, "Restore");
  await expect(page.getByRole("checkbox", { name: /^3,000 resources of type assistant/ })).toBeVisible();
  await expectAccessible(page, "restore with many resources");
  await page.getByRole("checkbox", { name: "Return all 2", description: "Resources" }).check();
  await page.getByRole("button", { name: "Restore and return" }).click();
  await expect(page.getByText("Returned: 3,000 resources of type assistant.")).toBeVisible();
  await withDatabase((sql) => sql`delete from resources where owner_id = ${person.id}`);
});

test("a resource is found, given another owner and deleted on its screen", async ({ page }) => {
  const person = await makePerson("rudi", { firstName: "Rudi", lastName: "Resource" });
  const name = `Apollo ${person.username}`;
  await withDatabase(
    (sql) => sql`insert into resources (id, type, external_id, name, name_key, search, owner_id)
      values (${randomUUID()}, 'project', ${person.username}, ${name}, ${name.toLowerCase()}, ${` ${name.toLowerCase()}`}, ${person.id})`,
  );
  await signInAs(page, "ada");
  await page.goto("/admin/resources?ownership=left&type=project");
  await expect(page.getByRole("row").filter({ hasText: "Legacy import" })).toContainText("Archie Archived is archived");
  await page.goto(`/admin/resources?type=project&q=${encodeURIComponent(name)}`);
  await hydrated(page);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Rudi Resource");
  await choose(page, name, "Change owner");
  await expectAccessible(page, "change owner");
  await pick(page, "Owner", "Quinn");
  await page.getByRole("dialog").getByRole("button", { name: "Change owner" }).click();
  await expect(page.getByText(`${name} belongs to Quinn Manager now`)).toBeVisible();
  await expect(row).toContainText("Quinn Manager");
  await choose(page, name, "Delete");
  await page
    .getByRole("alertdialog", { name: `Delete ${name}?` })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(page.getByText(`${name} is deleted`)).toBeVisible();
  await page.goto(`/admin/resources?q=${encodeURIComponent(name)}`);
  await expect(page.getByText(`No resource matches "${name}".`)).toBeVisible();
});

test("several resources get one owner at once, after a preview of what stays as it is and why", async ({ page }) => {
  const [person, other] = [
    await makePerson("ria", { firstName: "Ria" }),
    await makePerson("ron", { firstName: "Ron" }),
  ];
  const name = `Fleet ${person.username}`;
  await withDatabase(
    (sql) => sql`insert into resources (id, type, external_id, name, name_key, search, owner_id)
      select gen_random_uuid(), 'project', ${name} || n, ${name} || ' ' || n, ${name.toLowerCase()} || ' ' || n,
             ' ' || ${name.toLowerCase()} || ' ' || n,
             case when n = 3 then ${other.id}::uuid else ${person.id}::uuid end from generate_series(1, 3) n`,
  );
  await signInAs(page, "ada");
  await page.goto(`/admin/resources?q=${encodeURIComponent(name)}`);
  await hydrated(page);
  const change = page.getByRole("main").getByRole("button", { name: "Change owner" });
  await expect(change).toHaveAccessibleDescription("Select resources first.");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(page.getByText("3 selected")).toBeVisible();
  await change.click();
  const dialog = page.getByRole("dialog", { name: "Change the owner of 3 resources" });
  await expect(dialog.getByRole("button", { name: "Change owner" })).toHaveAccessibleDescription("Choose an owner.");
  await dialog.getByRole("combobox", { name: "Owner" }).click();
  await page.getByPlaceholder("Choose a person").fill(other.username);
  await page.getByRole("option", { name: /^Ron/ }).click();
  await expect(dialog.getByText("1 resource would not change")).toBeVisible();
  await expect(dialog.getByRole("list", { name: "What would not change" })).toContainText("is already the owner");
  await expect(dialog.getByRole("list", { name: "What would change" }).getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page, "change owners");
  await withDatabase((sql) => sql`update resources set version = version + 1 where name = ${`${name} 1`}`);
  await dialog.getByRole("button", { name: "Change owner of 2" }).click();
  await expect(page.getByText(/^1 resource belongs to Ron .* now$/)).toBeVisible();
  await expect(page.getByText(/^One was not changed: /)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: `${name} 2` })).toContainText("Ron");
  await expect(page.getByRole("row").filter({ hasText: `${name} 1` })).toContainText("Ria");
});

test("whoever may not read resources finds no screen of them", async ({ page }) => {
  const person = await makePerson("none");
  await signInAs(page, person.username);
  expect((await page.goto("/admin/resources"))?.status()).toBe(403);
});
