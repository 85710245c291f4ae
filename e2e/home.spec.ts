import { expect, test } from "@playwright/test";
import { readsWell } from "./reads-well";
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
  await expect(attention.getByText(/is the only administrator|are locked|is locked until/).first()).toBeVisible();
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

test("a locked person's line leads to the page where they are unlocked", async ({ page }) => {
  await withDatabase((sql) => sql`update users set locked_at = now() where username_key = 'lucy'`);
  await signInAs(page, "ada");
  await page.goto("/admin");
  await page.getByRole("link", { name: "Unlock", description: /^Lucy Locked/ }).click();
  await expect(page.getByRole("heading", { name: "Lucy Locked" })).toBeVisible();
});

test("a lead sees the parts that are theirs about the people below, and no empty frames", async ({ page }) => {
  await signInAs(page, "lee");
  await page.goto("/admin");
  const numbers = page.getByRole("list", { name: "In numbers" });
  await expect(numbers.getByRole("link")).toHaveCount(2);
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

test("Home has no accessibility violation, and nothing scrolls sideways on a phone", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin");
  await expect(page.getByRole("region", { name: "Needs attention" })).toBeVisible();
  await readsWell(page);
});
