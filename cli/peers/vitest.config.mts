import { defineConfig } from "vitest/config";
import { common, every, resolve } from "../../vitest.config.mjs";

/** What needs a provider that `npm test` does without. The whole configuration would run every project of it instead. */
export default defineConfig({
  resolve,
  test: {
    ...every,
    ...common,
    include: ["cli/peers/**/*.peer.ts"],
    provide: { ...common.provide, keycloak: process.env.KEYCLOAK_DISCOVERY ?? "" },
    testTimeout: 60_000,
    // One realm for all of them.
    maxWorkers: 1,
  },
});
