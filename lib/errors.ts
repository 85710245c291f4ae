/** Every refusal that Gatehouse words itself. Below the edge it is thrown; at the edge it is returned. */
export const errorCodes = [
  "unauthenticated",
  "forbidden",
  "not_found",
  "invalid",
  "conflict",
  "precondition",
  "rate_limited",
  "stale",
  "unavailable",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type AppErrorMore = {
  /** Sentences by field name, for a form. */
  fields?: Record<string, string>;
  /** What the form needs to offer a way on, such as both sides of a conflict. Never a secret. */
  details?: unknown;
  /** Ids of people whom the sentence names besides its subject: the log shows it to those who may see them. */
  named?: string[];
  /** Nothing was decided, so it has no event. */
  untold?: true;
  /** Seconds after which a try may succeed (`rate_limited`, `unavailable`). */
  retryAfter?: number;
};

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields?: Record<string, string>;
  readonly details?: unknown;
  readonly named?: string[];
  readonly untold?: true;
  readonly retryAfter?: number;

  constructor(code: ErrorCode, message: string, more: AppErrorMore = {}) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.fields = more.fields;
    this.details = more.details;
    this.named = more.named;
    this.untold = more.untold;
    this.retryAfter = more.retryAfter;
  }
}

/** `forbidden`: you may not. */
export const forbidden = (message: string) => new AppError("forbidden", message);
/** `precondition`: nobody may in the current state. */
export const precondition = (message: string) => new AppError("precondition", message);
/** The same answer for what is not there and what the actor may not see. */
export const notFound = (what = "This") =>
  new AppError("not_found", `${what} doesn't exist, or you don't have access to it.`);
export const invalidField = (field: string, message: string, details?: unknown) =>
  new AppError("invalid", message, { fields: { [field]: message }, details });

/** The same, where the sentence names people. */
export const invalidPerson = (field: string, message: string, named: string[]) =>
  new AppError("invalid", message, { fields: { [field]: message }, named });

type PostgresFault = { code?: string; constraint_name?: string; detail?: string };

/** The driver's error under Drizzle's, whose message would contain the whole statement. */
export function postgresFault(error: unknown): PostgresFault | null {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return cause && typeof cause === "object" && "code" in cause ? (cause as PostgresFault) : null;
}

/**
 * The refusal for changes that met in the database: a deadlock or another order of things (40P01, 40001), or a row that
 * went, or came into use, between the look at it and the write (23503). Null for any other fault.
 */
export function collisionOf(error: unknown): AppError | null {
  switch (postgresFault(error)?.code) {
    case "40P01":
    case "40001":
      return new AppError("conflict", "Another change was saved at the same time. Try again.");
    case "23503":
      return new AppError("conflict", "Another change deleted or used part of this at the same time. Try again.");
    default:
      return null;
  }
}

/** The refusal for a dry run that waited for a lock for too long (55P03). Null for any other fault. */
export const lockWaitOf = (error: unknown): AppError | null =>
  postgresFault(error)?.code === "55P03"
    ? new AppError("conflict", "Another change of this is being saved at the moment. Try again.")
    : null;

/** True when a unique index of this name refused the row. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const fault = postgresFault(error);
  return fault?.code === "23505" && fault.constraint_name === constraint;
}
