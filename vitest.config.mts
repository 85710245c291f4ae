import { defineConfig } from "vitest/config";

/** They put something in place of a module or of the environment, which other files would find or have found. */
const alone = [
  "app/admin/users/*/access/statements.test.ts",
  "lib/auth/read-once.test.ts",
  "lib/authz/every-command.test.ts",
  "lib/platform/env.test.ts",
  "lib/mail/commands.test.ts",
];

export const resolve = { tsconfigPaths: true };

export const every = {
  // Invented ones: code that encrypts, builds links or sends mail asks for them.
  env: {
    DATABASE_URL: "postgres://127.0.0.1/unused",
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: "x".repeat(32),
    GATEHOUSE_ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
    // Providers of the tests listen here.
    GATEHOUSE_PRIVATE_ADDRESSES: "127.0.0.1,localhost",
  },
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

export const common = {
  globalSetup: ["./lib/testing/global-setup.ts"],
  provide: {
    thorough: process.env.GATEHOUSE_THOROUGH === "1",
    externalUrl: process.env.TEST_DATABASE_URL ?? "",
  },
};

export default defineConfig({
  resolve,
  test: {
    ...common,
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          ...every,
          name: "together",
          include: ["{app,components,lib,db,cli,bench}/**/*.test.{ts,tsx}"],
          exclude: alone,
          // Reading the modules again for each file took as long as a third of the tests.
          isolate: false,
        },
      },
      { resolve, test: { ...every, name: "alone", include: alone } },
    ],
  },
});
