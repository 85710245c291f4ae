import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { hearPolicy } from "./policy";
import { signInAs } from "./sign-in-as";
import { openUserMenu } from "./user-menu";

let nothingRefused: () => void;
test.beforeEach(async ({ context }) => {
  nothingRefused = await hearPolicy(context);
});
test.afterEach(() => nothingRefused());

test("Help leads to tasks, guides, what programs use, and the keys; each of its links opens", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin");
  await hydrated(page);
  await (await openUserMenu(page)).getByRole("link", { name: "Help" }).click();
  await expect(page).toHaveURL("/help");
  await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeVisible();
  const main = page.getByRole("main");
  const addresses = await main.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(addresses.length).toBeGreaterThan(15);
  for (const address of new Set(addresses)) expect((await page.request.get(address ?? "")).status()).toBe(200);
  await expect(main.getByRole("region", { name: "Keyboard shortcuts" })).toContainText("Search this page");

  await main.getByRole("region", { name: "Guides" }).getByRole("link", { name: "Access tokens" }).click();
  await expect(page).toHaveURL("/help/access-tokens");
  await expect(page.getByRole("heading", { level: 2, name: "When it stops" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "What happens" }).first()).toBeVisible();
  await expect(main).not.toContainText("](");
  await main.getByRole("link", { name: "introspection" }).click();
  await expect(page).toHaveURL(/\/help\/clients#introspection/);
  await expect(page.getByRole("heading", { name: /^Introspection/ })).toBeInViewport();
});

test("R11: it names the tasks whose screens one may open, and whoever is signed out is sent to sign in", async ({
  page,
  request,
}) => {
  await signInAs(page, "eve");
  await page.goto("/help");
  const tasks = page.getByRole("region", { name: "Tasks" });
  await expect(tasks.getByRole("link", { name: "Token Management" })).toBeVisible();
  await expect(tasks.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  expect((await page.goto("/help/nothing"))?.status()).toBe(404);
  for (const path of ["/help", "/help/clients"]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location]).toEqual([307, expect.stringContaining("/sign-in")]);
  }
});

test("axe finds nothing on Help and a guide, on a desk and on a phone", async ({ page }) => {
  await signInAs(page, "ada");
  for (const path of ["/help", "/help/clients"]) {
    await page.goto(path);
    await hydrated(page);
    await expectAccessible(page, path);
  }
});
