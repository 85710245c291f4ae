import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";
import { stallRoute } from "./stall-route";

const search = (page: Page) => page.getByRole("combobox", { name: "Search", exact: true });
const option = (page: Page, name: string) => page.getByRole("option", { name, exact: true });

test("B5: filters are typed into the search by keyboard, and become tokens", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  await search(page).focus();
  await page.keyboard.type("eve sta");
  await expect(search(page)).toHaveAttribute("aria-expanded", "true");
  await expect(option(page, "Status status:")).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("ArrowDown");
  await expect(option(page, "Status status:")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(search(page)).toHaveValue("eve status:");
  await expect(option(page, "active")).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page, "typed filters", { off: ["region"] });
  await search(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(search(page)).toHaveAttribute("aria-activedescendant", /./);
  await page.keyboard.type("act");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/admin/users?q=eve&status=active");
  await expect(search(page)).toHaveValue("eve");
  await expect(search(page)).toBeFocused();
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await page.getByRole("link", { name: "Remove filter: Status is active" }).click();
  await expect(page).toHaveURL("/admin/users?q=eve");

  await search(page).fill("role:audi");
  await expect(option(page, "Auditor additional")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Remove filter: Role is Auditor" })).toBeVisible();
  await expect(search(page)).toHaveValue("");
  await expect(page.getByRole("link", { name: "Audrey Auditor", exact: true })).toBeVisible();

  await search(page).fill("last-sign-in:nev");
  await option(page, "never").click();
  await expect(page).toHaveURL(/dormant=never/);
  await expect(page).toHaveURL(/role=/);
  await page.goto("/admin/users");
  await hydrated(page);
  await search(page).fill("group:no such group");
  await expect(page.getByText('No group matches "no such group".')).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText('No group matches "no such group".')).toHaveCount(0);
  await search(page).fill("colour:red");
  await expect(page).toHaveURL(/q=colour%3Ared/);
  await expect(page.getByRole("listbox")).toHaveCount(0);
});

test("B5: a filter that is typed is taken, however early Enter is pressed", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  const scriptComes = await stallRoute(page, /_next\/static\/chunks\//);
  await search(page).focus();
  await page.keyboard.type("status:lock");
  await page.keyboard.press("Enter");
  scriptComes();
  await expect(page).toHaveURL("/admin/users?status=locked");
  await expect(search(page)).toHaveValue("");

  const answerComes = await stallRoute(page, /\/admin\/users\?status=locked$/);
  await page.keyboard.type("role:audi");
  await page.keyboard.press("Enter");
  answerComes();
  await expect(page.getByRole("link", { name: "Remove filter: Role is Auditor" })).toBeVisible();
  await expect(search(page)).toHaveValue("");
});

test("B5: filters that are typed in quick succession, or pasted together, are all kept", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  const letGo = await stallRoute(page, /\/admin\/users\?.*_rsc/);
  await search(page).focus();
  for (const value of ["active", "locked", "disabled"]) {
    await page.keyboard.type(`status:${value}`);
    await expect(option(page, value)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(search(page)).toHaveValue("");
  }
  letGo();
  await expect(page).toHaveURL("/admin/users?status=active&status=locked&status=disabled");

  await page.goto("/admin/users");
  await hydrated(page);
  await search(page).focus();
  await page.keyboard.insertText("eve status:active last-sign-in:never");
  await expect(option(page, "never")).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL("/admin/users?q=eve");
  await page.keyboard.press("Enter");
  await expect(search(page)).toHaveValue("eve status:active");
  await expect(option(page, "active")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/admin/users?dormant=never&q=eve&status=active");
  await expect(search(page)).toHaveValue("eve");
});

test("B5: every filter can be found from the search, by touch and at 390 pixels", async ({ browser }) => {
  const page = await (await browser.newContext({ hasTouch: true, viewport: phone })).newPage();
  await signInAs(page, "ada");
  for (const [path, token, value] of [
    ["/admin/groups", "Owner owner:", /./],
    ["/admin/clients", "Status status:", /^registered$/],
    ["/admin/service-accounts", "Status status:", /./],
    ["/admin/resources", "Type type:", /./],
  ] as const) {
    await page.goto(path);
    await hydrated(page);
    await search(page).tap();
    await page.keyboard.press("ArrowDown");
    await option(page, token).tap();
    await expect(search(page)).toHaveValue(/^[a-z]+:$/);
    await expect(option(page, token)).toHaveCount(0);
    await page.getByRole("option", { name: value }).first().tap();
    await expect(page.getByRole("link", { name: /^Remove filter:/ }), path).toHaveCount(1);
  }
  await page.context().close();
});
