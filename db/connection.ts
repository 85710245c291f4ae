import net from "node:net";
import postgres from "postgres";
import { arrayTypes } from "./arrays";
import { DatabaseUnavailable, lossOf } from "./lost";

export type Rows = postgres.RowList<postgres.Row[]>;
/** `kept`: PostgreSQL may keep it prepared on the connection, with its plan. */
export type Statement = { text: string; parameters: unknown[]; values: boolean; kept: boolean };

export interface Connection {
  /** False from the moment on at which it was lost or closed. */
  readonly alive: boolean;
  /** `Date.now()` of its making. */
  readonly since: number;
  /** Throws DatabaseUnavailable when the connection is lost or the answer does not come in time. */
  run(statement: Statement): Promise<Rows>;
  /** Closes it at once; what is still asked ends with this error. */
  close(reason: string): void;
}

export interface ConnectionOptions {
  /** Whether it leads to a pooler, which refuses the settings of a session: its role has them in PostgreSQL. */
  pooled: boolean;
  role: string | null;
  /** Milliseconds after which PostgreSQL cancels a statement. */
  statementTimeout: number;
  /** Whether statements may be kept prepared. */
  prepares: boolean;
  parsers: Record<string, (value: never) => unknown>;
  serializers: Record<string, (value: never) => unknown>;
  onClosed: (connection: Connection) => void;
}

/** Milliseconds after which PostgreSQL ends a transaction that asks nothing. */
export const idleTransactionTimeout = 15_000;

const settingsOf = ({ statementTimeout, role }: ConnectionOptions) => ({
  statement_timeout: statementTimeout,
  idle_in_transaction_session_timeout: idleTransactionTimeout,
  ...(role && { role }),
});

const connectSeconds = 3;
/** Milliseconds that the answer of a cancelled statement may take. */
const allowance = 500;
/** How many statements a connection keeps prepared; further ones are asked like all others. */
const mostKept = 100;

/**
 * The driver asks for the types of parameters before it sends them, one more way there and back. What it makes of these is the same whatever
 * their type is; of lists and objects it is not. It has no option for this, so the member in which it notes that it asks first stays false.
 */
const isPlain = (parameter: unknown) => parameter === null || typeof parameter !== "object";
const notDescribed = { get: () => false, set: () => undefined };

/**
 * A client of the driver with one connection, as long as it lives. postgres.js 3.4.9 can connect such a client again,
 * but a write that waits when its socket closes is then never sent, one that comes later throws where nobody can catch it,
 * and statements of a lost transaction run outside it. So a client whose socket has closed is thrown away.
 */
export function openConnection(url: string, options: ConnectionOptions): Connection {
  let socket: net.Socket | undefined;
  let reason: DatabaseUnavailable | null = null;
  /** Refuses what is asked at this moment. A promise of the loss would keep every answer that was raced against it. */
  const asked = new Set<(error: DatabaseUnavailable) => void>();
  const prepared = new Set<string>();

  const sql = postgres(url, {
    max: 1,
    prepare: options.prepares,
    fetch_types: false,
    types: arrayTypes,
    onnotice: () => undefined,
    connect_timeout: connectSeconds,
    idle_timeout: 0,
    max_lifetime: null,
    onclose: () => close("CONNECTION_CLOSED"),
    connection: {
      application_name: "gatehouse",
      TimeZone: "UTC",
      ...(!options.pooled && settingsOf(options)),
    },
    ...{
      socket: ({ host: [host], port: [port], path }: { host: string[]; port: number[]; path: string | false }) => {
        if (socket || reason) throw new DatabaseUnavailable("CONNECTION_CLOSED");
        socket = path ? net.connect(path) : net.connect({ host, port: port ?? 5432 });
        // The driver reads the name from here, for its certificate.
        return Object.assign(socket, { host, port });
      },
    },
  });
  Object.assign(sql.options.parsers, options.parsers);
  Object.assign(sql.options.serializers, options.serializers);

  const connection: Connection = {
    since: Date.now(),
    get alive() {
      return reason === null;
    },
    async run({ text, parameters, values, kept }) {
      if (reason) throw reason;
      const prepare = kept && keeps(text);
      // The driver's types do not know `simple`, without which it prepares nothing that has no parameters.
      const how = { prepare, simple: parameters.length === 0 && !prepare };
      const query = sql.unsafe(text, parameters as never[], how);
      if (parameters.every(isPlain)) Object.defineProperty(query, "describeFirst", notDescribed);
      const timer = setTimeout(() => close("DEADLINE"), options.statementTimeout + allowance);
      let refuse: (error: DatabaseUnavailable) => void = () => undefined;
      try {
        return await new Promise<Rows>((resolve, reject) => {
          refuse = reject;
          asked.add(refuse);
          (values ? query.values() : query).then((rows) => resolve(rows as Rows), reject);
        });
      } catch (error) {
        const loss = reason ?? lossOf(error);
        if (!loss) throw error;
        close(loss.reason);
        throw reason ?? loss;
      } finally {
        clearTimeout(timer);
        asked.delete(refuse);
      }
    },
    close,
  };
  return connection;

  function keeps(text: string) {
    if (options.prepares && prepared.size < mostKept) prepared.add(text);
    return prepared.has(text);
  }

  function close(code: string) {
    if (reason) return;
    reason = new DatabaseUnavailable(code);
    for (const refuse of asked) refuse(reason);
    socket?.destroy();
    void sql.end({ timeout: 0 }).catch(() => undefined);
    options.onClosed(connection);
  }
}
