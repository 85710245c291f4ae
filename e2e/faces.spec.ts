import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { v7 } from "uuid";
import { hydrated } from "./hydrated";
import { giveBack, groupWith, roleWith } from "./made-groups";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

test.afterEach(giveBack);

async function wearPicture({ id }: MadePerson): Promise<string> {
  const image = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#c04020" } })
    .webp()
    .toBuffer();
  const tag = id.slice(-12);
  await withDatabase(async (sql) => {
    await sql`insert into pictures (user_id, image) values (${id}, ${image})`;
    await sql`update users set picture_tag = ${tag} where id = ${id}`;
  });
  return `/pictures/${id}/${tag}`;
}

const face = (page: Page, address: string) => page.getByRole("main").locator(`img[src="${address}"]`);

async function expectFace(page: Page, address: string, where: string): Promise<void> {
  const image = face(page, address).first();
  await expect(image, where).toBeVisible();
  const width = await image.evaluate((shown: HTMLImageElement) => shown.decode().then(() => shown.naturalWidth));
  expect(width, where).toBe(64);
}

test("somebody's picture stands wherever they are named with a face", async ({ page }) => {
  const reader = await roleWith("Reads below", [
    ["audit.read", "reports"],
    ["user.read", "reports"],
  ]);
  const above = await makePerson("above", { additionalRoles: [reader.name] });
  const person = await makePerson("faced", {
    firstName: "Fanny",
    lastName: "Faced",
    primaryRole: "Quality Manager",
    manager: above.username,
  });
  const address = await wearPicture(person);
  const led = await makePerson("ledby", { manager: person.username });
  const group = await groupWith("Faced", { owner: person.username, members: [person.id] });
  const client = `faced-${person.id.slice(-8)}`;
  await withDatabase(
    (
      sql,
    ) => sql`insert into clients (id, user_id, name, name_key, search, status, token_prefix, token_last_four, token_expires_at)
      values (${v7()}, ${person.id}, ${client}, ${client}, ${client}, 'registered', 'gh_cli_', 'abcd', now())`,
  );
  await signInAs(page, person.username);
  await page.goto("/account");
  await hydrated(page);
  await page.getByLabel("First Name").fill("Franny");
  await page.getByRole("form", { name: "Name and preferences" }).getByRole("button", { name: "Update" }).click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();

  // What everybody else changes meanwhile would take an administrator's few recent changes.
  await signInAs(page, above.username);
  await page.goto("/admin");
  await expectFace(page, address, "/admin");

  await signInAs(page, "ada");
  for (const path of [
    `/admin/users?q=${person.username}`,
    `/admin/users/${person.id}`,
    `/admin/clients?q=${client}`,
    `/admin/groups?q=${encodeURIComponent(group.name)}`,
    `/admin/groups/${group.id}/members`,
    `/admin/sessions?q=${person.username}`,
    `/admin/tokens?person=${person.id}`,
    `/admin/organisation?q=${person.username}`,
    `/admin/organisation?show=${led.id}`,
  ]) {
    await page.goto(path);
    await expectFace(page, address, path);
  }
  await page.goto(`/admin/users/${led.id}`);
  await hydrated(page);
  const manager = page.getByRole("combobox", { name: /^Manager/ });
  await expect(manager.locator(`img[src="${address}"]`)).toBeVisible();
  await manager.click();
  await page.getByPlaceholder("Search people").fill(person.username);
  await expect(page.getByRole("option").locator(`img[src="${address}"]`)).toBeVisible();
  await page.goto("/admin/users");
  await hydrated(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search or jump" }).getByRole("combobox").fill(person.username);
  await expect(page.getByRole("option").locator(`img[src="${address}"]`)).toBeVisible();
});
