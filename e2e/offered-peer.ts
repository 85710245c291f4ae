import { test } from "@playwright/test";
import { offer, type Peer, startPeer } from "./provider-steps";
import { signInAs, withDatabase } from "./sign-in-as";

type Offered = Peer & { id: string };

/** A provider through which people sign in while the journeys of a file run. Known once they do. */
export function offeredPeer(): Offered {
  const peer = {} as Offered;
  test.beforeAll(async ({ browser }) => {
    Object.assign(peer, await startPeer());
    const page = await browser.newPage();
    await signInAs(page, "ada");
    await offer(page, peer);
    peer.id = /providers\/([^/]+)\//.exec(page.url())?.[1] ?? "";
    await page.close();
  });
  test.afterAll(async () => {
    await withDatabase((sql) => sql`delete from identity_providers where slug = ${peer.slug}`);
    await peer.stop();
  });
  return peer;
}
