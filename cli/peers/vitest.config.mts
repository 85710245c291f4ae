import { defineConfig, mergeConfig } from "vitest/config";
import base from "../../vitest.config.mjs";

const merged = mergeConfig(
  base,
  defineConfig({ test: { provide: { keycloak: process.env.KEYCLOAK_DISCOVERY ?? "" }, testTimeout: 60_000 } }),
);

/** What needs a provider that `npm test` does without. */
export default { ...merged, test: { ...merged.test, include: ["cli/peers/**/*.peer.ts"] } };
