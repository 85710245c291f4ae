import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

export type DbOptions = {
  /** Most connections at once. */
  max?: number;
  /** Role taken on every connection, so that events can be added but never changed. */
  role?: string | null;
  /** Milliseconds after which a statement is cancelled. */
  statementTimeout?: number;
};

/** Connects to PostgreSQL 15 or later. Reads no environment and keeps no singleton. */
export function createDb(url: string, { max = 10, role = null, statementTimeout = 10_000 }: DbOptions = {}) {
  const sql = postgres(url, {
    max,
    prepare: false,
    onnotice: () => undefined,
    connect_timeout: 5,
    connection: {
      application_name: "gatehouse",
      statement_timeout: statementTimeout,
      idle_in_transaction_session_timeout: 15_000,
      TimeZone: "UTC",
      ...(role ? { role } : {}),
    },
  });
  return drizzle(sql, { schema });
}

export type Db = ReturnType<typeof createDb>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

type Reads = "select" | "selectDistinct" | "selectDistinctOn";

/** What domain code may do outside `mutate`: read. */
export type Reader = Pick<Tx, Reads | "$with" | "$count"> & {
  with(...queries: Parameters<Tx["with"]>): Pick<ReturnType<Tx["with"]>, Reads>;
};
