import { createDb, type Db } from "@/db/client";
import { env } from "@/lib/env";

const kept = globalThis as { gatehouseDb?: Db };

/** The process's pool. The edge alone asks for it: to make a context, and to read what is asked before anybody is known. */
export function db(): Db {
  kept.gatehouseDb ??= createDb(env().DATABASE_URL, { role: env().GATEHOUSE_DATABASE_ROLE || null });
  return kept.gatehouseDb;
}
