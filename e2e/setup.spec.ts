import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startDemoServer } from "@/cli/demo-server";
import { freePort } from "@/db/embedded";

const folder = join(import.meta.dirname, "../.test");
const dataDir = join(folder, "e2e-setup");
const logFile = join(folder, "e2e-setup.log");
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
  await fill(page, "AAAAA-AAAAA", password);
  await page.getByRole("button", { name: "Set up Gatehouse" }).click();
  await expect(page.getByText("This is not the code that the server printed").first()).toBeVisible();
  await expect(page.getByLabel("User Name")).toHaveValue("olga");
  await expect(page.getByRole("radio", { name: /^Back office/ })).toBeChecked();
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await context.close();
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

test("the code from the log makes the first administrator, signed in, and /setup is gone", async ({
  page,
  browser,
}) => {
  await page.goto(`${address}/setup`);
  for (const role of ["Quality Manager", "Quality Lead", "Quality Engineer"])
    await expect(page.getByRole("radio", { name: "Quality assurance", description: role })).toBeVisible();
  const code = await printedCode();
  await fill(page, code.toLowerCase(), "olga olga olga olga");
  await page.getByRole("button", { name: "Set up Gatehouse" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByText("own names").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Setup code" })).toHaveValue(code.toLowerCase());

  await fill(page, code, password);
  await page.getByRole("button", { name: "Set up Gatehouse" }).click();
  await expect(page).toHaveURL(`${address}/admin`);

  const stranger = await browser.newContext();
  const answer = await stranger.request.get(`${address}/setup`);
  expect(answer.status()).toBe(404);
  await stranger.close();
});

test("a server that has users has no /setup", async ({ page }) => {
  const answer = await page.goto("/setup");
  expect(answer?.status()).toBe(404);
});

async function fill(page: Page, code: string, given: string) {
  await page.getByRole("textbox", { name: "Setup code" }).fill(code);
  await page.getByLabel("User Name").fill("olga");
  await page.getByLabel("Email").fill("olga@northwind.example");
  await page.getByLabel("First Name").fill("Olga");
  await page.getByLabel("Last Name").fill("Owner");
  await page.getByLabel("Password", { exact: true }).fill(given);
  await page.getByLabel("Confirm Password").fill(given);
}

const printedCode = () => printed(/enter this code: ([0-9A-Z-]+)/);
const printedAddress = () => printed(/There is no user yet\. Open (\S+)/);

async function printed(line: RegExp): Promise<string> {
  const found = () => readFileSync(logFile, "utf8").match(line)?.[1] ?? "";
  await expect.poll(found).not.toBe("");
  return found();
}
