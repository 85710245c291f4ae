import { expect, type Page } from "@playwright/test";
import { v7 } from "uuid";
import { addressesOf } from "@/lib/identity-providers/addresses";
import { oidcClient, startOidcProvider } from "@/lib/testing/oidc-provider";
import { hydrated } from "./hydrated";
import { runningServer } from "./server";
import { withDatabase } from "./sign-in-as";

export type Peer = Awaited<ReturnType<typeof startPeer>>;

/** A real provider on this machine, with a name that no other journey uses. */
export async function startPeer() {
  const mark = v7().slice(-8);
  const slug = `peer-${mark}`;
  const { redirect, signedOut, logout } = addressesOf(runningServer().baseUrl, slug);
  const signOut = { signedOutUri: signedOut, logoutUri: logout };
  const provider = await startOidcProvider({ redirectUri: redirect, algorithm: "ES256", signOut });
  return { ...provider, slug, name: `Peer ${mark}`, domain: `${slug}.example` };
}

/** Somebody whom the provider knows, and nobody else. */
export function accountOf(peer: Peer, first = "Petra") {
  const mark = v7().slice(-8);
  return {
    sub: `sub-${mark}`,
    preferred_username: `${first.toLowerCase()}-${mark}`,
    email: `${first.toLowerCase()}-${mark}@${peer.domain}`,
    email_verified: true,
    given_name: first,
    family_name: `Peer ${mark}`,
  };
}

export const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
export const confirm = (page: Page, name: string) =>
  page.getByRole("alertdialog").getByRole("button", { name, exact: true }).click();

/** Fills the form in as somebody who reads it from the provider's own pages, and leaves it unsent. */
export async function fillIn(page: Page, peer: Peer): Promise<void> {
  await page.goto("/admin/identity-providers/new/any");
  await hydrated(page);
  await field(page, "Name").fill(peer.name);
  await field(page, "Short name").fill(peer.slug);
  await field(page, "Discovery address").fill(peer.discoveryUrl);
  await field(page, "Client id").fill(oidcClient.clientId);
  await field(page, "Client secret").fill(oidcClient.clientSecret);
  await field(page, "Domains").fill(peer.domain);
  await page.getByRole("checkbox", { name: "Create users at their first sign-in" }).check();
  await field(page, "Primary role").selectOption("Quality Engineer");
  await page.getByRole("checkbox", { name: "Quality Engineer" }).check();
}

export async function setUp(page: Page, peer: Peer): Promise<void> {
  await fillIn(page, peer);
  await press(page, "Add as a draft");
  await expect(page.getByText("These settings have not been tested yet.", { exact: true })).toBeVisible();
}

/** Presses "Test", and gives the window in which it ends. */
export async function testIn(page: Page, peer: Peer, account: ReturnType<typeof accountOf> | null): Promise<Page> {
  peer.signsIn(account);
  const opened = page.context().waitForEvent("page");
  await press(page, "Test");
  const window = await opened;
  await window.waitForURL(/\/test\?test=/);
  await hydrated(window);
  return window;
}

export async function enable(page: Page): Promise<void> {
  await press(page, "Enable");
  await confirm(page, "Enable");
  await expect(page.getByRole("main").getByText("enabled", { exact: true })).toBeVisible();
}

/** What people sign in through afterwards: set up on its page, and enabled by row, as a test and "Enable" leave it. */
export async function offer(page: Page, peer: Peer, database = withDatabase): Promise<void> {
  await setUp(page, peer);
  await database(
    (sql) => sql`
      update identity_providers set state = 'enabled', tested_at = now(), test_claims = ${sql.json(accountOf(peer, "Tess"))}
       where slug = ${peer.slug}`,
  );
}
