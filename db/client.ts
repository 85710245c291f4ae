import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { createPool, type Pool, type PoolOptions } from "./pool";
import { quietQueryErrors } from "./quiet-errors";
import * as schema from "./schema";

quietQueryErrors();

/**
 * Connects to PostgreSQL 15 or later. Reads no environment and keeps no singleton. What it is asked throws
 * DatabaseUnavailable, as the cause of Drizzle's error, when no answer comes in time.
 */
export function createDb(
  url: string,
  {
    max = 10,
    pooled = false,
    role = null,
    statementTimeout = 10_000,
    prepares = true,
    patience = 10_000,
    onFault,
  }: Partial<PoolOptions> = {},
) {
  const pool = createPool(url, { max, pooled, role, statementTimeout, prepares, patience, onFault });
  return Object.assign(drizzle(pool as unknown as Sql, { schema }), { $client: pool as Pool });
}

export type Db = ReturnType<typeof createDb>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

type Reads = "select" | "selectDistinct" | "selectDistinctOn";

/** What domain code may do outside a change: read. */
export type Reader = Pick<Tx, Reads | "$with" | "$count"> & {
  with(...queries: Parameters<Tx["with"]>): Pick<ReturnType<Tx["with"]>, Reads>;
};
