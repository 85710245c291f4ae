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
    // Invented ones: what seals, builds links or sends mail asks for them.
    env: {
      DATABASE_URL: "postgres://127.0.0.1/unused",
      NEXTAUTH_URL: "http://localhost:3000",
      NEXTAUTH_SECRET: "x".repeat(32),
      GATEHOUSE_ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
      // Providers of the tests listen here.
      GATEHOUSE_PRIVATE_ADDRESSES: "127.0.0.1,localhost",
    },
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
