import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import postgres from "postgres";
import { v7 } from "uuid";
import { startDemoServer } from "@/cli/demo-server";
import { embeddedUrl, freePort } from "@/db/embedded";
import { demoPassword } from "@/db/seed/cast";
import { startOidcProvider } from "@/lib/testing/oidc-provider";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { accountOf, confirm, offer, type Peer, press } from "./provider-steps";

const folder = join(import.meta.dirname, "../.test");
const dataDir = join(folder, "e2e-only");

let address = "";
let peer: Peer;
let stop = async () => {};

test.describe.configure({ mode: "serial" });

/** On a server of its own: nobody else could sign in meanwhile. */
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = String(await freePort());
  address = `http://localhost:${port}`;
  stop = await startDemoServer({ dataDir, port, databaseUrl: "", logFile: join(folder, "e2e-only.log") });
  const mark = v7().slice(-8);
  const slug = `peer-${mark}`;
  const provider = await startOidcProvider({ redirectUri: `${address}/api/auth/callback/${slug}` });
  peer = { ...provider, slug, name: `Peer ${mark}`, domain: `${slug}.example` };
  const page = await visitor(browser);
  await enter(page, "ada");
  await offer(page, peer, withDatabase);
  await page.context().close();
});
test.afterAll(async () => {
  await stop();
  await peer?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(embeddedUrl(dataDir), { max: 1, prepare: false, onnotice: () => {} });
  return work(sql).finally(() => sql.end({ timeout: 5 }));
}

const visitor = async (browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> =>
  (await browser.newContext({ ...options, baseURL: address })).newPage();

async function type(page: Page, name: string, password = demoPassword) {
  await page.getByLabel("User name or email").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function enter(page: Page, name: string) {
  await page.goto("/sign-in?next=%2Faccount");
  await hydrated(page);
  await type(page, name);
  await expect(page).toHaveURL(/\/account/);
}

const goOn = (page: Page) => page.getByRole("button", { name: `Continue with ${peer.name}` });
const folded = (page: Page) => page.getByText("Administrator sign-in", { exact: true });
const alert = (page: Page) => page.getByRole("main").getByRole("alert");

async function toSettings(page: Page) {
  await page.goto("/admin/identity-providers");
  await hydrated(page);
  await page.getByRole("link", { name: peer.name }).click();
  await expect(panel(page)).toBeVisible();
}

const panel = (page: Page) => page.getByRole("region", { name: "Only way to sign in" });

test("an administrator makes it the only way to sign in, and is told what that means", async ({ browser }) => {
  const page = await visitor(browser);
  await enter(page, "ada");
  await toSettings(page);
  await panel(page).getByRole("button", { name: "Make it the only way" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("can no longer sign in with a password or a passkey");
  await expect(dialog).toContainText("still sign");
  await expectAccessible(page, "making it the only way");
  await confirm(page, "Make it the only way");
  await expect(panel(page).getByText("on", { exact: true })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("The only way to sign in");
  // Without the toast, which lies over the page for a moment.
  await toSettings(page);
  await expectAccessible(page, "settings of the only way");
  await page.goto("/admin/identity-providers");
  await expect(page.getByRole("row", { name: new RegExp(peer.name) })).toContainText("The only way to sign in");
  await expectAccessible(page, "the list with the only way");
  await page.goto("/admin/audit?operation=identity_provider.require");
  await expect(page.getByText("the only way to sign in").first()).toBeVisible();
  await page.context().close();
});

test("S1: others are refused as by a wrong password, administrators come in, and the provider stands first", async ({
  browser,
}) => {
  const page = await visitor(browser);
  await page.goto("/sign-in");
  await hydrated(page);
  await expect(goOn(page)).toBeVisible();
  await expect(page.getByLabel("User name or email")).toBeHidden();
  await expectAccessible(page, "sign-in by the only way");
  await folded(page).click();
  await type(page, "eve");
  const wrong = "User name or password is wrong, or the account is locked.";
  await expect(alert(page)).toContainText(wrong);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await expectAccessible(page, "administrator sign-in");
  await type(page, "eve", "certainly wrong");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await expect(alert(page)).toContainText(wrong);
  await type(page, "ada");
  await expect(page).toHaveURL(/\/account|\/admin/);
  await page.context().close();
});

test("without JavaScript as well", async ({ browser }) => {
  const page = await visitor(browser, { javaScriptEnabled: false });
  await page.goto("/sign-in?next=%2Faccount%2Fsessions");
  await folded(page).click();
  await type(page, "eve");
  await expect(alert(page)).toContainText("User name or password is wrong");
  await type(page, "ada");
  await expect(page).toHaveURL("/account/sessions");
  await page.context().close();
});

test("people sign in through it; a cancel is told above, and a forgotten password leads there", async ({ browser }) => {
  const page = await visitor(browser);
  peer.signsIn(null);
  await page.goto("/sign-in?next=%2Faccount");
  await hydrated(page);
  await goOn(page).click();
  await expect(alert(page)).toHaveText(`You cancelled at ${peer.name}. Start again when you want to sign in.`);
  await expect(page.getByLabel("User name or email")).toBeHidden();
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByRole("main")).toContainText(`Everyone except administrators signs in through ${peer.name}`);
  await expectAccessible(page, "a forgotten password");
  await hydrated(page);
  peer.signsIn(accountOf(peer, "Olive"));
  await goOn(page).click();
  await expect(page).toHaveURL("/account");
  await page.context().close();
});

test("L3: its activity has who came and what was refused, with what can be done", async ({ browser }) => {
  const page = await visitor(browser);
  await enterAsAdministrator(page);
  await toSettings(page);
  await page
    .getByRole("navigation", { name: "Identity provider", exact: true })
    .getByRole("link", { name: "Activity" })
    .click();
  await expect(page.getByRole("region", { name: "Refused sign-ins" })).toContainText(
    "it was cancelled at the provider",
  );
  await expect(page.getByRole("region", { name: "Last sign-ins" })).toContainText("Olive");
  await expect(page.getByRole("region", { name: "What to do" })).toContainText("It was cancelled at the provider");
  await hydrated(page);
  await expectAccessible(page, "the activity of a provider");
  await page.getByRole("link", { name: `Everything about ${peer.name} in the audit log` }).click();
  await expect(page).toHaveURL(/\/admin\/audit\?target=/);
  await expect(page.getByText("it was cancelled at the provider").first()).toBeVisible();
  await page.context().close();
});

test("I1: a secret that ends soon needs attention, and stands with the provider", async ({ browser }) => {
  await withDatabase((sql) => sql`update identity_providers set secret_expires_at = now() + interval '12 days 1 hour'`);
  const page = await visitor(browser);
  await enterAsAdministrator(page);
  await page.goto("/admin");
  const line = page.getByRole("listitem").filter({ hasText: `${peer.name}: client secret expires in 12 days` });
  await expect(line).toBeVisible();
  await expectAccessible(page, "Home with a secret that ends");
  await line.getByRole("link", { name: "Enter a new one" }).click();
  await expect(page).toHaveURL(/\/connection$/);
  await expect(page.getByRole("main")).toContainText("Secret expires in 12 days.");
  await expect(page.getByRole("main")).toContainText("It also stops being the only way to sign in");
  await expectAccessible(page, "a connection whose secret ends");
  await page.context().close();
});

test("an administrator opens every way again, and everybody's password counts", async ({ browser }) => {
  const page = await visitor(browser);
  await enterAsAdministrator(page);
  await toSettings(page);
  await panel(page).getByRole("button", { name: "Allow other ways" }).click();
  await confirm(page, "Allow other ways");
  await expect(panel(page).getByText("off", { exact: true })).toBeVisible();
  await page.context().close();
  const other = await visitor(browser);
  await enter(other, "eve");
  await other.context().close();
});

test("disabling it opens every way as well", async ({ browser }) => {
  const page = await visitor(browser);
  await enter(page, "ada");
  await toSettings(page);
  await panel(page).getByRole("button", { name: "Make it the only way" }).click();
  await confirm(page, "Make it the only way");
  await expect(panel(page).getByText("on", { exact: true })).toBeVisible();
  await press(page, "Disable");
  await expect(page.getByRole("alertdialog")).toContainText("passwords and passkeys work again for everybody");
  await confirm(page, "Disable");
  await expect(panel(page).getByRole("button", { name: "Make it the only way" })).toHaveAccessibleDescription(
    /Enable it first/,
  );
  await page.context().close();
});

async function enterAsAdministrator(page: Page) {
  await page.goto("/sign-in?next=%2Faccount");
  await hydrated(page);
  await folded(page).click();
  await type(page, "ada");
  await expect(page).toHaveURL(/\/account/);
}
