import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import {
  confirm,
  generate,
  openClients,
  register,
  rowOf,
  stopAtContact,
  storeAndClose,
  tokenDialog,
} from "./client-steps";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";

test("Generate shows the token once, and the dialog turns by itself when the client arrives (C2, C3)", async ({
  page,
  request,
}) => {
  const person = await makePerson("Gena");
  await page.clock.install();
  await openClients(page, person);
  const token = await generate(page, "lab-rig-07");
  const dialog = tokenDialog(page, "lab-rig-07");
  await expect(dialog.getByText(/^Works once\. Expires .+, in 7 days\.$/)).toBeVisible();
  await expect(dialog.getByText("--token-file lab-rig-07.token")).toBeVisible();
  await expect(dialog.getByText(/^Choose “Download” above first/)).toContainText("lab-rig-07.token");
  await expect(dialog.getByText("waiting for first contact")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Close" })).toHaveAttribute("aria-disabled", "true");

  const answer = await stopAtContact(page, () => register(request, token));
  expect(answer.status()).toBe(201);
  expect(await answer.json()).toEqual({ clientId: expect.any(String), heartbeatInterval: 60 });
  await expect(dialog.getByText("first contact", { exact: true })).toBeVisible();
  await expect(dialog.getByText("the token is used up")).toBeVisible();

  await page.clock.resume();
  await expect(page.getByText("lab-rig-07 has registered")).toBeVisible();
  await expect(dialog).toBeHidden();
  const row = rowOf(page, "lab-rig-07");
  await expect(row).toContainText("registered");
  await expect(row).toContainText("online");
  await expect(row).toContainText("2.9.1 outdated, Ubuntu 24.04");
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
  await hydrated(page);
  await expect(row).toContainText("token not confirmed");

  await page.waitForResponse(/clients\/state/);
  await row.getByRole("button", { name: "Reprovision" }).click();
  await confirm(page, "Reprovision left-behind?", "Reprovision");
  await expect(tokenDialog(page, "left-behind")).toBeVisible();
  expect(await tokenDialog(page, "left-behind").getByText("token no longer works").count()).toBe(0);
  await storeAndClose(page, "left-behind");
  await expect(row).not.toContainText("token not confirmed");
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
  await page.clock.install();
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
  const { stdout } = await stopAtContact(page, register);
  expect(stdout).toContain("Registered with");
  await expect(dialog.getByText("the token is used up")).toBeVisible();
  expect((await stat(join(home, "client.json"))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(home, "client.json"), "utf8")).not.toContain("gh_cli_");
  await expect(register()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("has been used before") });
});
