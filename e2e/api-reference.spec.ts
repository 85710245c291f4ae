import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makeToken } from "./made-tokens";
import { hearPolicy } from "./policy";
import { runningServer } from "./server";
import { signInAs } from "./sign-in-as";

const entryOf = (page: Page, title: string) =>
  page.locator("details").filter({ has: page.locator("summary", { hasText: title }) });

async function open(page: Page, title: string) {
  const entry = entryOf(page, title);
  await entry.locator("summary").click();
  await expect(entry).toHaveAttribute("open", "");
  return entry;
}

test("the reference is read by tags, says what the reader holds, and tries an address with a token", async ({
  page,
  context,
}) => {
  const nothingRefused = await hearPolicy(context);
  const token = await makeToken(page, "ada");
  await page.getByRole("link", { name: "API reference" }).first().click();
  await expect(page).toHaveTitle("API reference · Gatehouse");
  await hydrated(page);
  await expect(page.getByRole("heading", { name: "Identity providers" })).toBeVisible();

  const list = await open(page, "List users");
  await expect(list.getByText("You have it.")).toBeVisible();
  await expect(list.getByText(`curl '${runningServer().baseUrl}/api/v1/users'`)).toBeVisible();
  await expect(list.getByRole("button", { name: "Send" })).toHaveAttribute("aria-disabled", "true");
  await page.getByLabel("Access token to try it with").fill(token);
  await list.getByLabel("limit").fill("1");
  const asked = page.waitForRequest(/\/api\/v1\/users\?/);
  await list.getByRole("button", { name: "Send" }).click();
  const headers = await (await asked).allHeaders();
  expect([headers.cookie, headers.authorization]).toEqual([undefined, `Bearer ${token}`]);
  await expect(list.getByRole("status").filter({ hasText: "200" })).toContainText("/api/v1/users?limit=1");
  await expect(list.locator("pre").last()).toContainText('"exact"');

  const name = `Tried ${Date.now()}`;
  const create = await open(page, "Create a group");
  await create.getByLabel("Body").fill(JSON.stringify({ name }));
  await create.getByRole("button", { name: "Send" }).click();
  await expect(create.locator("pre").last()).toContainText('"dryRun": true');
  const retrieve = await open(page, "Retrieve a group");
  await retrieve.getByLabel("id", { exact: true }).fill("../../../sign-in");
  await retrieve.getByRole("button", { name: "Send" }).click();
  await expect(retrieve.locator("pre").last()).toContainText("application/problem+json");
  await create.getByLabel("Dry run").uncheck();
  await create.getByRole("button", { name: "Send" }).click();
  await expect(create.getByRole("status").filter({ hasText: "201" })).toBeVisible();
  const { id } = JSON.parse(((await create.locator("pre").last().innerText()).match(/\{[\s\S]*\}/) ?? ["{}"])[0]);
  await page.request.delete(`/api/v1/groups/${id}`, { headers: { authorization: `Bearer ${token}` } });

  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  expect(kept).not.toContain("gh_pat_");
  await expectAccessible(page, "API reference, tried");
  await page.reload();
  await expect(page.getByLabel("Access token to try it with")).toHaveValue("");
  nothingRefused();
});

test("it works by keyboard, and says to an engineer what they do not hold", async ({ page }) => {
  await signInAs(page, "eve");
  await page.goto("/account/api");
  await hydrated(page);
  const entry = entryOf(page, "Change a setting");
  await entry.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(entry.getByText("You don't have it.")).toBeVisible();
  await page.setViewportSize(phone);
  await expectAccessible(page, "API reference of an engineer");
});

test("it is read without JavaScript", async ({ browser, page }) => {
  await signInAs(page, "eve");
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const still = await plain.newPage();
  await still.goto("/account/api");
  const entry = await open(still, "Retrieve a user");
  await expect(entry.getByText("Needs user.read")).toBeVisible();
  await expect(entry.getByText("If-Match")).toHaveCount(0);
  await expect(entry.locator("pre").first()).toContainText("curl '");
  await plain.close();
});
