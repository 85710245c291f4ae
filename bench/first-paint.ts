import { chromium } from "@playwright/test";
import { findInstalledBrowser } from "@/cli/browser";

const rounds = 7;
const slowdown = 4;

/** Milliseconds until a page first shows something, by a processor four times as slow; the median of some loads without a cache. */
export async function firstPaint(base: string, path: string, cookie: string): Promise<number | null> {
  const executablePath = findInstalledBrowser();
  if (!executablePath) return null;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const found: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        extraHTTPHeaders: { cookie },
      });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      await page.goto(`${base}${path}`, { waitUntil: "load" });
      found.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              new PerformanceObserver((list) => {
                for (const { name, startTime } of list.getEntries())
                  if (name === "first-contentful-paint") resolve(startTime);
              }).observe({ type: "paint", buffered: true });
            }),
        ),
      );
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return found.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? null;
}
