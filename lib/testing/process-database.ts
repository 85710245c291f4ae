import { onTestFinished } from "vitest";
import type { Db, Tx } from "@/db/client";

/** What this process takes for its database (lib/platform/db.ts) until the test has ended. */
export function takeForOwn(database: Db | Tx): void {
  const kept = globalThis as { gatehouseDb?: unknown };
  kept.gatehouseDb = database;
  onTestFinished(() => {
    kept.gatehouseDb = undefined;
  });
}
