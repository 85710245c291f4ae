import type { Db } from "@/db/client";
import type { Pool } from "@/db/pool";
import type { Client, TransactionClient } from "@/db/transaction";

export type Asked = { statements: number; unprepared: number; transactions: number };

/** Counts what a database is asked from now on; gives how much since it was called last. */
export function countStatements(db: Db): () => Asked {
  const pool: Pool = db.$client;
  let asked: Asked = { statements: 0, unprepared: 0, transactions: 0 };
  const watch = <C extends Client>(client: C): C => {
    const { unsafe } = client;
    client.unsafe = (text, parameters, options) => {
      asked.statements += 1;
      if (!options?.prepare && parameters?.length) asked.unprepared += 1;
      return unsafe(text, parameters, options);
    };
    return client;
  };
  watch(pool);
  const { begin } = pool;
  pool.begin = <T>(work: (client: TransactionClient) => Promise<T>) => {
    asked.transactions += 1;
    return begin((client) => work(watch(client)));
  };
  return () => {
    const last = asked;
    asked = { statements: 0, unprepared: 0, transactions: 0 };
    return last;
  };
}
