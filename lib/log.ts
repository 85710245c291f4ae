import pino from "pino";
import { logLevel } from "@/lib/env";
import { postgresFault } from "@/lib/errors";

/** Structured logs, one JSON object a line, with a request id and never a secret or a statement's parameters. */
export const log = pino({
  level: logLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
  redact: ["*.password", "*.token", "*.secret", "*.hash", "headers.cookie", "headers.authorization"],
});

/** What may be logged of an unexpected error: its name, code and place, never its statement or parameters. */
export function faultOf(error: unknown): Record<string, unknown> {
  const fault = postgresFault(error);
  if (fault?.code) return { name: "PostgresError", code: fault.code, constraint: fault.constraint_name };
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    message: error.message.split("\n")[0]?.slice(0, 300),
    stack: error.stack?.split("\n").slice(1, 6),
  };
}
