import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { desk, expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, roleWith } from "./made-groups";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

test.afterEach(async () => {
  await withDatabase((sql) => sql`delete from service_accounts where name like 'Journey %'`);
  await giveBack();
});

const open = async (page: Page, path: string) => {
  await page.goto(path);
  await hydrated(page);
};

const asked = async (request: APIRequestContext, path: string, token: string) => {
  const answer = await request.get(`/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status(), body: await answer.json() };
};

/** Makes a token for one operation, reads it while it is shown, and closes. */
async function makeToken(page: Page, name: string, operation: RegExp): Promise<string> {
  await page.getByRole("button", { name: "New token" }).click();
  const making = page.getByRole("dialog", { name: "New access token" });
  await making.getByLabel("Name", { exact: true }).fill(name);
  await making.getByLabel(operation).first().check();
  await expectAccessible(page, "a new token");
  await making.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: `Store the token ${name}` });
  await dialog.getByRole("button", { name: "Show" }).click();
  const token = await dialog.getByText(/^gh_svc_[0-9A-Za-z]{49}$/).innerText();
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  return token;
}

test("a service account is made, used, paused with its owner, goes on by itself, and is deleted (T6)", async ({
  page,
  request,
}) => {
  const reader = await roleWith("Reading", [["user.read", "all"]]);
  const owner = await makePerson("owning", { firstName: "Olga", lastName: "Owner", additionalRoles: [reader.name] });
  await signInAs(page, "ada");
  await open(page, "/admin/service-accounts");
  await page.getByRole("link", { name: "Create service account" }).click();
  const form = page.getByRole("dialog", { name: "Create service account" }).getByRole("form");
  await form.getByRole("button", { name: "Create" }).click();
  await expect(form.getByText("Choose an owner.").first()).toBeVisible();
  await expectAccessible(page, "creating, with errors");
  await form.getByLabel("Name").fill("Journey exporter");
  await form.getByRole("combobox", { name: "Owner" }).click();
  await page.getByPlaceholder("Search people").fill(owner.username);
  await page.getByRole("option", { name: new RegExp(owner.name) }).click();
  await form.getByRole("checkbox", { name: new RegExp(`^${reader.name}`) }).check();
  await form.getByRole("checkbox", { name: /^Auditor/ }).check();
  await form.getByRole("button", { name: "Create" }).click();

  await expect(page).toHaveURL(/\/admin\/service-accounts\/[0-9a-f-]{36}\/tokens$/);
  await expect(page.getByText("No access token yet")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  const token = await makeToken(page, "exporter", /^See a user\b/);
  const row = page.getByRole("row", { name: /exporter/ });
  await expect(row).toContainText(`gh_svc_…${token.slice(-4)}`);
  expect(await asked(request, "/me", token)).toMatchObject({
    status: 200,
    body: { user: null, serviceAccount: { name: "Journey exporter" }, token: { name: "exporter" } },
  });
  expect((await asked(request, "/users?limit=1", token)).status).toBe(200);
  expect((await asked(request, "/roles", token)).status).toBe(403);

  await page.getByRole("link", { name: "Details" }).click();
  await expect(page.getByText(/^Gives 1 of \d+: Olga Owner could not grant/)).toBeVisible();
  await expectAccessible(page, "the details of a service account");

  await withDatabase(
    (sql) => sql`update users set status = 'disabled', status_before_disable = 'active' where id = ${owner.id}`,
  );
  expect(await asked(request, "/users", token)).toMatchObject({
    status: 401,
    body: {
      type: "urn:gatehouse:problem:service-account-paused",
      detail:
        'The service account "Journey exporter" is paused while its owner is disabled or has no access. It resumes automatically.',
    },
  });
  await page.reload();
  await hydrated(page);
  await expect(page.getByText("Paused: Olga Owner is disabled. It resumes automatically.")).toBeVisible();
  await expectAccessible(page, "a paused service account");
  await page.getByRole("link", { name: "Service accounts" }).first().click();
  await expect(page.getByRole("row", { name: /Journey exporter/ })).toContainText("Olga Owner is disabled.");
  await open(page, "/admin/service-accounts?status=paused");
  await expectAccessible(page, "service accounts", { sizes: [desk, phone] });
  await withDatabase(
    (sql) => sql`update users set status = 'active', status_before_disable = null where id = ${owner.id}`,
  );
  expect((await asked(request, "/users?limit=1", token)).status).toBe(200);

  await open(page, "/admin/service-accounts?q=journey");
  await page.getByRole("link", { name: "Journey exporter" }).click();
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("Disabled: every use of its tokens is refused until somebody enables it.")).toBeVisible();
  expect((await asked(request, "/users", token)).body.type).toBe("urn:gatehouse:problem:service-account-disabled");
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByRole("button", { name: "Disable" })).toBeVisible();
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText(/created token exporter for service account Journey exporter/)).toBeVisible();
  await expectAccessible(page, "the activity of a service account");

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const question = page.getByRole("alertdialog", { name: "Delete Journey exporter?" });
  await expect(question).toContainText("Its token exporter ends");
  await question.getByRole("button", { name: "Delete service account" }).click();
  await expect(page).toHaveURL(/\/admin\/service-accounts(\?q=journey)?$/);
  expect((await asked(request, "/users", token)).body.type).toBe("urn:gatehouse:problem:unknown-token");
});

test("its owner sees it below their own tokens, makes a token, and may change nothing else", async ({
  page,
  request,
}) => {
  const reader = await roleWith("Reading", [["user.read", "all"]]);
  const owner = await makePerson("owning", { firstName: "Olaf", lastName: "Owner", additionalRoles: [reader.name] });
  await withDatabase(async (sql) => {
    const [made] = await sql`insert into service_accounts (id, name, name_key, owner_id)
      values (gen_random_uuid(), ${`Journey ${owner.username}`}, ${`journey ${owner.username}`}, ${owner.id}) returning id`;
    await sql`insert into service_account_roles values (${made?.id}, ${reader.id})`;
  });
  await signInAs(page, owner.username);
  await open(page, "/account/tokens");
  await page.getByRole("link", { name: `Journey ${owner.username}` }).click();
  await expect(page.getByRole("heading", { name: `Service account Journey ${owner.username}` })).toBeVisible();
  await hydrated(page);
  await expectAccessible(page, "a service account of one's own");
  const token = await makeToken(page, "mine", /^See a user\b/);
  expect((await asked(request, "/users?limit=1", token)).status).toBe(200);
  const id = page.url().split("/").at(-1);
  expect((await page.request.get(`/admin/service-accounts/${id}`)).status()).toBe(403);
  const stranger = await makePerson("strange");
  await signInAs(page, stranger.username);
  expect((await page.goto(`/account/service-accounts/${id}`))?.status()).toBe(404);
});

test("whoever removes its owner reads first what it does no more under the next one (R9, U11)", async ({ page }) => {
  const reader = await roleWith("Reading", [["user.read", "all"]]);
  const owner = await makePerson("leaving", { firstName: "Olga", lastName: "Owner", additionalRoles: [reader.name] });
  const next = await makePerson("taking", { firstName: "Nils", lastName: "Next" });
  const name = `Journey ${owner.username}`;
  await withDatabase(async (sql) => {
    const [made] = await sql`insert into service_accounts (id, name, name_key, owner_id)
      values (gen_random_uuid(), ${name}, ${name.toLowerCase()}, ${owner.id}) returning id`;
    await sql`insert into service_account_roles values (${made?.id}, ${reader.id})`;
  });
  await signInAs(page, "ada");
  await open(page, `/admin/users/${owner.id}`);
  await page.getByRole("button", { name: "More actions", description: owner.name }).click();
  await page.getByRole("menuitem", { name: "Remove user", exact: true }).click();
  await page.getByRole("combobox", { name: `New owner of ${name}` }).click();
  await page.getByPlaceholder("Choose a person").fill(next.username);
  await page.getByRole("option", { name: new RegExp(next.name) }).click();
  await page.getByRole("button", { name: "Remove user" }).click();
  const preview = page.getByRole("dialog", { name: "This changes what 1 service account can do" });
  await expect(preview.getByRole("region", { name: "Lose" })).toContainText(`Service account ${name}See a user`);
  await expectAccessible(page, "what a service account loses", { sizes: [desk, phone] });
  await preview.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("combobox", { name: `New owner of ${name}` })).toContainText(next.name);
  await page.getByRole("button", { name: "Remove user" }).click();
  await preview.getByRole("button", { name: "Remove user" }).click();
  await expect(page.getByRole("dialog", { name: "Olga Owner is removed" })).toContainText(next.name);
});
