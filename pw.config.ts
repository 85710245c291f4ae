import { defineConfig, devices } from "@playwright/test";
import { findInstalledBrowser } from "./cli/browser";
export default defineConfig({
  testDir: "./e2e", outputDir: "./test-results", workers: 1, fullyParallel: false, retries: 0, timeout: 60_000, expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: { ...devices["Desktop Chrome"], baseURL: "http://localhost:3177", trace: "off", launchOptions: { executablePath: process.env.GATEHOUSE_BROWSER || findInstalledBrowser() || undefined, args: ["--no-sandbox"] } },
  projects: [{ name: "chromium" }],
});
