import type { Db } from "@/db/client";
import { watchStatements } from "../lib/testing/watch-statements";

export type Asked = { statements: number; unprepared: number; transactions: number };

/** Counts what a database is asked from now on; gives how much since it was called last. */
export function countStatements(db: Db): () => Asked {
  let asked: Asked = { statements: 0, unprepared: 0, transactions: 0 };
  watchStatements(db.$client, {
    statement(_, parameters, options) {
      asked.statements += 1;
      if (!options?.prepare && parameters.length > 0) asked.unprepared += 1;
    },
    transaction() {
      asked.transactions += 1;
    },
  });
  return () => {
    const last = asked;
    asked = { statements: 0, unprepared: 0, transactions: 0 };
    return last;
  };
}
