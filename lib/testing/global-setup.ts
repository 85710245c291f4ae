import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { createTestDatabase } from "./databases";

declare module "vitest" {
  export interface ProvidedContext {
    /** A PostgreSQL to use instead of the one that comes along; empty when there is none. */
    externalUrl: string;
    /** The migrated database of this run. */
    databaseUrl: string;
    /** Set by `npm run test:faults`: what asks `rounds` (lib/testing/thorough.ts) runs at its full count. */
    thorough: boolean;
  }
}

/** One PostgreSQL for all runs in this folder, one migrated database for this run; both are gone when it ends. */
export default async function setup(project: TestProject) {
  const external = project.getProvidedContext().externalUrl;
  const server = external
    ? { url: external, stop: async () => {} }
    : await startEmbedded(join(project.config.root, ".test"), { share: true, durable: false, log: console.log });
  const database = await createTestDatabase(server.url, `gatehouse_test_${process.pid}`);
  await migrate(database.url);
  project.provide("databaseUrl", database.url);

  return async () => {
    await database.drop();
    await server.stop();
  };
}
