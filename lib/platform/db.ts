import { createDb, type Db } from "@/db/client";
import { noteFault } from "@/lib/platform/database-faults";
import { env, prepares } from "@/lib/platform/env";

const kept = globalThis as { gatehouseDb?: Db };

/** Milliseconds. A request that meets both ends within ten seconds: a statement that hangs, then a database that is lost. */
const limits = { statementTimeout: 5_000, patience: 2_500 };

/** The process's pool. The edge alone asks for it: to make a context, and to read what is asked before anybody is known. */
export function db(): Db {
  kept.gatehouseDb ??= createDb(env().DATABASE_URL, {
    role: env().GATEHOUSE_DATABASE_ROLE || null,
    prepares: prepares(),
    ...limits,
    onFault: noteFault,
  });
  return kept.gatehouseDb;
}
