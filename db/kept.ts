import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { mapRowsAtOnce } from "./row-mapper";
import type { Client } from "./transaction";

type Prepared<T> = { execute(values?: Record<string, unknown>): Promise<T> };
type Preparable<T> = { prepare(name: string): Prepared<T> };

/**
 * Asks by a statement that PostgreSQL keeps prepared on its connection: one way there and back instead of two, and no plan
 * made again. Only for a statement whose text does not depend on what is asked and whose best plan does not either
 * (docs/decisions/0015-connections-that-are-lost.md). The driver names it by its text.
 */
export const kept = <T>(query: Preparable<T>): Promise<T> => prepared(query).execute();

/** A limit as part of the text: of one that is a parameter, PostgreSQL does not know how few rows it leaves. */
export const atMost = (rows: number): number => sql.raw(String(rows)) as unknown as number;

const prepared = <T>(query: Preparable<T>): Prepared<T> => mapRowsAtOnce(query.prepare("kept"));

/**
 * The same of a statement that is asked often: built once for all databases and transactions, since that takes longer than to
 * send it. What differs each time is a placeholder, which is not null where its column has a form of its own, as dates have.
 */
export function keptBuilt<D extends object, V extends Record<string, unknown>, T>(build: (db: D) => Preparable<T>) {
  let built: Prepared<T> | undefined;
  return (db: D, values: V): Promise<T> => {
    const client = clientOf(db);
    // What can only read has none of its own, and builds without locks (lib/kernel/lock.ts).
    if (!client) return prepared(build(db)).execute(values);
    built ??= prepared(build(db));
    return on(client, built).execute(values);
  };
}

/** The placeholder of a value in the form that a column has, where Drizzle does not see it by itself: in `set` and beside `sql`. */
export const given = (name: string, column: AnyColumn): SQL => sql`${sql.param(sql.placeholder(name), column)}`;

const clientOf = (db: { _?: { session?: { client?: Client } } }): Client | undefined => db._?.session?.client;

/** Drizzle's statement reads from itself whom it asks. */
const on = <T>(client: Client, statement: Prepared<T>): Prepared<T> =>
  Object.create(statement, { client: { value: client } }) as Prepared<T>;
