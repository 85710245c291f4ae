import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startDemoServer } from "@/cli/demo-server";
import { freePort } from "@/db/embedded";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";

const dataDir = join(import.meta.dirname, "../.test/e2e-setup");
const logFile = `${dataDir}.log`;
const password = "plum tractor forty two";

let address = "";
let stop = async () => {};

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = String(await freePort());
  stop = await startDemoServer({ dataDir, port, databaseUrl: "", logFile, script: "cli/start.ts" });
  address = `http://localhost:${port}`;
});

test.afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test("without a user, signing in leads to /setup; a wrong code is refused there without JavaScript", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await expect(page).toHaveURL(`${address}/setup`);
  await expect(page.getByRole("radio", { name: /^Quality assurance/ })).toBeChecked();
  await page.getByRole("radio", { name: /^Back office/ }).check();
  await page.getByRole("textbox", { name: "Setup code" }).fill("AAAAA-AAAAA");
  await enter(page, "short");
  await page.getByRole("button", { name: "Set up Gatehouse" }).click();
  await expect(page.getByText("Wrong setup code").first()).toBeVisible();
  await expect(page.getByText(/at least 15 characters/)).toHaveCount(0);
  await expect(page.getByLabel("User Name")).toHaveValue("olga");
  await expect(page.getByRole("radio", { name: /^Back office/ })).toBeChecked();
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await context.close();
});

test("the server says where to go, and nothing of how Next builds and starts", async () => {
  expect(await printedAddress()).toMatch(new RegExp(`^${address}/setup#[0-9A-Z-]+$`));
  expect(readFileSync(logFile, "utf8")).not.toMatch(/▲|✓|Compiled|Collecting page data|- Local/);
});

test("the printed address fills the code in and keeps it to the browser", async ({ page }) => {
  const printed = await printedAddress();
  const sent: Promise<string>[] = [];
  page.on("request", (request) => {
    sent.push(request.allHeaders().then((headers) => request.url() + JSON.stringify(headers)));
  });
  await page.goto("about:blank");
  await page.goto(printed);
  const code = printed.split("#")[1] ?? "";
  expect(code).toBe(await printedCode());
  const field = page.getByRole("textbox", { name: "Setup code" });
  await expect(field).toHaveValue(code);
  await expect(page).toHaveURL(`${address}/setup`);
  await page.reload();
  await expect(page).toHaveURL(`${address}/setup`);
  await field.fill("");
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, code);
  await expect(field).toHaveValue(code);
  await expect(page).toHaveURL(`${address}/setup`);
  const texts = await Promise.all(sent);
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.filter((text) => text.includes(code))).toEqual([]);
});

test("each step is checked before the next; Back, also the browser's, keeps what was entered", async ({ page }) => {
  await page.goto(`${address}/setup`);
  await hydrated(page);
  const code = page.getByRole("textbox", { name: "Setup code" });
  const [roles, person] = [page.getByRole("region", { name: "Roles" }), page.getByLabel("User Name")];
  const [back, onwards] = ["Back", "Continue"].map((name) => page.getByRole("button", { name, exact: true }));
  if (!back || !onwards) throw new Error("There are no buttons");
  await expect(code).toBeFocused();
  await expect(roles).toBeHidden();
  await expect(person).toBeHidden();
  await expect(back).toHaveCount(0);
  await expectAccessible(page, "setup-code");

  await code.fill("AAAAA-AAAAA");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Wrong setup code").first()).toBeVisible();
  await expect(code).toBeFocused();
  await expect(roles).toBeHidden();
  await code.fill((await printedCode()).toLowerCase());
  await onwards.click();
  await expect(page.getByText("Wrong setup code")).toHaveCount(0);

  await expect(page.getByRole("radio", { name: "Quality assurance" })).toBeFocused();
  for (const words of ["Quality Manager", "Quality Lead", "For example: Maya, a Quality Manager, sees and edits Lee"])
    await expect(page.getByRole("radio", { name: "Quality assurance", description: words })).toBeVisible();
  await expectAccessible(page, "setup-roles");
  await page.getByRole("radio", { name: "Back office" }).check();
  await onwards.click();

  await expect(person).toBeFocused();
  await enter(page, "short");
  await onwards.click();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByText(/at least 15 characters/).first()).toBeVisible();
  await expectAccessible(page, "setup-administrator");
  await enter(page, password);
  await onwards.click();

  const summary = page.getByRole("region", { name: "Summary" });
  for (const words of ["Back office", "Head, Manager, Agent, Admin, Auditor", "Head, Admin", "Olga Owner", "olga"])
    await expect(summary.getByText(words, { exact: true })).toBeVisible();
  await expectAccessible(page, "setup-summary");
  await page.goBack();
  await expect(person).toBeFocused();
  await expect(person).toHaveValue("olga");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(password);
  await back.click();
  await expect(page.getByRole("radio", { name: "Back office" })).toBeChecked();
  await page.goForward();
  await expect(person).toBeVisible();
  await back.click();
  await back.click();
  await expect(code).toHaveValue((await printedCode()).toLowerCase());
  await page.reload();
  await page.goForward();
  await expect(code).toBeVisible();
  await expect(roles).toBeHidden();
});

test("the code from the log makes the first administrator, signed in, and /setup is gone", async ({
  page,
  browser,
}) => {
  await page.goto(`${address}/setup`);
  await hydrated(page);
  const onwards = page.getByRole("button", { name: "Continue" });
  await page.getByRole("textbox", { name: "Setup code" }).fill(await printedCode());
  await onwards.click();
  await expect(page.getByRole("radio", { name: "Quality assurance" })).toBeChecked();
  await onwards.click();
  await enter(page, "olga olga olga olga");
  await onwards.click();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByText("own names").first()).toBeVisible();
  await enter(page, password);
  await onwards.click();
  await page.getByRole("button", { name: "Set up Gatehouse" }).click();
  await expect(page).toHaveURL(`${address}/admin`);

  // A fresh house says what it cannot do yet.
  const started = page.getByRole("region", { name: "Get started" });
  await expect(started.getByRole("listitem")).toHaveCount(4);
  await expect(page.getByText("Mail is not set up")).toHaveCount(0);
  await expect(started.getByRole("link", { name: "Create user" })).toHaveAttribute("href", "/admin/users/new");
  await expect(started.getByRole("link", { name: "Set up mail" })).toHaveAttribute("href", "/admin/settings/mail");
  await page.goto(`${address}/admin/users/new`);
  await hydrated(page);
  const wizard = page.getByRole("form", { name: "Create User" });
  await wizard.getByLabel("User Name").fill("nina");
  await wizard.getByLabel("First Name").fill("Nina");
  await wizard.getByLabel("Email").fill("nina@northwind.example");
  for (let step = 0; step < 2; step++) await wizard.getByRole("button", { name: "Continue" }).click();
  await wizard.getByRole("radio", { name: /Send an invitation link/ }).check();
  await wizard.getByRole("button", { name: "Create" }).click();
  const handed = page.getByRole("dialog", { name: "Store the link for Nina" });
  await expect(handed.getByText(/^Expires .*\d{4}, \d\d:\d\d/)).toBeVisible();

  await page.goto(`${address}/admin/users?q=nina`);
  await page.getByRole("link", { name: "Nina", exact: true }).click();
  await expect(
    page.getByRole("region", { name: "Invitation" }).getByRole("button", { name: "Create invitation link" }),
  ).toBeVisible();

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${address}/admin/users/invite`);
  await hydrated(page);
  const many = page.getByRole("form", { name: "Invite people" });
  await many.getByLabel("Addresses").fill("Otto Other <otto@northwind.example>, petra@northwind.example, rubbish");
  for (let step = 0; step < 2; step++) await many.getByRole("button", { name: "Continue" }).click();
  await expect(many.getByText("Mail is not set up: the links are shown to you once")).toBeVisible();
  const create = many.getByRole("button", { name: "Create 2 users and show links" });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await create.evaluate((button) => button.scrollWidth - button.clientWidth)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await create.click();
  const links = page.getByRole("dialog", { name: "Store the links for 2 people" });
  await expect(links.getByText(/^Expires .*\d{4}, \d\d:\d\d/)).toBeVisible();
  // Behind it the form stays as it was.
  await expect(page.getByText("Not invited: 1")).toBeVisible();
  await links.getByRole("button", { name: "Copy links" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect
    .poll(async () => (await copied()).split("\n"))
    .toEqual([
      expect.stringMatching(/^Otto Other\totto@northwind\.example\thttp\S+\/invite\/[\w-]{43}$/),
      expect.stringMatching(/^Petra\tpetra@northwind\.example\thttp\S+\/invite\/[\w-]{43}$/),
    ]);
  await page.keyboard.press("Escape");
  await expect(links).toBeVisible();
  await links.getByLabel("I have stored them").check();
  await links.getByRole("button", { name: "Close" }).click();
  await expect(many.getByText("2 people are invited.")).toBeVisible();
  await expect(many.getByLabel("Addresses")).toHaveValue("rubbish");

  const stranger = await browser.newContext();
  const answer = await stranger.request.get(`${address}/setup`);
  expect(answer.status()).toBe(404);
  const asking = await stranger.newPage();
  await asking.goto(`${address}/forgot-password`);
  await expect(asking.getByText("Mail is not set up here.")).toBeVisible();
  await expect(asking.getByText(/by mail/)).toHaveCount(0);
  await stranger.close();
});

test("the first administrator adds a second one, sets up mail, and is told how a link reaches somebody until then", async ({
  page,
}) => {
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("User name or email").fill("olga");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${address}/admin`);
  await hydrated(page);
  const started = page.getByRole("region", { name: "Get started" });
  await started.getByRole("link", { name: "Add administrator" }).click();
  await expect(page.getByRole("dialog", { name: "Assign Admin to a user" })).toBeVisible();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);

  await page.goto(`${address}/admin/users?q=otto`);
  await hydrated(page);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Reset password", exact: true }).click();
  const reset = page.getByRole("dialog", { name: "Reset the password of Otto Other?" });
  await expect(reset.getByRole("radio", { name: "Create a link", description: /^Shown to you once/ })).toBeVisible();
  await expect(reset).not.toContainText("mail");
  await page.keyboard.press("Escape");

  await page.goto(`${address}/admin/identity-providers`);
  await hydrated(page);
  await page.keyboard.press("c");
  await expect(page).toHaveURL(`${address}/admin/identity-providers/new`);

  await page.goto(`${address}/admin/settings/mail`);
  await hydrated(page);
  const form = page.getByRole("form", { name: "Mail server" });
  await expect(form.getByLabel("Port")).toHaveAccessibleDescription(/Default$/);
  await expect(form.getByLabel("Encryption")).toHaveAccessibleDescription("Default");
  const update = form.getByRole("button", { name: "Update" });
  await expect(update).toHaveCount(0);
  await form.getByLabel("Host").fill("mail.northwind.example");
  await expect(form.getByText("1 unsaved change", { exact: true })).toBeInViewport();
  await form.getByRole("button", { name: "Discard" }).click();
  await expect(form.getByLabel("Host")).toHaveValue("");
  await expect(update).toHaveCount(0);
  await form.getByLabel("Host").fill("mail.northwind.example");
  await form.getByLabel("Port").fill("25");
  await expect(form.getByLabel("Port")).toHaveAccessibleDescription(/Default: 587\.$/);
  await form.getByLabel("Sender").fill("gatehouse@northwind.example");
  await expect(form.getByText("3 unsaved changes", { exact: true })).toBeVisible();
  await expectAccessible(page, "the mail server with its bar");
  await update.click();
  await expect(page.getByText("Mail is sent through mail.northwind.example")).toBeVisible();
  await expect(update).toHaveCount(0);
  await page.reload();
  await expect(form.getByLabel("Host")).toHaveValue("mail.northwind.example");
});

test("a server that has users has no /setup", async ({ page }) => {
  expect((await page.goto("/setup"))?.status()).toBe(404);
});

async function enter(page: Page, given: string) {
  await page.getByLabel("User Name").fill("olga");
  await page.getByLabel("Email").fill("olga@northwind.example");
  await page.getByLabel("First Name").fill("Olga");
  await page.getByLabel("Last Name").fill("Owner");
  await page.getByLabel("Password", { exact: true }).fill(given);
  await page.getByLabel("Confirm Password").fill(given);
}

const printedCode = () => printed(/enter this code: ([0-9A-Z-]+)/);
const printedAddress = () => printed(/There are no users yet\. Open (\S+)/);

async function printed(line: RegExp): Promise<string> {
  const said = () => readFileSync(logFile, "utf8");
  await expect.poll(said).toMatch(line);
  return said().match(line)?.[1] ?? "";
}
