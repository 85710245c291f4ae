import type { Page } from "@playwright/test";

/** Holds what the page asks of an address until the way to let go, which it gives, is called: however slow the machine. */
export async function stallRoute(page: Page, address: string | RegExp): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(address, async (route) => {
    await held;
    // The page may be closed by then.
    await route.continue().catch(() => {});
  });
  return letGo;
}
