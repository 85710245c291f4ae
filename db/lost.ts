/**
 * The database did not answer, or not in time: nothing is wrong with what was asked. `code` is the same for every cause,
 * `reason` the code of the driver, of the socket or of PostgreSQL.
 */
export class DatabaseUnavailable extends Error {
  readonly code = "DATABASE_UNAVAILABLE";
  readonly reason: string;
  /** The connection was lost while it committed: what was changed may have been stored. */
  readonly unknown: boolean;

  constructor(reason: string, { unknown = false } = {}) {
    super(`The database does not answer (${reason})`);
    this.name = "DatabaseUnavailable";
    this.reason = reason;
    this.unknown = unknown;
  }
}

/**
 * PostgreSQL's classes 08 and 57P (shut down, crashed, starting), a session that it ended for idling (25P03), too many
 * connections (53300), the driver's own codes and those of a socket.
 */
const lost =
  /^(08...|57P..|25P03|53300|CONNECT_TIMEOUT|CONNECTION_\w+|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|DATABASE_UNAVAILABLE)$/;

/** Whether this error means that its connection is of no use any more. */
export function lossOf(error: unknown): DatabaseUnavailable | null {
  if (error instanceof DatabaseUnavailable) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return lost.test(code) ? new DatabaseUnavailable(code) : null;
}
