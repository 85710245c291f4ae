import pino from "pino";
import { postgresFault } from "@/lib/errors";
import { logLevel } from "@/lib/platform/env";

/** Structured logs, one JSON object a line, with a request id and never a secret or a statement's parameters. */
export const log = pino({
  level: logLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
  redact: ["*.password", "*.token", "*.secret", "*.hash", "headers.cookie", "headers.authorization"],
});

/** Made by readers of text, whose messages quote it. */
const quoting = new Set(["SyntaxError", "URIError"]);

/** PostgreSQL's codes, which no code of Node looks like. */
const sqlState = /^[\dFHPX][\dA-Z]{4}$/;

/** What may be logged of an unexpected error: its name, code and place, never its statement, its parameters or what was sent. */
export function faultOf(error: unknown): Record<string, unknown> {
  const fault = postgresFault(error);
  if (fault?.code && sqlState.test(fault.code))
    return { name: "PostgresError", code: fault.code, constraint: fault.constraint_name };
  if (!(error instanceof Error)) return { name: typeof error };
  // Drizzle's own message is the whole statement.
  if ("query" in error && error.cause) return faultOf(error.cause);
  return {
    name: error.name,
    // With a code that says enough, since such messages may quote a value or name a path.
    ...(fault?.code
      ? { code: fault.code }
      : !quoting.has(error.name) && { message: error.message.split("\n")[0]?.slice(0, 300) }),
    stack: framesOf(error),
  };
}

/** Logs an unexpected error, and that a client left before its request was complete, which is not an error. */
export function logUnexpected(error: unknown, more: { requestId: string | null }): void {
  if (hasLeft(error)) log.info(more, clientLeft);
  else log.error({ ...more, fault: faultOf(error) }, "unexpected error");
}

export const clientLeft = "client left before its request was whole";

/** Node's error for code that reads the body of such a request. */
export const hasLeft = (error: unknown) =>
  error instanceof Error && error.message === "aborted" && "code" in error && error.code === "ECONNRESET";

/** The first five places. The stack begins with the message, whose lines may look like places. */
function framesOf({ message, stack = "" }: Error): string[] {
  const begin = stack.indexOf(message);
  if (begin < 0 || stack.slice(0, begin).includes("\n")) return [];
  const lines = stack.slice(begin + message.length).split("\n");
  return lines.filter((line) => /^\s+at /.test(line)).slice(0, 5);
}
