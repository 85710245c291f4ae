import { expect, test } from "@playwright/test";
import {
  confirm,
  expectButtons,
  generate,
  newKey,
  openClients,
  register,
  rowOf,
  shownToken,
  storeAndClose,
  tokenDialog,
} from "./client-steps";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";
import { tabTo } from "./tab-to";

test("each status offers its actions and no others, and each works at once (C4–C8)", async ({ page, request }) => {
  const person = await makePerson("Sara");
  await openClients(page, person);
  const first = await generate(page, "station");
  await storeAndClose(page, "station");
  const row = rowOf(page, "station");
  await expect(row).toContainText("provisioned");
  await expect(row).toContainText("never contacted");
  await expectButtons(row, ["Reprovision", "Deregister"]);

  expect((await register(request, first)).status()).toBe(201);
  await expect(row).toContainText("registered");
  await expect(row).toContainText("online");
  await expectButtons(row, ["Reprovision", "Deregister"]);

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
  await expect(row).toContainText("online");

  await row.getByRole("button", { name: "Deregister" }).click();
  await expect(page.getByRole("alertdialog", { name: "Deregister station?" })).toContainText(
    "Its next request is refused. You can reregister it at any time.",
  );
  await confirm(page, "Deregister station?", "Deregister");
  await expect(row).toContainText("deregistered");
  await expectButtons(row, ["Reregister"]);
  await expect(row.getByRole("button", { name: "Reregister" })).toBeFocused();

  await row.getByRole("button", { name: "Reregister" }).click();
  const third = await shownToken(page, "station");
  await storeAndClose(page, "station");
  await expect(row).toContainText("awaiting client");
  await expectButtons(row, ["Reprovision", "Deregister"]);
  expect((await register(request, third)).status()).toBe(201);
  await expect(row).toContainText("online");
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

test("own clients under Token Management: all but Reprovision of a registered one (C9)", async ({ page, request }) => {
  const person = await makePerson("Olga");
  await signInAs(page, person.username);
  await page.goto("/account/clients");
  await expect(page.getByRole("heading", { name: "Token Management" })).toBeVisible();
  await hydrated(page);
  const token = await generate(page, "my-laptop");
  await storeAndClose(page, "my-laptop");
  const row = rowOf(page, "my-laptop");
  await expectButtons(row, ["Reprovision", "Deregister"]);
  expect((await register(request, token)).status()).toBe(201);
  await expect(row).toContainText("online");
  await expectButtons(row, ["Deregister"]);
  await row.getByRole("button", { name: "Deregister" }).click();
  await confirm(page, "Deregister my-laptop?", "Deregister");
  await row.getByRole("button", { name: "Reregister" }).click();
  await storeAndClose(page, "my-laptop");
  await expect(row).toContainText("awaiting client");
});

test("a token of one's own that was lost unused is replaced in one step, and dies (C9)", async ({ page, request }) => {
  const person = await makePerson("Lotte");
  await signInAs(page, person.username);
  await page.goto("/account/clients");
  await hydrated(page);
  const lost = await generate(page, "lost-laptop");
  await page.reload();
  await hydrated(page);
  const row = rowOf(page, "lost-laptop");
  await expect(row).toContainText("token not confirmed. Reprovision gives a new one.");
  await row.getByRole("button", { name: "Reprovision" }).click();
  const fresh = await shownToken(page, "lost-laptop");
  expect(fresh).not.toBe(lost);
  expect((await register(request, lost)).status()).toBe(401);
  await expect(tokenDialog(page, "lost-laptop")).toBeVisible();
  expect((await register(request, fresh)).status()).toBe(201);
  await expect(page.getByText("lost-laptop has registered")).toBeVisible();
  await expect(tokenDialog(page, "lost-laptop")).toBeHidden();
  await expect(row).toContainText("online");
  await page.goto("/account/activity");
  await expect(page.getByText(/replaced the unused token of client lost-laptop/).first()).toBeVisible();
});

test("a lead sees the clients of the people below, and changes nothing (R11)", async ({ page }) => {
  const person = await makePerson("Vera", { manager: "lee" });
  await openClients(page, person);
  await generate(page, "seen");
  await storeAndClose(page, "seen");
  await signInAs(page, "lee");
  await page.goto(`/admin/users/${person.id}/clients`);
  await expect(rowOf(page, "seen")).toBeVisible();
  await expect(page.getByText(`View only.`)).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: "Generate" })).toHaveCount(0);
  await expectButtons(rowOf(page, "seen"), []);
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
