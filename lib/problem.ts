import { AppError, collisionOf, type ErrorCode } from "@/lib/errors";
import { BodyError } from "@/lib/json-body";
import { faultOf, log } from "@/lib/log";

/** What /api/v1 answers when it refuses: RFC 9457, never anything internal (P3). */
const statuses: Record<ErrorCode, { status: number; title: string }> = {
  unauthenticated: { status: 401, title: "Not authenticated" },
  forbidden: { status: 403, title: "Forbidden" },
  not_found: { status: 404, title: "Not found" },
  invalid: { status: 400, title: "Invalid request" },
  conflict: { status: 409, title: "Conflict" },
  precondition: { status: 409, title: "Not possible as things stand" },
  rate_limited: { status: 429, title: "Too many requests" },
  stale: { status: 403, title: "Fresh authentication needed" },
};

type Problem = {
  status: number;
  title: string;
  /** Last part of the `type`, by which a program tells the causes of one status apart. */
  kind: string;
  detail: string;
  errors?: { pointer: string; detail: string }[];
  headers?: Record<string, string>;
};

/** The answer for anything that was thrown. What is not a refusal of ours is logged, and shown as a reference only. */
export function problemOf(error: unknown, requestId: string | null): Response {
  const { headers, kind, ...rest } = describeError(error, requestId);
  return Response.json(
    { type: `urn:gatehouse:problem:${kind}`, ...rest, requestId },
    {
      status: rest.status,
      headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
    },
  );
}

function describeError(fault: unknown, requestId: string | null): Problem {
  const error = collisionOf(fault) ?? fault;
  if (error instanceof BodyError)
    return { status: error.status, title: "Invalid request", kind: error.kind, detail: error.message };
  if (error instanceof AppError) {
    const errors = Object.entries(error.fields ?? {}).map(([field, detail]) => ({ pointer: pointerOf(field), detail }));
    const kind = kindOf(error);
    const headers: Record<string, string> = {};
    if (error.code === "unauthenticated") headers["www-authenticate"] = 'Bearer realm="gatehouse"';
    if (error.retryAfter) headers["retry-after"] = String(error.retryAfter);
    return { ...statuses[error.code], kind, detail: error.message, ...(errors.length > 0 && { errors }), headers };
  }
  log.error({ requestId, fault: faultOf(error) }, "unexpected error");
  return { status: 500, title: "Unexpected error", kind: "unexpected", detail: "Something went wrong." };
}

/** A command names its own cause in `details.problem`; otherwise the code is the cause. */
function kindOf({ code, details }: AppError): string {
  const named = typeof details === "object" && details !== null && "problem" in details ? details.problem : null;
  return typeof named === "string" ? named : code.replaceAll("_", "-");
}

/** RFC 6901, from the dotted path of a field; "form" is the whole document. */
const pointerOf = (field: string) =>
  field === "form"
    ? ""
    : `/${field
        .split(".")
        .map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))
        .join("/")}`;
