import { AppError, type ErrorCode } from "@/lib/errors";
import { BodyError } from "@/lib/http/json-body";

/** Refusals in the form of RFC 9457 (P3). Knows neither log nor database, so that the outer wall can use it too. */
export type Refusal = AppError | BodyError;

export type ProblemDetails = {
  status: number;
  title: string;
  /** Last part of the `type`, by which a program distinguishes the causes of one status. */
  kind: string;
  detail: string;
  /** Its name in OAuth, where the status does not say it. */
  oauth?: string;
  errors?: { pointer: string; detail: string }[];
  headers?: Record<string, string>;
};

const statuses: Record<ErrorCode, { status: number; title: string }> = {
  unauthenticated: { status: 401, title: "Not authenticated" },
  forbidden: { status: 403, title: "Forbidden" },
  not_found: { status: 404, title: "Not found" },
  invalid: { status: 400, title: "Invalid request" },
  conflict: { status: 409, title: "Conflict" },
  precondition: { status: 409, title: "Not possible in the current state" },
  rate_limited: { status: 429, title: "Too many requests" },
  stale: { status: 403, title: "Identity confirmation required" },
  unavailable: { status: 503, title: "Not available" },
};

export const isRefusal = (error: unknown): error is Refusal => error instanceof AppError || error instanceof BodyError;

export function describeRefusal(refusal: Refusal): ProblemDetails {
  if (refusal instanceof BodyError)
    return { status: refusal.status, title: "Invalid request", kind: refusal.kind, detail: refusal.message };
  const errors = Object.entries(refusal.fields ?? {}).map(([field, detail]) => ({ pointer: pointerOf(field), detail }));
  const headers: Record<string, string> = {};
  if (refusal.code === "unauthenticated" || named(refusal, "oauth") === "insufficient_scope")
    headers["www-authenticate"] = challengeOf(refusal);
  if (refusal.retryAfter) headers["retry-after"] = String(refusal.retryAfter);
  return {
    ...statuses[refusal.code],
    kind: named(refusal, "problem") ?? refusal.code.replaceAll("_", "-"),
    oauth: named(refusal, "oauth"),
    detail: refusal.message,
    ...(errors.length > 0 && { errors }),
    headers,
  };
}

/** A refusal as it is sent: below /api/ a problem, below /oauth/ as RFC 6749 has it, elsewhere its sentence. */
export function writeRefusal(
  pathname: string,
  { headers, kind, oauth, ...rest }: ProblemDetails,
  requestId: string | null,
) {
  const problem = { type: `urn:gatehouse:problem:${kind}`, ...rest, requestId };
  const as = (status: number, type: string, body: string, more = headers) => ({
    status,
    headers: { "content-type": type, "cache-control": "no-store", ...more },
    body,
  });
  if (pathname.startsWith("/api/")) return as(rest.status, "application/problem+json", JSON.stringify(problem));
  if (!pathname.startsWith("/oauth/")) return as(rest.status, "text/plain; charset=utf-8", `${rest.detail}\n`);
  const body = JSON.stringify(oauthBody(problem, oauth));
  return as(shownByOauth(rest, oauth).status, "application/json", body, challengedAs(oauth, headers));
}

/** Clients that sent no token in a header would take the challenge to send one for the whole answer. */
function challengedAs(oauth: string | undefined, headers: Record<string, string> = {}) {
  const { "www-authenticate": challenge, ...others } = headers;
  const answersHeader = oauth === "invalid_token" || oauth === "insufficient_scope" || challenge?.startsWith("Basic");
  return answersHeader ? headers : others;
}

/** A caller that has authenticated and is refused gets 400 (RFC 6749, 5.2), and by 403 where a token lacks something (RFC 6750, 3.1). */
const shownByOauth = ({ status, title }: Pick<ProblemDetails, "status" | "title">, oauth: string | undefined) =>
  status === 403 && oauth !== "insufficient_scope" ? statuses.invalid : { status, title };

const oauthErrors: Record<number, string> = {
  401: "invalid_client",
  403: "unauthorized_client",
  429: "temporarily_unavailable",
  500: "server_error",
  503: "temporarily_unavailable",
};

/** `error_description` has no quotes, backslashes or letters beyond ASCII; the unchanged sentence is in another field. */
const oauthBody = <P extends { status: number; title: string; detail: string }>(problem: P, oauth?: string) => ({
  error: oauth ?? oauthErrors[problem.status] ?? "invalid_request",
  error_description: problem.detail.replaceAll('"', "'").replaceAll(/[^\x20-\x5b\x5d-\x7e]/g, "?"),
  ...problem,
  ...shownByOauth(problem, oauth),
});

/** A refusal as it is sent from below this path. */
export function answerAs(pathname: "/api/" | "/oauth/", problem: ProblemDetails, requestId: string | null): Response {
  const { body, ...init } = writeRefusal(pathname, problem, requestId);
  return new Response(body, init);
}

/** What the outer wall answers. */
export function answerRefusal(pathname: string, refusal: Refusal, requestId: string): Response {
  const { body, ...init } = writeRefusal(pathname, describeRefusal(refusal), requestId);
  return new Response(body, { ...init, headers: { ...init.headers, "x-request-id": requestId } });
}

/** RFC 6750, 3: an error is named only where a token was sent. */
function challengeOf(refusal: AppError): string {
  const challenge = `${named(refusal, "challenge") ?? "Bearer"} realm="gatehouse"`;
  const error = named(refusal, "oauth");
  const nothingSent = ["no-token", "no-credential"].includes(named(refusal, "problem") ?? "");
  const answersToken = (error === "invalid_token" && !nothingSent) || error === "insufficient_scope";
  return answersToken ? `${challenge}, error="${error}"` : challenge;
}

/** A command names its own cause in `details.problem`; otherwise the code is the cause. */
function named({ details }: AppError, member: "problem" | "oauth" | "challenge"): string | undefined {
  const value = typeof details === "object" && details !== null ? (details as Record<string, unknown>)[member] : null;
  return typeof value === "string" ? value : undefined;
}

/** RFC 6901, from the dotted path of a field; "form" is the whole document, and what begins with "/" is a pointer already. */
function pointerOf(field: string): string {
  if (field === "form") return "";
  return field.startsWith("/") ? field : pointerTo(field.split("."));
}

export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
