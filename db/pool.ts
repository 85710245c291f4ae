import { setTimeout as sleep } from "node:timers/promises";
import { type Connection, openConnection } from "./connection";
import { DatabaseUnavailable } from "./lost";
import { beginOn, type Client, statementsOn, type TransactionClient } from "./transaction";

export interface PoolOptions {
  /** Most connections at once. */
  max: number;
  /** Whether the connections lead to a pooler: its role has the settings of a session, see db/pooler.ts. */
  pooled: boolean;
  /** Role taken on every connection. */
  role: string | null;
  /** Milliseconds after which PostgreSQL cancels a statement. */
  statementTimeout: number;
  /** Whether statements may be kept prepared: not where a pooler gives each transaction another connection. */
  prepares: boolean;
  /** Milliseconds that anybody waits for a connection, and for a database that is gone to be back. */
  patience: number;
  /** Called with every error, in the context of the caller. */
  onFault?: (error: unknown) => void;
}

export interface Pool extends Client {
  begin<T>(work: (client: TransactionClient) => Promise<T>): Promise<T>;
  /** Refuses what comes from now on, lets what runs end for so many seconds, and closes every connection. */
  end(options?: { timeout?: number }): Promise<void>;
}

type Waiter = { take: (connection: Connection) => void; refuse: (error: DatabaseUnavailable) => void };

const probeEvery = 200;
/** Milliseconds in which a database that does not hang opens a connection and answers. */
const probeTimeout = 2_000;
/** What PostgreSQL says when it has no connection left: it lives, and those that are open are good. */
const tooMany = "53300";
const longestLife = 45 * 60_000;

/**
 * Connections to one database, each used by one at a time. Throws DatabaseUnavailable to a caller that waits longer than the
 * patience. Once a connection is lost or an answer is late, the database is probed: it is taken for lost until that succeeds,
 * and after the patience everybody is refused at once.
 */
export function createPool(
  url: string,
  { max, pooled, role, statementTimeout, prepares, patience, onFault }: PoolOptions,
): Pool {
  const options: Client["options"] = { parsers: {}, serializers: {} };
  const connections = new Set<Connection>();
  const idle: Connection[] = [];
  const waiting = new Set<Waiter>();
  let lostAt: number | null = null;
  let ended: (() => void) | null = null;

  const open = () => openConnection(url, { ...options, pooled, role, statementTimeout, prepares, onClosed: forget });

  function add(): Connection {
    const connection = open();
    connections.add(connection);
    return connection;
  }

  function forget(connection: Connection) {
    const place = idle.indexOf(connection);
    if (place >= 0) idle.splice(place, 1);
    if (connections.delete(connection)) void probe();
    if (connections.size === 0) ended?.();
  }

  /** Of a database that is lost nobody waits for what the first one has waited for already. */
  const end = () => (lostAt ?? Date.now()) + patience;

  function acquire(): Connection | Promise<Connection> {
    if (ended) throw new DatabaseUnavailable("CONNECTION_ENDED");
    if (lostAt === null) {
      const free = idle.pop();
      if (free) return free;
      if (connections.size < max) return add();
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        take: (connection) => settle(() => resolve(connection)),
        refuse: (error) => settle(() => reject(error)),
      };
      const timer = setTimeout(
        () => {
          waiter.refuse(new DatabaseUnavailable(lostAt === null ? "BUSY" : "LOST"));
          void probe();
        },
        Math.max(0, end() - Date.now()),
      );
      const settle = (so: () => void) => {
        clearTimeout(timer);
        waiting.delete(waiter);
        so();
      };
      waiting.add(waiter);
    });
  }

  function release(connection: Connection) {
    if (!connection.alive) return;
    if (ended || Date.now() - connection.since > longestLife) {
      connections.delete(connection);
      connection.close("CONNECTION_ENDED");
    } else idle.push(connection);
    serve();
  }

  function serve() {
    for (const { take } of waiting) {
      if (lostAt !== null) return;
      const connection = idle.pop() ?? (connections.size < max ? add() : null);
      if (!connection) return;
      take(connection);
    }
  }

  /** Asks on a connection of its own until an answer comes. Where it hangs, the others hang too, and are closed. */
  async function probe() {
    if (lostAt !== null || ended) return;
    const begin = Date.now();
    lostAt = begin;
    for (; !ended; await sleep(probeEvery, undefined, { ref: false })) {
      const probing = open();
      const timer = setTimeout(() => probing.close("DEADLINE"), probeTimeout);
      try {
        await probing.run({ text: "select 1", parameters: [], values: false, kept: false });
        lostAt = null;
        if (connections.size < max) {
          connections.add(probing);
          release(probing);
        } else probing.close("CONNECTION_ENDED");
        return serve();
      } catch (error) {
        const reason = error instanceof DatabaseUnavailable ? error.reason : "";
        probing.close("CONNECTION_CLOSED");
        if (reason === tooMany) {
          lostAt = null;
          return serve();
        }
        if (reason === "DEADLINE") for (const connection of connections) connection.close(reason);
      } finally {
        clearTimeout(timer);
      }
    }
  }

  async function using<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    let connection: Connection | undefined;
    try {
      connection = await acquire();
      return await work(connection);
    } catch (error) {
      onFault?.(error);
      throw error;
    } finally {
      if (connection) release(connection);
    }
  }

  return {
    options,
    unsafe: statementsOn((statement) => using((connection) => connection.run(statement))),
    begin: (work) => using((connection) => beginOn(connection, options, work)),
    async end({ timeout = 0 } = {}) {
      const closed = new Promise<void>((resolve) => {
        ended = resolve;
      });
      for (const { refuse } of waiting) refuse(new DatabaseUnavailable("CONNECTION_ENDED"));
      for (const connection of [...idle]) connection.close("CONNECTION_ENDED");
      if (connections.size === 0) return;
      const late = new AbortController();
      await Promise.race([
        closed,
        ...(timeout > 0 ? [sleep(timeout * 1_000, undefined, { signal: late.signal })] : []),
      ]);
      late.abort();
      for (const connection of [...connections]) connection.close("CONNECTION_DESTROYED");
    },
  };
}
