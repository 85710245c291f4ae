import { chromium } from "@playwright/test";
import { findInstalledBrowser } from "@/cli/browser";
import type { Served } from "./build";

const rounds = 9;
const slowdown = 4;

/**
 * Milliseconds until a page of each server first shows something, by a processor four times as slow; the median of some loads in turn,
 * without a cache.
 */
export async function firstPaints(all: Served[], path: string): Promise<number[] | null> {
  const executablePath = findInstalledBrowser();
  if (!executablePath) return null;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const found = all.map(() => [] as number[]);
  const paintOf = async ({ base, cookie }: Served) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, extraHTTPHeaders: { cookie } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(`${base}${path}`, { waitUntil: "load" });
    const paint = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            for (const { name, startTime } of list.getEntries())
              if (name === "first-contentful-paint") resolve(startTime);
          }).observe({ type: "paint", buffered: true });
        }),
    );
    await context.close();
    return paint;
  };
  try {
    // The first of a browser take longer than those that follow.
    for (const served of all) await paintOf(served);
    for (let round = 0; round < rounds; round++)
      for (const [at, served] of all.entries()) found[at]?.push(await paintOf(served));
  } finally {
    await browser.close();
  }
  return found.map((taken) => taken.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0);
}
