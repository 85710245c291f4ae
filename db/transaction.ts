import postgres from "postgres";
import type { Connection, ConnectionOptions, Rows, Statement } from "./connection";
import { DatabaseUnavailable } from "./lost";

/** What Drizzle's session for postgres.js uses of a client of that driver. */
export interface Client {
  options: Pick<ConnectionOptions, "parsers" | "serializers">;
  unsafe(
    text: string,
    parameters?: unknown[],
    options?: { prepare: boolean },
  ): PromiseLike<Rows> & { values(): Promise<Rows> };
}

export interface TransactionClient extends Client {
  savepoint<T>(work: (client: TransactionClient) => Promise<T>): Promise<T>;
}

/** As the driver does, it asks once somebody waits for the answer. */
export const statementsOn =
  (run: (statement: Statement) => Promise<Rows>): Client["unsafe"] =>
  (text, parameters = [], { prepare: kept } = { prepare: false }) => ({
    // biome-ignore lint/suspicious/noThenProperty: Drizzle awaits what the driver's `unsafe` gives, or asks it for `values`.
    then: (...then) => run({ text, parameters, kept, values: false }).then(...then),
    values: () => run({ text, parameters, kept, values: true }),
  });

/**
 * One transaction on a connection that nobody else uses in the meantime. After a loss it sends nothing more; one during the commit
 * throws DatabaseUnavailable with `unknown`.
 */
export async function beginOn<T>(
  connection: Connection,
  options: Client["options"],
  work: (client: TransactionClient) => Promise<T>,
): Promise<T> {
  const say = (text: string) => connection.run({ text, parameters: [], values: false, kept: false });
  let savepoints = 0;

  /**
   * A failure that nobody looked at fails its scope, as with the driver: PostgreSQL would roll back and call it a commit. What comes
   * after its end, from work that nobody waited for, would run outside the transaction, and is refused.
   */
  async function scope<V>(
    inner: (client: TransactionClient) => Promise<V>,
    undo: string,
    keep: () => Promise<unknown>,
  ) {
    let failed: unknown;
    let over = false;
    const requireOpen = () => {
      if (over) throw new Error("The transaction is over");
    };
    const run = async (statement: Statement) => {
      requireOpen();
      try {
        return await connection.run(statement);
      } catch (error) {
        failed ??= error;
        throw error;
      }
    };
    const savepoint = async <S>(deeper: (client: TransactionClient) => Promise<S>): Promise<S> => {
      requireOpen();
      savepoints += 1;
      const name = `s${savepoints}`;
      await say(`savepoint ${name}`);
      return scope(deeper, `rollback to savepoint ${name}`, async () => undefined);
    };
    let value: V;
    try {
      value = await inner({ options, unsafe: statementsOn(run), savepoint }).finally(() => {
        over = true;
      });
      if (failed) throw failed;
    } catch (error) {
      // A connection that cannot roll back is closed, and PostgreSQL does it then.
      await say(undo).catch(() => connection.close("CONNECTION_CLOSED"));
      throw isAborted(error) && failed ? failed : error;
    }
    await keep();
    return value;
  }

  await say("begin");
  return scope(work, "rollback", () =>
    say("commit").catch((error) => {
      throw error instanceof DatabaseUnavailable ? new DatabaseUnavailable(error.reason, { unknown: true }) : error;
    }),
  );
}

/** The error of every statement after the one that failed. Drizzle wraps it, so its cause is checked. */
const isAborted = (error: unknown): boolean =>
  error instanceof postgres.PostgresError
    ? error.code === "25P02"
    : error instanceof Error && error.cause !== undefined && isAborted(error.cause);
