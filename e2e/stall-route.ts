import type { Page, Route } from "@playwright/test";

const probe = "/is-it-routed";

/** `page.route` for a page that is open already, done once a request of the page itself has been answered by a route. */
export async function routeNow(page: Page, address: Parameters<Page["route"]>[0], answer: (route: Route) => unknown) {
  await page.route(address, answer);
  await page.route(`**${probe}`, (route) => route.fulfill({ status: 204 }));
  await page.waitForFunction(async (path) => (await fetch(path)).status === 204, probe);
  await page.unroute(`**${probe}`);
}

/** Holds what the page asks of an address until the way to let go, which it gives, is called: however slow the machine. */
export async function stallRoute(page: Page, address: string | RegExp): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await routeNow(page, address, async (route) => {
    await held;
    // The page may be closed by then.
    await route.continue().catch(() => {});
  });
  return letGo;
}
