import { expect, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makePerson, password } from "./people";
import { signInAs } from "./sign-in-as";

const refusal = (page: Page) => page.getByText(/^User name or password is wrong/);
const field = (page: Page) => page.getByLabel("Password", { exact: true });

async function enter(page: Page, name: string, given = password) {
  await page.getByLabel("User name or email").fill(name);
  await field(page).fill(given);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function fail(page: Page, name: string, times: number) {
  for (let time = 0; time < times; time++) {
    await enter(page, name, "not the password");
    await expect(field(page)).toHaveValue("");
    await expect(refusal(page)).toBeVisible();
  }
}

test("S4: a stranger locks others out, never the owner on a known device; an administrator unlocks", async ({
  page,
  browser,
}) => {
  const person = await makePerson("owner", { firstName: "Olga", lastName: "Owner" });
  await page.goto("/sign-in");
  await enter(page, person.username);
  await expect(page).toHaveURL("/account");
  const device = (await page.context().cookies()).find(({ name }) => name.endsWith("gatehouse_device"));
  expect(device).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await page.context().clearCookies({ name: /^(__Host-)?gatehouse$/ });

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto("/sign-in");
  await fail(stranger, person.username, 5);
  await enter(stranger, person.username);
  await expect(field(stranger)).toHaveValue("");
  await expect(stranger).toHaveURL("/sign-in");

  await page.goto("/sign-in");
  await enter(page, person.username);
  await expect(page).toHaveURL("/account");

  const desk = await (await browser.newContext()).newPage();
  await signInAs(desk, "ada");
  await desk.goto(`/admin/sessions/locked?q=${person.username}`);
  await hydrated(desk);
  await expect(desk.getByRole("table", { name: "Locked Users" }).getByRole("row")).toHaveCount(2);
  await desk.getByRole("button", { name: "Unlock", description: "Olga Owner" }).click();
  await expect(desk.getByText("Olga Owner is unlocked")).toBeVisible();

  await enter(stranger, person.username);
  await expect(stranger).toHaveURL("/account");
  await stranger.context().close();
  await desk.context().close();
});

test("S4: a known device is locked by its own failures, and an administrator unlocks it", async ({ page, browser }) => {
  const person = await makePerson("clumsy", { firstName: "Clara", lastName: "Clumsy" });
  await page.goto("/sign-in");
  await enter(page, person.username);
  await expect(page).toHaveURL("/account");
  await page.context().clearCookies({ name: /^(__Host-)?gatehouse$/ });
  await page.goto("/sign-in");
  await fail(page, person.username, 5);
  await enter(page, person.username);
  await expect(field(page)).toHaveValue("");
  await expect(page).toHaveURL("/sign-in");

  const desk = await (await browser.newContext()).newPage();
  await signInAs(desk, "ada");
  await desk.goto(`/admin/sessions/locked?q=${person.username}`);
  await hydrated(desk);
  await desk.getByRole("button", { name: "Unlock", description: "Clara Clumsy" }).click();
  await expect(desk.getByText("Clara Clumsy is unlocked")).toBeVisible();
  await desk.context().close();
  await enter(page, person.username);
  await expect(page).toHaveURL("/account");
});
