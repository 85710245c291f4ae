import { AppError, type ErrorCode } from "@/lib/errors";
import { BodyError } from "@/lib/http/json-body";

/** Refusals as RFC 9457 says them (P3). Knows neither log nor database, so that the outer wall can use it too. */
export type Refusal = AppError | BodyError;

export type ProblemDetails = {
  status: number;
  title: string;
  /** Last part of the `type`, by which a program tells the causes of one status apart. */
  kind: string;
  detail: string;
  errors?: { pointer: string; detail: string }[];
  headers?: Record<string, string>;
};

const statuses: Record<ErrorCode, { status: number; title: string }> = {
  unauthenticated: { status: 401, title: "Not authenticated" },
  forbidden: { status: 403, title: "Forbidden" },
  not_found: { status: 404, title: "Not found" },
  invalid: { status: 400, title: "Invalid request" },
  conflict: { status: 409, title: "Conflict" },
  precondition: { status: 409, title: "Not possible as things stand" },
  rate_limited: { status: 429, title: "Too many requests" },
  stale: { status: 403, title: "Fresh authentication needed" },
  unavailable: { status: 503, title: "Not available" },
};

export const isRefusal = (error: unknown): error is Refusal => error instanceof AppError || error instanceof BodyError;

export function describeRefusal(refusal: Refusal): ProblemDetails {
  if (refusal instanceof BodyError)
    return { status: refusal.status, title: "Invalid request", kind: refusal.kind, detail: refusal.message };
  const errors = Object.entries(refusal.fields ?? {}).map(([field, detail]) => ({ pointer: pointerOf(field), detail }));
  const headers: Record<string, string> = {};
  if (refusal.code === "unauthenticated") headers["www-authenticate"] = 'Bearer realm="gatehouse"';
  if (refusal.retryAfter) headers["retry-after"] = String(refusal.retryAfter);
  return {
    ...statuses[refusal.code],
    kind: kindOf(refusal),
    detail: refusal.message,
    ...(errors.length > 0 && { errors }),
    headers,
  };
}

/** A refusal as it is sent: below /api/ a problem, elsewhere its sentence. */
export function writeRefusal(pathname: string, { headers, kind, ...rest }: ProblemDetails, requestId: string | null) {
  const problem = { type: `urn:gatehouse:problem:${kind}`, ...rest, requestId };
  const [type, body] = pathname.startsWith("/api/")
    ? ["application/problem+json", JSON.stringify(problem)]
    : ["text/plain; charset=utf-8", `${rest.detail}\n`];
  return { status: rest.status, headers: { "content-type": type, "cache-control": "no-store", ...headers }, body };
}

export function answerProblem(problem: ProblemDetails, requestId: string | null): Response {
  const { body, ...init } = writeRefusal("/api/", problem, requestId);
  return new Response(body, init);
}

/** What the outer wall answers. */
export function answerRefusal(pathname: string, refusal: Refusal, requestId: string): Response {
  const { body, ...init } = writeRefusal(pathname, describeRefusal(refusal), requestId);
  return new Response(body, { ...init, headers: { ...init.headers, "x-request-id": requestId } });
}

/** A command names its own cause in `details.problem`; otherwise the code is the cause. */
function kindOf({ code, details }: AppError): string {
  const named = typeof details === "object" && details !== null && "problem" in details ? details.problem : null;
  return typeof named === "string" ? named : code.replaceAll("_", "-");
}

/** RFC 6901, from the dotted path of a field; "form" is the whole document, and what begins with "/" is a pointer already. */
function pointerOf(field: string): string {
  if (field === "form") return "";
  return field.startsWith("/") ? field : pointerTo(field.split("."));
}

export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
