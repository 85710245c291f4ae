import { chmodSync, cpSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { confirm, generate, rowOf, tokenDialog } from "./client-steps";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { ClientProcess, makeClient, newHome, type Run, registerClient, ShellProcess } from "./reference-client";
import { runningServer } from "./server";
import { signInAs, withDatabase } from "./sign-in-as";

const server = () => runningServer().baseUrl;

/** Registers and starts one; it is online. */
async function started(name: string) {
  const person = await makePerson(name);
  const client = await makeClient(person, `rig-of-${name}`);
  const home = await registerClient(server(), client);
  const running = new ClientProcess("run", home);
  await said(running, `Online at ${server()} as ${client.name}.`);
  return { person, client, home, running };
}

const said = (running: Run, line: string) =>
  expect.poll(() => running.said.trimEnd().split("\n").at(-1), { timeout: 30_000 }).toContain(line);

/** What it says once: by itself it may have gone on already. */
const saidOnce = (running: Run, line: string) => expect.poll(() => running.said, { timeout: 30_000 }).toContain(line);

const setStatus = (id: string, status: string) =>
  withDatabase((sql) => sql`update users set status = ${status} where id = ${id}`);

async function openClientsOf(page: Page, id: string) {
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${id}/clients`);
  await hydrated(page);
}

test("it registers, runs, is asked how it stands, gives a token, and stops when it is told to (C14)", async ({
  page,
}) => {
  const { person, client, home, running } = await started("stella");
  expect(statSync(join(home, "client.json")).mode & 0o777).toBe(0o600);
  const status = await new ClientProcess("status", home).end();
  expect(status).toEqual({ code: 0, said: expect.stringContaining(`${client.id}. The server accepts it.`) });
  const token = await new ClientProcess("token", home).end();
  expect(token.said).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  await openClientsOf(page, person.id);
  await expect(rowOf(page, client.name)).toContainText("online");
  await expect(rowOf(page, client.name)).toContainText("1.0.0");
  expect(await running.stop()).toEqual({ code: 0, said: expect.stringContaining("Stopped.") });
  chmodSync(join(home, "client.json"), 0o644);
  expect(await new ClientProcess("run", home).end()).toEqual({ code: 1, said: expect.stringContaining("chmod 600") });
});

test("the dialog of its token closes by itself once it has registered, and not before (C2, C3)", async ({ page }) => {
  const person = await makePerson("tess");
  await openClientsOf(page, person.id);
  const token = await generate(page, "tess-laptop");
  const dialog = tokenDialog(page, "tess-laptop");
  await page.waitForResponse(/clients\/state/);
  await page.waitForResponse(/clients\/state/);
  await expect(dialog.getByText("waiting for first contact")).toBeVisible();
  await registerClient(server(), { id: "", name: "tess-laptop", token });
  await expect(page.getByText("tess-laptop has registered")).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(rowOf(page, "tess-laptop")).toContainText("registered");
  await expect(page.getByRole("button", { name: "Generate" })).toBeFocused();
});

test("a disabled user pauses it, with the reason, and it goes on by itself once the user is enabled (C10)", async () => {
  const { person, client, running } = await started("dina");
  await setStatus(person.id, "disabled");
  running.wake();
  await said(running, `${client.name} is paused: its user is disabled.`);
  await setStatus(person.id, "active");
  running.wake();
  await said(running, `Online at ${server()}`);
  expect((await running.stop()).code).toBe(0);
});

test("deregistering stops it with the server's sentence (C5)", async ({ page }) => {
  const { person, client, home, running } = await started("rena");
  await openClientsOf(page, person.id);
  await rowOf(page, client.name).getByRole("button", { name: "Deregister" }).click();
  await confirm(page, `Deregister ${client.name}?`, "Deregister");
  await expect(rowOf(page, client.name)).toContainText("deregistered");
  running.wake();
  expect(await running.end()).toEqual({
    code: 1,
    said: expect.stringContaining(
      `${client.name} is deregistered. Once it is reregistered, register it with its new token.`,
    ),
  });
  expect((await new ClientProcess("status", home).end()).said).toContain("is deregistered");
});

test("archiving its user stops it, and purging leaves a key that nobody knows (C10)", async () => {
  const { person, client, home, running } = await started("arla");
  await setStatus(person.id, "archived");
  running.wake();
  const { code, said: last } = await running.end();
  expect([code, last]).toEqual([
    1,
    expect.stringContaining(`${client.name} is deregistered: its user has been removed.`),
  ]);
  await withDatabase((sql) => sql`delete from users where id = ${person.id}`);
  const after = await new ClientProcess("run", home).end();
  expect(after).toEqual({ code: 1, said: expect.stringContaining("does not belong to a registered client") });
});

test("Disconnect ends its tokens now; its provision stays, and it comes back by its key (C13)", async ({ page }) => {
  const { client, running } = await started("dora");
  await signInAs(page, "ada");
  await page.goto(`/admin/sessions/clients?q=${client.name}`);
  await hydrated(page);
  const row = page.getByRole("row").filter({ hasText: client.name });
  await expect(row).toHaveCount(1);
  await row.getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByText(`The tokens of ${client.name} are ended`)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: client.name })).toHaveCount(0);
  running.wake();
  await saidOnce(running, `The tokens of ${client.name} were ended.`);
  running.wake();
  await said(running, `Online at ${server()}`);
  await expect
    .poll(async () => {
      await page.reload();
      return row.count();
    })
    .toBe(1);
  await running.stop();
  await page.goto("/admin/audit?operation=client.disconnect");
  await expect(page.getByText(client.name).first()).toBeVisible();
});

test("a copied folder that runs in two places is noticed and shown (C11)", async ({ page }) => {
  const { person, client, home, running } = await started("cora");
  const copy = newHome();
  cpSync(home, copy, { recursive: true });
  const second = new ClientProcess("run", copy);
  await said(second, `Online at ${server()}`);
  await openClientsOf(page, person.id);
  // In turn, since of those that beat within one second only the last is written.
  let rounds = 0;
  await expect
    .poll(
      async () => {
        (rounds++ % 2 ? second : running).wake();
        await page.reload();
        return rowOf(page, client.name).textContent();
      },
      { timeout: 30_000, intervals: [2_500] },
    )
    .toContain("runs in two places");
  await page.goto(`/admin/audit?operation=client.notice_copy&person=${person.id}`);
  await expect(page.getByText(client.name)).toHaveCount(1);
  for (const one of [running, second]) await one.stop();
});

test("the ready command fetches it, starts it where it is what this server hands out, and nothing else (C2)", async ({
  page,
}) => {
  const person = await makePerson("Rhoda");
  await openClientsOf(page, person.id);
  const token = await generate(page, "ready-rig");
  const command = (await tokenDialog(page, "ready-rig").getByRole("tabpanel").textContent()) ?? "";
  const folder = newHome();
  writeFileSync(join(folder, "ready-rig.token"), token, { mode: 0o600 });
  const start = (text: string) => new ShellProcess(text, folder);

  const other = await start(command.replace(/"[0-9a-f]{64} /, `"${"0".repeat(64)} `)).end();
  expect([other.code, other.said]).toEqual([1, expect.not.stringContaining("Registered")]);
  const running = start(command);
  await said(running, `Online at ${server()} as ready-rig.`);
  expect(running.said).toContain("gatehouse-client.mjs: OK");
  expect((await running.stop()).said).toContain("Stopped.");
});

test("it says what is missing where it is used wrongly", async () => {
  const home = newHome();
  for (const [command, sentence] of [
    ["", "Say one of: register, run, status, token, help."],
    ["constructor", "Say one of"],
    ["register", "--server is missing."],
    ["run", "This client is not registered"],
  ] as const)
    expect(await new ClientProcess(command, home).end()).toEqual({ code: 1, said: expect.stringContaining(sentence) });
  expect(await new ClientProcess("--help", home).end()).toEqual({
    code: 0,
    said: expect.stringContaining("register --server URL --token-file FILE"),
  });
  rmSync(home, { recursive: true });
});
