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

/**
 * Without a graphics card every frame of a movement is drawn by the processor: in these journeys the browser asks for none. The
 * others cover what moves, such as messages and rows that leave, and a thorough run moves everywhere.
 */
const still = [
  ...["access", "account", "account-in-use", "all-clients", "api-reference", "audit", "clients", "clients-token"],
  ...["email-change", "ends", "forgot-password", "form-summary", "groups", "groups-scoped", "half-dates", "home"],
  ...["invitation", "keyboard", "mail", "palette", "pickers", "profile", "saved-views", "sign-in", "typed-filters"],
  ...["unsaved-changes", "users-edit"],
].map((name) => `**/${name}.spec.ts`);
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
    { name: "chromium", testIgnore: still },
    { name: "still", testMatch: still, use: { contextOptions: { reducedMotion } } },
  ],
});
