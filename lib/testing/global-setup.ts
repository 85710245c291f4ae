import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { createTestDatabase, keepMonthsOfTests } from "@/lib/testing/databases";

declare module "vitest" {
  export interface ProvidedContext {
    /** A PostgreSQL to use instead of the included one; empty when there is none. */
    externalUrl: string;
    /** The server of this run. */
    serverUrl: string;
    /** A migrated database on it, to which nobody connects: others are copies. */
    template: string;
    /** A copy for each worker, so that none waits for what another's open transaction holds. */
    databaseUrls: string[];
    /** Set by `npm run test:faults`: what asks `rounds` (lib/testing/thorough.ts) runs at its full count. */
    thorough: boolean;
  }
}

/** One PostgreSQL for all runs in this folder, and databases for this run, which are gone when it ends. */
export default async function setup(project: TestProject) {
  const external = project.getProvidedContext().externalUrl;
  const server = external
    ? { url: external, stop: async () => {} }
    : await startEmbedded(join(project.config.root, ".test"), { share: true, durable: false, log: console.log });
  const template = `gatehouse_test_${process.pid}`;
  const made = [await createTestDatabase(server.url, template)];
  await migrate(made[0]?.url ?? "");
  await keepMonthsOfTests(made[0]?.url ?? "");
  for (let worker = 1; worker <= Number(project.config.maxWorkers); worker++)
    made.push(await createTestDatabase(server.url, `${template}_${worker}`, template));
  project.provide("serverUrl", server.url);
  project.provide("template", template);
  project.provide(
    "databaseUrls",
    made.slice(1).map(({ url }) => url),
  );

  return async () => {
    for (const database of made.toReversed()) await database.drop();
    await server.stop();
  };
}
