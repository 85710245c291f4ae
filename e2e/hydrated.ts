import type { Page } from "@playwright/test";

/** Waits until React holds the page: what is typed or pressed earlier than that goes to nobody. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll(":is(form, button)")];
    const held = controls.every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps")));
    return document.readyState === "complete" && held;
  });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}
