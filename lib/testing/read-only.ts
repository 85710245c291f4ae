import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { expect } from "vitest";
import type { Tx } from "@/db/client";
import { createPool } from "@/db/pool";
import * as schema from "@/db/schema";

const lockOrWrite =
  /\bfor (no key )?update\b|\bfor (key )?share\b|\badvisory\b|\block table\b|^\s*(with\b[^]*)?(insert|update|delete)\b/i;

/**
 * What is asked of a database by work that only reads: in a read-only transaction, where PostgreSQL refuses writes and
 * locks of rows, and no statement may take another lock. Gives the statements, at least `least` of them.
 */
export async function readingAlone(url: string, least: number, work: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const pool = createPool(url, { max: 1, role: null, statementTimeout: 10_000, patience: 10_000 });
  const logger = { logQuery: (statement: string) => void statements.push(statement) };
  const db = drizzle(pool as unknown as Sql, { schema, logger });
  try {
    await db.transaction((tx) => work(tx as unknown as Tx), { accessMode: "read only" });
  } finally {
    await pool.end();
  }
  expect(statements.filter((statement) => lockOrWrite.test(statement))).toEqual([]);
  expect(statements.length).toBeGreaterThanOrEqual(least);
  return statements;
}
