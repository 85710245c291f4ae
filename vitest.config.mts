import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["{app,components,lib,db,cli,bench}/**/*.test.{ts,tsx}"],
    globalSetup: ["./lib/testing/global-setup.ts"],
    provide: {
      thorough: process.env.GATEHOUSE_THOROUGH === "1",
      externalUrl: process.env.TEST_DATABASE_URL ?? "",
    },
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
