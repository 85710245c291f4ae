import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { expect } from "vitest";
import type { Tx } from "@/db/client";
import { createPool } from "@/db/pool";
import * as schema from "@/db/schema";

const lockOrWrite = /\bfor (no key )?update\b|\bfor (key )?share\b|advisory|^\s*(insert|update|delete|lock)\b/i;

/**
 * What is asked of a database by work that only reads: in a read-only transaction, where PostgreSQL refuses writes and
 * locks of rows, and no statement may take another lock. Fails with fewer than `least` statements, or more than `most`.
 */
export async function readingAlone(
  url: string,
  least: number,
  work: (tx: Tx) => Promise<unknown>,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const statements: string[] = [];
  const pool = createPool(url, { max: 1, role: null, prepares: true, statementTimeout: 10_000, patience: 10_000 });
  const logger = { logQuery: (statement: string) => void statements.push(statement) };
  const db = drizzle(pool as unknown as Sql, { schema, logger });
  try {
    const reading = async (tx: unknown) => {
      statements.length = 0;
      await work(tx as Tx);
    };
    await db.transaction(reading, { accessMode: "read only" });
  } finally {
    await pool.end();
  }
  expect(statements.filter((statement) => lockOrWrite.test(statement))).toEqual([]);
  expect(statements.length).toBeGreaterThanOrEqual(least);
  expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(most);
}
