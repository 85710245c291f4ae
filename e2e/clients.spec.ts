import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type APIRequestContext, expect, type Locator, type Page, test } from "@playwright/test";
import { type MadePerson, makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const newKey = () => generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });

const register = (request: APIRequestContext, token: string) =>
  request.post("/api/v1/clients/register", {
    data: { token, publicKey: newKey(), version: "2.9.1", platform: "Ubuntu 24.04" },
  });

const rowOf = (page: Page, client: string) => page.getByRole("row").filter({ hasText: client });
const buttonsOf = (row: Locator) => row.getByRole("button").allTextContents();
const tokenDialog = (page: Page, client: string) => page.getByRole("dialog", { name: `Store the token for ${client}` });

async function openClients(page: Page, person: MadePerson) {
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/clients`);
}

/** Presses Generate and gives the token that the dialog shows. */
async function generate(page: Page, client: string): Promise<string> {
  await page.getByRole("button", { name: "Generate" }).click();
  const naming = page.getByRole("dialog", { name: "Generate a client" });
  await naming.getByLabel("Name").fill(client);
  await naming.getByRole("button", { name: "Generate" }).click();
  return shownToken(page, client);
}

async function shownToken(page: Page, client: string): Promise<string> {
  const dialog = tokenDialog(page, client);
  await dialog.getByRole("button", { name: "Show" }).click();
  return dialog
    .getByText(/^gh_cli_[0-9A-Za-z]{49}$/)
    .textContent()
    .then((text) => text ?? "");
}

async function storeAndClose(page: Page, client: string) {
  const dialog = tokenDialog(page, client);
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
}

async function confirm(page: Page, question: string, verb: string) {
  await page.getByRole("alertdialog", { name: question }).getByRole("button", { name: verb }).click();
}

test("Generate shows the token once, and the dialog turns by itself when the client arrives (C2, C3)", async ({
  page,
  request,
}) => {
  const person = await makePerson("Gena");
  await openClients(page, person);
  const token = await generate(page, "lab-rig-07");
  const dialog = tokenDialog(page, "lab-rig-07");
  await expect(dialog.getByText(/^Works once\. Expires .+, in 7 days\.$/)).toBeVisible();
  await expect(dialog.getByText("--token-file lab-rig-07.token")).toBeVisible();
  await expect(dialog.getByText("waiting for first contact")).toBeVisible();

  const answer = await register(request, token);
  expect(answer.status()).toBe(201);
  expect(await answer.json()).toEqual({ clientId: expect.any(String), heartbeatInterval: 60 });
  await expect(dialog.getByText("first contact", { exact: true })).toBeVisible({ timeout: 2000 });
  await expect(dialog.getByText("the token is used up")).toBeVisible();

  await expect(dialog.getByRole("button", { name: "Close" })).toHaveAttribute("aria-disabled", "true");
  await storeAndClose(page, "lab-rig-07");
  const row = rowOf(page, "lab-rig-07");
  await expect(row).toContainText("registered");
  await expect(row).toContainText("online");
  await expect(row).toContainText("2.9.1, Ubuntu 24.04");
  await expect(row).not.toContainText("token not confirmed");
  await expect(page.getByRole("button", { name: "Generate" })).toBeFocused();

  const body = await (await page.goto(page.url()))?.text();
  expect(body).toContain(token.slice(-4));
  expect(body).not.toContain(token.slice(0, -4));
});

test("the token can be copied and downloaded, and the command has a form for Windows (C2)", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const person = await makePerson("Dora");
  await openClients(page, person);
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByLabel("Name").fill("lab rig");
  await page.keyboard.press("Enter");
  const dialog = tokenDialog(page, "lab rig");
  const copy = dialog.getByRole("button", { name: "Copy", exact: true });
  await expect(copy).toBeFocused();
  await expect(dialog.getByText(/gh_cli_[0-9A-Za-z]{49}/)).toHaveCount(0);
  await copy.press("Enter");
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^gh_cli_[0-9A-Za-z]{49}$/);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("lab-rig.token");
  await dialog.getByRole("tab", { name: "Windows" }).click();
  await expect(dialog.getByRole("tabpanel", { name: "Windows" })).toContainText(
    /register --server http\S+ --token-file lab-rig\.token/,
  );
});

test("Escape asks, the scrim does nothing, and whoever leaves finds the token not confirmed (C2)", async ({ page }) => {
  const person = await makePerson("Lena");
  await openClients(page, person);
  await generate(page, "left-behind");
  const dialog = tokenDialog(page, "left-behind");
  await page.mouse.click(5, 5);
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog", { name: "Close without storing the token for left-behind?" });
  await question.getByRole("button", { name: "Keep it open" }).click();
  await expect(question).toBeHidden();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await question.getByRole("button", { name: "Close without storing" }).click();
  await expect(dialog).toBeHidden();
  const row = rowOf(page, "left-behind");
  await expect(row).toContainText("token not confirmed. Reprovision gives a new one.");
  await page.reload();
  await expect(row).toContainText("token not confirmed");

  await row.getByRole("button", { name: "Reprovision" }).click();
  await confirm(page, "Reprovision left-behind?", "Reprovision");
  await storeAndClose(page, "left-behind");
  await expect(row).not.toContainText("token not confirmed");
});

test("each status offers its actions and no others, and each works at once (C4–C8)", async ({ page, request }) => {
  const person = await makePerson("Sara");
  await openClients(page, person);
  const first = await generate(page, "station");
  await storeAndClose(page, "station");
  const row = rowOf(page, "station");
  await expect(row).toContainText("provisioned");
  await expect(row).toContainText("never contacted");
  expect(await buttonsOf(row)).toEqual(["Reprovision", "Deregister"]);

  expect((await register(request, first)).status()).toBe(201);
  await expect(row).toContainText("registered", { timeout: 4000 });
  await expect(row).toContainText("online");
  expect(await buttonsOf(row)).toEqual(["Reprovision", "Deregister"]);

  await row.getByRole("button", { name: "Reprovision" }).click();
  await expect(page.getByRole("alertdialog", { name: "Reprovision station?" })).toContainText(
    "Its credential stops working now, and it stays offline until the new token is used.",
  );
  await confirm(page, "Reprovision station?", "Reprovision");
  const second = await shownToken(page, "station");
  expect(second).not.toBe(first);
  await storeAndClose(page, "station");
  await expect(row).toContainText("provisioned");
  await expect(row).toContainText("awaiting client");
  expect((await register(request, second)).status()).toBe(201);
  await expect(row).toContainText("online", { timeout: 4000 });

  await row.getByRole("button", { name: "Deregister" }).click();
  await expect(page.getByRole("alertdialog", { name: "Deregister station?" })).toContainText(
    "Its next call is refused with “deregistered”. You can reregister it at any time.",
  );
  await confirm(page, "Deregister station?", "Deregister");
  await expect(row).toContainText("deregistered");
  expect(await buttonsOf(row)).toEqual(["Reregister"]);
  await expect(row.getByRole("button", { name: "Reregister" })).toBeFocused();

  await row.getByRole("button", { name: "Reregister" }).click();
  const third = await shownToken(page, "station");
  await storeAndClose(page, "station");
  await expect(row).toContainText("awaiting client");
  expect(await buttonsOf(row)).toEqual(["Reprovision", "Deregister"]);
  expect((await register(request, third)).status()).toBe(201);
  await expect(row).toContainText("online", { timeout: 4000 });
});

test("a second use of a token is refused, shown on the client and told by the audit log (C11)", async ({
  page,
  request,
}) => {
  const person = await makePerson("Tina");
  await openClients(page, person);
  const token = await generate(page, "copied-rig");
  await storeAndClose(page, "copied-rig");
  expect((await register(request, token)).status()).toBe(201);
  const again = await register(request, token);
  expect(again.status()).toBe(409);
  expect(again.headers()["content-type"]).toBe("application/problem+json");
  expect(await again.json()).toMatchObject({ type: "urn:gatehouse:problem:token-used", status: 409 });
  await page.reload();
  await expect(rowOf(page, "copied-rig")).toContainText("token used twice");
  await page.goto(`/admin/audit?operation=client.register&person=${person.id}`);
  await expect(page.getByText("copied-rig").first()).toBeVisible();
  await expect(page.getByText(/had been used before/).first()).toBeVisible();
});

test("the reference client registers by the downloaded file, once, and says why it is refused (C14)", async ({
  page,
  baseURL,
}, testInfo) => {
  const person = await makePerson("Rita");
  await openClients(page, person);
  await generate(page, "real-rig");
  const dialog = tokenDialog(page, "real-rig");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download" }).click(),
  ]);
  const file = testInfo.outputPath("real-rig.token");
  await download.saveAs(file);
  const home = testInfo.outputPath("home");
  const register = () =>
    promisify(execFile)(process.execPath, [
      ...[join(import.meta.dirname, "../examples/gatehouse-client.mjs"), "register"],
      ...["--server", baseURL ?? "", "--token-file", file, "--home", home],
    ]);
  expect((await register()).stdout).toContain("Registered with");
  await expect(dialog.getByText("the token is used up")).toBeVisible({ timeout: 2000 });
  expect((await stat(join(home, "client.json"))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(home, "client.json"), "utf8")).not.toContain("gh_cli_");
  await expect(register()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("has been used before") });
});

test("a name is taken once per user, whatever its case (C1)", async ({ page }) => {
  const person = await makePerson("Nora");
  await openClients(page, person);
  await generate(page, "Desk");
  await storeAndClose(page, "Desk");
  await page.getByRole("button", { name: "Generate" }).click();
  const naming = page.getByRole("dialog", { name: "Generate a client" });
  await naming.getByRole("button", { name: "Generate" }).click();
  await expect(naming.getByLabel("Name")).toHaveAccessibleDescription(/Enter the name/);
  await naming.getByLabel("Name").fill("DESK");
  await naming.getByRole("button", { name: "Generate" }).click();
  await expect(naming.getByLabel("Name")).toHaveAccessibleDescription(/already has a client named "DESK"/);
  await expect(naming.getByLabel("Name")).toBeFocused();
});

test("own clients under Token Management: all but Reprovision (C9)", async ({ page, request }) => {
  const person = await makePerson("Olga");
  await signInAs(page, person.username);
  await page.goto("/account/clients");
  await expect(page.getByRole("heading", { name: "Token Management" })).toBeVisible();
  const token = await generate(page, "my-laptop");
  await storeAndClose(page, "my-laptop");
  const row = rowOf(page, "my-laptop");
  expect(await buttonsOf(row)).toEqual(["Deregister"]);
  expect((await register(request, token)).status()).toBe(201);
  await expect(row).toContainText("online", { timeout: 4000 });
  await row.getByRole("button", { name: "Deregister" }).click();
  await confirm(page, "Deregister my-laptop?", "Deregister");
  await row.getByRole("button", { name: "Reregister" }).click();
  await storeAndClose(page, "my-laptop");
  await expect(row).toContainText("awaiting client");
});

test("a lead sees the clients of the people below, and changes nothing (R11)", async ({ page }) => {
  const person = await makePerson("Vera", { manager: "lee" });
  await openClients(page, person);
  await generate(page, "seen");
  await storeAndClose(page, "seen");
  await signInAs(page, "lee");
  await page.goto(`/admin/users/${person.id}/clients`);
  await expect(rowOf(page, "seen")).toBeVisible();
  await expect(page.getByText(`You may see the clients of ${person.name}, and change nothing here.`)).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: "Generate" })).toHaveCount(0);
  expect(await buttonsOf(rowOf(page, "seen"))).toEqual([]);
});

test("a disabled user pauses the clients, and enabling resumes them (C10)", async ({ page, request }) => {
  const person = await makePerson("Paula");
  await openClients(page, person);
  const token = await generate(page, "paused-rig");
  await storeAndClose(page, "paused-rig");
  const setStatus = (status: string) =>
    withDatabase((sql) => sql`update users set status = ${status} where id = ${person.id}`);
  await setStatus("disabled");
  const refused = await register(request, token);
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ type: "urn:gatehouse:problem:paused" });
  await page.reload();
  await expect(rowOf(page, "paused-rig")).toContainText(`paused: ${person.name} is disabled`);
  await setStatus("active");
  expect((await register(request, token)).status()).toBe(201);
});

test("from Generate to Deregister by keyboard alone", async ({ page }) => {
  const person = await makePerson("Kira");
  await openClients(page, person);
  await page.getByRole("button", { name: "Generate" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("keys");
  await page.keyboard.press("Enter");
  const dialog = tokenDialog(page, "keys");
  await expect(dialog.getByRole("button", { name: "Copy", exact: true })).toBeFocused();
  await tabTo(page, dialog.getByLabel("I have stored it"));
  await page.keyboard.press("Space");
  await tabTo(page, dialog.getByRole("button", { name: "Close" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Generate" })).toBeFocused();
  const row = rowOf(page, "keys");
  await tabTo(page, row.getByRole("button", { name: "Deregister" }));
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: "Deregister keys?" });
  await tabTo(page, question.getByRole("button", { name: "Deregister" }));
  await page.keyboard.press("Enter");
  await expect(row.getByRole("button", { name: "Reregister" })).toBeFocused();
});

async function tabTo(page: Page, target: Locator) {
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

test("what is no registration is refused with a problem, never with a fault (P3)", async ({ request }) => {
  const send = (data: string | Buffer, type = "application/json") =>
    request.post("/api/v1/clients/register", { data, headers: { "content-type": type } });
  for (const [body, status] of [
    ["{", 400],
    ["[".repeat(20_000) + "]".repeat(20_000), 400],
    [JSON.stringify({ token: "\u0000" }), 400],
    [JSON.stringify({ token: "gh_cli_x", publicKey: newKey(), version: "1", platform: "p" }), 401],
    [`"${"x".repeat(70_000)}"`, 413],
  ] as const) {
    const answer = await send(Buffer.from(body));
    expect(answer.status()).toBe(status);
    expect(answer.headers()["content-type"]).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ status, detail: expect.any(String), type: expect.any(String) });
  }
  expect((await send("token=x", "application/x-www-form-urlencoded")).status()).toBe(415);
  const wrong = await (await send(Buffer.from(JSON.stringify({ token: "t", publicKey: {} })))).json();
  expect(wrong.errors).toEqual(expect.arrayContaining([{ pointer: "/publicKey/crv", detail: expect.any(String) }]));
});
