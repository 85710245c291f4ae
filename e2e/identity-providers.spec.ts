import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible, phone } from "./expect-accessible";
import { hydrated } from "./hydrated";
import {
  accountOf,
  confirm,
  enable,
  field,
  fillIn,
  offer,
  type Peer,
  press,
  startPeer,
  testIn,
} from "./provider-steps";
import { signInAs, withDatabase } from "./sign-in-as";

let peer: Peer;
test.beforeEach(async () => {
  peer = await startPeer();
});
test.afterEach(() => peer.stop());

const state = (page: Page, word: string) => page.getByRole("main").getByText(word, { exact: true });
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Identity provider", exact: true }).getByRole("link", { name });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("I1: a provider is set up, tested, enabled, changed, disabled and deleted", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/identity-providers/new");
  await expectAccessible(page, "the presets");
  await page.getByRole("link", { name: "Any other OpenID Connect provider" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Add an OpenID Connect provider");
  await hydrated(page);
  await expectAccessible(page, "a provider to fill in");

  await fillIn(page, peer);
  await expect(page.getByText(`/api/auth/callback/${peer.slug}`)).toBeVisible();
  await field(page, "Discovery address").fill("https://127.0.0.1:9/.well-known/openid-configuration");
  await press(page, "Add as a draft");
  await expect(field(page, "Discovery address")).toHaveAccessibleDescription(/The address does not answer\./);
  await expectAccessible(page, "a provider that does not answer");
  await field(page, "Discovery address").fill(peer.discoveryUrl);
  await press(page, "Add as a draft");

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(peer.name);
  await expect(state(page, "draft")).toBeVisible();
  await expect(button(page, "Enable")).toHaveAccessibleDescription(/Test it first/);
  await expectAccessible(page, "a draft");

  const cancelled = await testIn(page, peer, null);
  await expect(cancelled.getByRole("main").getByRole("alert")).toHaveText(
    `The test failed. You cancelled at ${peer.name}. Start again when you want to sign in.`,
  );
  await cancelled.close();

  const account = accountOf(peer);
  const passed = await testIn(page, peer, account);
  await expect(passed.getByText("Sign-in works. It can be enabled.")).toBeVisible();
  await expect(passed.getByText(account.sub)).toBeVisible();
  await expectAccessible(passed, "the claims of a test");
  await passed.close();
  await expect(state(page, "tested")).toBeVisible();
  await expect(page.getByText(account.preferred_username).first()).toBeVisible();
  await enable(page);

  await tab(page, "Settings").click();
  await expect(field(page, "Email")).toHaveAccessibleDescription(`Last test: ${account.email}`);
  await field(page, "User name").fill("sub");
  await expect(field(page, "User name")).toHaveAccessibleDescription(`Last test: ${account.sub}`);
  await field(page, "Domains").fill(`${peer.domain}, other-${peer.domain}`);
  await hydrated(page);
  await expectAccessible(page, "the settings of a provider");
  await press(page, "Update");
  await expect(page.getByText(`${peer.name} is saved`)).toBeVisible();

  await tab(page, "Connection").click();
  await expect(page.getByText(peer.issuer, { exact: true })).toBeVisible();
  await hydrated(page);
  await expectAccessible(page, "the connection of a provider");
  await field(page, "Client id").fill("another");
  await press(page, "Update");
  await expect(field(page, "Client secret")).toHaveAccessibleDescription(/Enter the client secret again/);
  await page.reload();
  await hydrated(page);
  await expect(field(page, "Client secret")).toHaveValue("");

  await press(page, "Disable");
  await expectAccessible(page, "Disable");
  await confirm(page, "Disable");
  await expect(state(page, "disabled")).toBeVisible();
  await page.goto("/admin/identity-providers");
  await expect(page.getByRole("row", { name: new RegExp(peer.name) })).toContainText("disabled");
  await hydrated(page);
  await expectAccessible(page, "the list of providers");
  await page.getByRole("link", { name: peer.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(peer.name);
  await press(page, "Delete");
  await confirm(page, "Delete");
  await expect(page.getByText(`${peer.name} is deleted`)).toBeVisible();
  await expect(page).toHaveURL("/admin/identity-providers");
  await expect(page.getByRole("link", { name: peer.name })).toHaveCount(0);
  await page.goto("/admin/audit?operation=identity_provider.delete");
  await expect(page.getByText(peer.name).first()).toBeVisible();
});

test("a long name wraps on a phone, and no breadcrumb ends in a separator", async ({ page, browser }) => {
  peer.name = `Peerlessly${peer.slug.replaceAll("-", "")} of the northern harbours`.padEnd(60, "x");
  await signInAs(page, "ada");
  await offer(page, peer);
  const crumbs = page.getByRole("navigation", { name: "Breadcrumb" });
  await page.setViewportSize(phone);
  await expectWhole(page.getByRole("heading", { level: 1 }), phone.width);
  await expect(crumbs.locator("svg")).toHaveCount(0);
  await page.goto("/admin/identity-providers");
  await expectWhole(page.getByRole("link", { name: peer.name }), phone.width);
  await page.goto("/admin/identity-providers/new");
  await expect(crumbs.getByRole("listitem")).toHaveText(["Identity providers"]);
  await expect(crumbs.locator("svg")).toHaveCount(0);

  const visitor = await (await browser.newContext({ viewport: phone })).newPage();
  await visitor.goto("/sign-in");
  await expectWhole(visitor.getByRole("button", { name: `Continue with ${peer.name}` }), phone.width);
  await expectAccessible(visitor, "a provider with a long name", { sizes: [phone] });
  await visitor.context().close();
  await withDatabase((sql) => sql`delete from identity_providers where slug = ${peer.slug}`);
});

/** Nothing of its text is cut, neither by itself nor at the edge. */
async function expectWhole(text: Locator, width: number): Promise<void> {
  await expect(text).toBeVisible();
  const cut = await text.evaluate((element) =>
    [element, ...element.querySelectorAll("*")].some(
      (one) => one instanceof HTMLElement && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0,
    ),
  );
  const box = await text.boundingBox();
  expect({ cut, within: box !== null && box.x >= 0 && box.x + box.width <= width }).toEqual({
    cut: false,
    within: true,
  });
}

test("R12: nobody else finds them", async ({ page }) => {
  await signInAs(page, "lee");
  await page.goto("/admin");
  await expect(page.getByRole("link", { name: "Identity providers" })).toHaveCount(0);
  for (const path of ["", "/new", "/new/okta"])
    expect((await page.goto(`/admin/identity-providers${path}`))?.status()).toBe(403);
});
