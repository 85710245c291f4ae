import { expect, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

test("an administrator sees four numbers as links, what needs attention, recent changes and two charts", async ({
  page,
}) => {
  await signInAs(page, "ada");
  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "Home", exact: true })).toBeVisible();
  const numbers = page.getByRole("list", { name: "In numbers" });
  for (const label of ["Users", "Signed in now", "Clients online", "Failed sign-ins, 24 h"])
    await expect(numbers.getByRole("link", { name: label })).toBeVisible();

  const attention = page.getByRole("region", { name: "Needs attention" });
  await expect(attention.getByText(/are locked|is locked until/).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Recent changes" }).getByRole("listitem")).toHaveCount(6);

  const signIns = page.getByRole("region", { name: "Sign-ins" });
  await expect(
    signIns.getByRole("img", { name: /^Sign-ins per day over the last 30 days: [\d,]+ succeeded/ }),
  ).toBeVisible();
  await signIns.getByText("Show as a table").click();
  await expect(signIns.getByRole("table").getByRole("row")).toHaveCount(31);
  await expect(page.getByRole("region", { name: "Clients" }).getByRole("img", { name: /^Clients over/ })).toBeVisible();

  await numbers.getByRole("link", { name: "Failed sign-ins" }).click();
  await expect(page).toHaveURL(/\/admin\/audit\?operation=session.refuse&from=/);
});

test("a locked person is unlocked on the spot, and their name leads to their page", async ({ page }) => {
  const person = await makePerson("shut", { firstName: "Sheila", lastName: "Shut" });
  await withDatabase((sql) => sql`update users set locked_at = now() where id = ${person.id}`);
  await signInAs(page, "ada");
  await page.goto("/admin");
  await hydrated(page);
  const attention = page.getByRole("region", { name: "Needs attention" });
  await expect(attention.getByRole("link", { name: "Sheila Shut" })).toHaveAttribute(
    "href",
    `/admin/users/${person.id}`,
  );
  await attention.getByRole("button", { name: "Unlock", description: /^Sheila Shut is locked/ }).click();
  await expect(page.getByText("Sheila Shut is unlocked")).toBeVisible();
  await expect(attention.getByRole("listitem").filter({ hasText: "Sheila Shut" }).locator(":focus")).toHaveText(
    "unlocked",
  );
  const [row] = await withDatabase((sql) => sql`select locked_at from users where id = ${person.id}`);
  expect(row).toMatchObject({ locked_at: null });
  await page.reload();
  await expect(attention.getByText("Sheila Shut")).toHaveCount(0);
});

test("a lead sees the parts that are theirs about the people below, and no empty frames", async ({ page }) => {
  await signInAs(page, "lee");
  await page.goto("/admin");
  const numbers = page.getByRole("list", { name: "In numbers" });
  await expect(numbers.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Needs attention" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Clients" })).toBeVisible();
  for (const absent of ["Recent changes", "Sign-ins"])
    await expect(page.getByRole("region", { name: absent })).toHaveCount(0);
  await expect(page.getByText("is the only administrator")).toHaveCount(0);
});

test("somebody without an operation gets no Home, with status 403", async ({ page }) => {
  await signInAs(page, "eve");
  expect((await page.goto("/admin"))?.status()).toBe(403);
});

test("first steps stand on an administrator's Home until they are done, and are dismissed for everybody", async ({
  page,
}) => {
  await signInAs(page, "ada");
  await page.goto("/admin");
  await hydrated(page);
  const started = page.getByRole("region", { name: "Get started" });
  await expect(started.getByRole("link", { name: "Add second factor" })).toHaveAttribute("href", "/account/security");
  await expect(started.getByText("Create a user for a colleague")).toHaveCount(0);
  const second = await makePerson("second", { firstName: "Sue", lastName: "Second", primaryRole: "Quality Manager" });
  await withDatabase(
    (sql) => sql`insert into user_roles (user_id, role_id) select ${second.id}, id from roles where admin`,
  );
  await page.reload();
  await hydrated(page);
  await expect(started.getByRole("link", { name: "Add second factor" })).toBeVisible();
  await expect(started.getByText("Add a second administrator")).toHaveCount(0);
  await withDatabase(
    (sql) => sql`delete from user_roles where user_id = ${second.id} and role_id in (select id from roles where admin)`,
  );

  await started.getByRole("button", { name: "Dismiss" }).click();
  await expect(started).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("region", { name: "Needs attention" })).toBeVisible();
  await expect(started).toHaveCount(0);
  await withDatabase((sql) => sql`delete from settings where key = 'notice.first_steps'`);

  await page.context().clearCookies();
  await signInAs(page, "lee");
  await page.goto("/admin");
  await expect(page.getByRole("region", { name: "Needs attention" })).toBeVisible();
  await expect(started).toHaveCount(0);
});
