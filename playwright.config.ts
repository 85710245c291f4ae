import { defineConfig, devices } from "@playwright/test";
import { findInstalledBrowser } from "./cli/browser";
import { freePort } from "./db/embedded";
import type { ServerWish } from "./e2e/start-server";

// The workers read this file again: the first reading decides, and leaves its choice in the environment.
process.env.GATEHOUSE_E2E_PORT ||= String(await freePort());
process.env.GATEHOUSE_BROWSER ||= findInstalledBrowser() ?? "";

const { GATEHOUSE_E2E_PORT: port = "", GATEHOUSE_BROWSER: browser, TEST_DATABASE_URL: externalUrl = "" } = process.env;
const baseURL = `http://localhost:${port}`;
const wish: ServerWish = { port, externalUrl };
const thorough = process.env.GATEHOUSE_THOROUGH === "1";

/**
 * Chromium starts two pages for the address bar of every window that opens, which cost more than the window. The last list
 * of a command line counts, so that Playwright's own stands here too.
 */
const without = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"],
  ...["HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints", "AimEnabled"],
  ...["NetworkTimeServiceQuerying", "PreconnectToSearch"],
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIReloadButton", "InitialWebUI"],
];

/** What moves is covered here: messages, rows that leave, the chart, what opens over a page. */
const moving = [
  ...["axe", "heavy-work", "layout", "leaver", "organisation", "pickers", "restore", "row-removal"],
  ...["slow-network", "toasts", "undo", "users-list"],
].map((name) => `**/${name}.spec.ts`);
/** Without a graphics card the processor draws every frame of a movement: the other journeys ask for none, but in a thorough run. */
const reducedMotion = thorough ? "no-preference" : "reduce";

export default defineConfig({
  testDir: "./e2e",
  outputDir: "./test-results",
  globalSetup: "./e2e/start-server.ts",
  metadata: { ...wish, thorough },
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    trace: "off",
    launchOptions: {
      executablePath: browser || undefined,
      args: [
        `--disable-features=${without.join(",")}`,
        // Drawing as for a card that nobody has takes longer than drawing.
        "--disable-gpu",
        "--disable-software-rasterizer",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
  projects: [
    { name: "moving", testMatch: moving },
    { name: "still", testIgnore: moving, use: { contextOptions: { reducedMotion } } },
  ],
});
