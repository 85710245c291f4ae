import { createDb, type Db } from "@/db/client";
import { noteFault } from "@/lib/platform/database-faults";
import { env, prepares } from "@/lib/platform/env";

const kept = globalThis as { gatehouseDb?: Db };

/** Milliseconds. A request that meets both ends within ten seconds: a statement that hangs, then a database that is lost. */
export const limits = { statementTimeout: 5_000, patience: 2_500 };

/** The process's pool. The edge alone asks for it: to make a context, and to read what is asked before anybody is known. */
export function db(): Db {
  const { DATABASE_URL, GATEHOUSE_POOLER_URL, GATEHOUSE_DATABASE_ROLE } = env();
  kept.gatehouseDb ??= createDb(GATEHOUSE_POOLER_URL ?? DATABASE_URL, {
    pooled: GATEHOUSE_POOLER_URL !== undefined,
    role: GATEHOUSE_DATABASE_ROLE || null,
    prepares: prepares(),
    ...limits,
    onFault: noteFault,
  });
  return kept.gatehouseDb;
}
