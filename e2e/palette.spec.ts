import { expect, type Locator, type Page, test } from "@playwright/test";
import { desk, expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { giveBack, groupWith } from "./made-groups";
import { makePerson } from "./people";
import { hearPolicy } from "./policy";
import { cookieOf, signInAs, startSession, withDatabase } from "./sign-in-as";
import { routeNow } from "./stall-route";

let nothingRefused: () => void;
test.beforeEach(async ({ context }) => {
  nothingRefused = await hearPolicy(context);
});
test.afterEach(async () => {
  nothingRefused();
  await giveBack();
});

const palette = (page: Page) => page.getByRole("dialog", { name: "Search or jump" });
const option = (page: Page, name: string | RegExp) => palette(page).getByRole("option", { name, exact: true });

/** Opens a page and, by Ctrl K, the palette, and gives the field. */
async function openPalette(page: Page, path: string): Promise<Locator> {
  await page.goto(path);
  await hydrated(page);
  await page.keyboard.press("Control+k");
  const field = palette(page).getByRole("combobox");
  await expect(field).toBeFocused();
  return field;
}

/** Without a pause between the texts, however slow the machine. */
const typeAtOnce = (field: Locator, ...texts: string[]) =>
  field.evaluate((input, typed) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value") ?? {};
    for (const text of typed) {
      set?.call(input, text);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, texts);

/** Chooses what is found by these words, once it is the line that Enter takes. */
async function jump(page: Page, words: string, name: string | RegExp) {
  await palette(page).getByRole("combobox").fill(words);
  await expect(option(page, name)).toBeEnabled();
  await expect(option(page, name)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
}

test("by keyboard: a combobox with its list, walked by arrows, closed by Escape and by Ctrl K", async ({ page }) => {
  await signInAs(page, "ada");
  const field = await openPalette(page, "/admin/groups");
  await expect(field).toHaveAttribute("aria-expanded", "true");
  const list = palette(page).getByRole("listbox", { name: "Results" });
  await expect(field).toHaveAttribute("aria-controls", (await list.getAttribute("id")) ?? "");
  await expect(option(page, "Home")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(option(page, "User Management")).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute(
    "aria-activedescendant",
    (await option(page, "User Management").getAttribute("id")) ?? "",
  );
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();

  const search = page.getByRole("combobox", { name: "Search", exact: true });
  await search.focus();
  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeHidden();
  await expect(search).toBeFocused();

  await page.getByRole("button", { name: "Search or jump" }).click();
  await field.fill("nothing is called so");
  await expect(palette(page).getByText('Nothing matches "nothing is called so".')).toBeVisible();
  await expect(palette(page).getByRole("status")).toHaveText("0 results");
  await jump(page, "locked us", /^Locked Users/);
  await expect(page).toHaveURL("/admin/sessions/locked");
});

test("people, groups, roles, clients, service accounts, settings and actions are found by their names", async ({
  page,
}) => {
  const person = await makePerson("sought", { firstName: "Sylvie", lastName: "Sought" });
  const group = await groupWith("Sought");
  await signInAs(page, "ada");
  await openPalette(page, "/admin");
  await jump(page, "sylvie sought", new RegExp(`^Sylvie Sought ?${person.username}$`));
  await expect(page).toHaveURL(`/admin/users/${person.id}`);
  const steps: [words: string, name: string | RegExp, address: string | RegExp][] = [
    [group.name, group.name, `/admin/groups/${group.id}`],
    ["quality lead", /^Quality Lead/, /\/admin\/roles\/[\w-]+$/],
    ["eve-workstation", /^eve-workstation/, "/admin/clients?q=eve-workstation"],
    ["nightly build", /^Nightly build/, /\/admin\/service-accounts\/[\w-]+$/],
    ["idle limit", /^Idle limit/, "/admin/settings#setting-sessions-idleHours"],
    ["create group", "Create group", "/admin/groups/new"],
    ["invite", "Invite people", "/admin/users/invite"],
    ["smtp", /^Mail server/, "/admin/settings/mail#mail-server"],
    ["encryption", /^Encryption/, "/admin/settings/mail#mail-server"],
    ["declare", /^Declare an operation/, "/admin/roles/operations#declare-operation"],
    ["documentation", "Help", "/help"],
    ["my access", /^My access/, "/account/access"],
    ["preferences", /^Preferences/, "/account#preferences"],
    ["time zone", /^Time Zone/, "/account#preferences"],
    ["number format", /^Date and Number Format/, "/account#preferences"],
    ["avatar", /^Picture/, "/account#own-picture"],
    ["password", /^Password/, "/account/security#own-password"],
  ];
  for (const [words, name, address] of steps) {
    await page.keyboard.press("Control+k");
    await jump(page, words, name);
    await expect(page).toHaveURL(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await page.keyboard.press("Control+k");
  await jump(page, "dark", "Dark theme");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+k");
  await jump(page, "system th", "System theme");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await page.keyboard.press("Control+k");
  await jump(page, "keyboard", "Keyboard shortcuts");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await page.keyboard.press("Control+k");
  await jump(page, "sign out", "Sign out");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("R11: a lead finds their people alone, an engineer their own screens, and whoever is signed out is refused", async ({
  page,
  request,
}) => {
  const led = await makePerson("led", { firstName: "Twila", lastName: "Twofold", manager: "lee" });
  await makePerson("unled", { firstName: "Twila", lastName: "Elsewhere" });
  await signInAs(page, "lee");
  await (await openPalette(page, "/admin")).fill("twila");
  await expect(option(page, new RegExp(`^Twila Twofold ?${led.username}$`))).toBeVisible();
  await expect(palette(page)).not.toContainText("Elsewhere");
  await expect(palette(page)).not.toContainText("Create role");

  await signInAs(page, "eve");
  const field = await openPalette(page, "/account");
  await field.fill("session");
  await expect(option(page, /^Sessions/)).toBeVisible();
  await expect(option(page, /^Session Management/)).toHaveCount(0);
  await field.fill("lee lead");
  await expect(palette(page).getByText('Nothing matches "lee lead".')).toBeVisible();
  await field.fill("eve-workstation");
  await expect(option(page, /^eve-workstation/)).toBeVisible();

  const { name, value } = await cookieOf(await startSession("eve"));
  const asked = (address: string, cookie = "") => request.get(address, { headers: { cookie }, maxRedirects: 0 });
  const own = await asked("/account/search?q=lee", `${name}=${value}`);
  expect([own.status(), await own.json()]).toEqual([200, []]);
  for (const address of ["/account/search?q=lee", "/account/places"])
    expect((await asked(address)).status()).toBeGreaterThanOrEqual(300);
  for (const q of ["", "x".repeat(201)])
    expect((await asked(`/account/search?q=${q}`, `${name}=${value}`)).status()).toBe(400);
});

test("one question for each pause in typing; an older one is aborted and its answer counts no more", async ({
  page,
}) => {
  await makePerson("abort", { firstName: "Abba", lastName: "Aborted" });
  await signInAs(page, "ada");
  const field = await openPalette(page, "/admin");
  const asked: string[] = [];
  const aborted: string[] = [];
  const wordsOf = (address: string) => new URL(address).searchParams.get("q") ?? "";
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  page.on("requestfailed", (one) => one.url().includes("/account/search?") && aborted.push(wordsOf(one.url())));
  await routeNow(page, /\/account\/search\?/, async (route) => {
    const words = wordsOf(route.request().url());
    asked.push(words);
    if (words === "abb") await held;
    await route.continue().catch(() => {});
  });
  await typeAtOnce(field, "a", "ab", "abb");
  await expect.poll(() => asked).toEqual(["abb"]);
  await typeAtOnce(field, "abba", "abba a", "abba abo");
  await expect(option(page, /^Abba Aborted/)).toBeVisible();
  letGo();
  expect(asked).toEqual(["abb", "abba abo"]);
  await expect.poll(() => aborted).toEqual(["abb"]);
  await expect(option(page, /^Abba Aborted/)).toHaveAttribute("aria-selected", "true");

  await routeNow(page, /\/account\/search\?/, (route) => route.fulfill({ status: 503, body: "{}" }));
  await field.fill("abba again");
  await expect(palette(page).getByRole("alert")).toHaveText("The search failed. Type again to retry.");
});

test.describe("by touch, on a phone", () => {
  test.use({ viewport: phone, hasTouch: true, isMobile: true });

  test("the button in the bar opens it, a tap chooses, the cross closes", async ({ page }) => {
    await signInAs(page, "ada");
    await page.goto("/admin/users");
    await hydrated(page);
    await page.getByRole("button", { name: "Search or jump" }).tap();
    await palette(page).getByRole("button", { name: "Close" }).tap();
    await expect(palette(page)).toBeHidden();
    await page.getByRole("button", { name: "Search or jump" }).tap();
    await palette(page).getByRole("combobox").fill("eve engineer");
    await option(page, /^Eve Engineer/).tap();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Eve Engineer");
  });
});

test("WCAG 2.1.4: single keys are switched off under Preferences, for the person; Ctrl K stays", async ({ page }) => {
  const person = await makePerson("keys", { primaryRole: "Quality Manager" });
  await signInAs(page, person.username);
  await page.goto("/account");
  await hydrated(page);
  const form = page.getByRole("form", { name: "Name and preferences" });
  await form.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await form.getByRole("button", { name: "Update" }).click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();
  const [kept] = await withDatabase((sql) => sql`select shortcuts from users where id = ${person.id}`);
  expect(kept).toEqual({ shortcuts: false });
  await page.goto("/admin/users");
  await hydrated(page);
  for (const key of ["/", "c", "?"]) await page.keyboard.press(key);
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await expect(page).toHaveURL("/admin/users");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await jump(page, "keyboard sh", "Keyboard shortcuts");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys).toContainText("Single-key shortcuts are off.");
  await keys.getByRole("link", { name: "your preferences" }).click();
  await expect(page).toHaveURL("/account#preferences");
  await expect(keys).toBeHidden();
  await expect(form.getByRole("checkbox", { name: "Single-key shortcuts" })).not.toBeChecked();
});

test("axe finds nothing in the palette and among the shortcuts", async ({ page }) => {
  await page.setViewportSize(desk);
  await signInAs(page, "ada");
  const field = await openPalette(page, "/admin/users");
  await expectAccessible(page, "the palette with its places");
  await field.fill("le");
  await expect(palette(page).getByRole("group", { name: "People" })).toBeVisible();
  await expectAccessible(page, "the palette with what was found");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page, "the shortcuts");
});

test("an action that has a dialog of its own opens it, from any page and from its own", async ({ page }) => {
  await signInAs(page, "ada");
  await openPalette(page, "/admin/groups");
  for (const [words, name, path, dialog] of [
    ["generate", /^Generate client/, "/account/clients", "Generate a client"],
    ["new token", /^New token/, "/account/tokens", "New access token"],
    ["new token", /^New token/, "/account/tokens", "New access token"],
    ["preset", /^Add a preset/, "/admin/roles", "Add a preset"],
  ] as const) {
    await jump(page, words, name);
    const opened = page.getByRole("dialog", { name: dialog });
    await expect(opened).toBeVisible();
    await expect(page).toHaveURL(path);
    await page.keyboard.press("Escape");
    await expect(opened).toBeHidden();
    await page.keyboard.press("Control+k");
  }
});
