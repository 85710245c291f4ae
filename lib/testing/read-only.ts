import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { expect } from "vitest";
import type { Tx } from "@/db/client";
import { createPool } from "@/db/pool";
import * as schema from "@/db/schema";
import { watchStatements } from "@/lib/testing/watch-statements";

const lockOrWrite = /\bfor (no key )?update\b|\bfor (key )?share\b|advisory|^\s*(insert|update|delete|lock)\b/i;

/** The statements that work asks of a database, in one transaction: to read only, or one that is rolled back. */
async function statementsIn(url: string, work: (tx: Tx) => Promise<unknown>, readOnly: boolean): Promise<string[]> {
  const statements: string[] = [];
  const pool = createPool(url, {
    max: 1,
    pooled: false,
    role: null,
    prepares: true,
    statementTimeout: 10_000,
    patience: 10_000,
  });
  watchStatements(pool, { statement: (text) => void statements.push(text) });
  const db = drizzle(pool as unknown as Sql, { schema });
  const done = new Error("Rolled back");
  try {
    await db.transaction(
      async (tx) => {
        statements.length = 0;
        await work(tx as unknown as Tx);
        if (!readOnly) throw done;
      },
      readOnly ? { accessMode: "read only" } : undefined,
    );
  } catch (error) {
    if (error !== done) throw error;
  } finally {
    await pool.end();
  }
  return statements;
}

/** How many statements a change asks, which is rolled back. */
export const statementsOf = async (url: string, work: (tx: Tx) => Promise<unknown>): Promise<number> =>
  (await statementsIn(url, work, false)).length;

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
  const statements = await statementsIn(url, work, true);
  expect(statements.filter((statement) => lockOrWrite.test(statement))).toEqual([]);
  expect(statements.length).toBeGreaterThanOrEqual(least);
  expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(most);
}
