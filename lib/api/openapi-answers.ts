import type { Endpoint } from "@/lib/api/endpoint";
import { exampleOf, type Schema } from "@/lib/api/example-of";

type Refusal = { name: string; description: string; kind: string; title: string; detail: string; headers?: object };

const header = (description: string, schema: Schema, example: unknown) => ({ description, schema, example });

const retryAfter = {
  "Retry-After": header("Seconds to wait.", { type: "integer", minimum: 1 }, 1),
};

/** Every refusal that an address may give, with an example. */
const refusals: Record<number, Refusal> = {
  400: {
    name: "Invalid",
    description: "The request is wrong: `errors` points at each field.",
    kind: "invalid",
    title: "Invalid request",
    detail: "Check the fields below.",
  },
  401: {
    name: "Unauthenticated",
    description: "No token, or one that does not work: `type` says why.",
    kind: "token-missing",
    title: "Not authenticated",
    detail: "Send an access token in the header Authorization: Bearer <token>.",
    headers: {
      "WWW-Authenticate": header(
        "The required scheme, and `error` for a token that does not work (RFC 6750).",
        { type: "string" },
        'Bearer realm="gatehouse"',
      ),
    },
  },
  403: {
    name: "Forbidden",
    description: "The owner or the token does not have permission.",
    kind: "forbidden",
    title: "Forbidden",
    detail: "You don't have permission to do this.",
  },
  404: {
    name: "NotFound",
    description: "It does not exist, or you don't have access to it.",
    kind: "not-found",
    title: "Not found",
    detail: "The user doesn't exist, or you don't have access to it.",
  },
  409: {
    name: "Conflict",
    description: "Not possible in the current state, or another change was made at the same time.",
    kind: "precondition",
    title: "Not possible in the current state",
    detail: "Nina Weber is disabled.",
    headers: { "Retry-After": header("Seconds to wait, if waiting helps.", { type: "integer", minimum: 1 }, 1) },
  },
  412: {
    name: "Replaced",
    description: "`If-Match` names another version.",
    kind: "version-replaced",
    title: "Invalid request",
    detail: "If-Match does not name the current version. Retrieve it again.",
  },
  413: {
    name: "TooLarge",
    description: "The body is larger than 1 MB.",
    kind: "body-too-large",
    title: "Invalid request",
    detail: "The body can be at most 1024 kB.",
  },
  415: {
    name: "NotJson",
    description: "The body is not sent as application/json.",
    kind: "not-json",
    title: "Invalid request",
    detail: "Send the body as application/json.",
  },
  422: {
    name: "KeyReused",
    description: "The idempotency key was used with another request.",
    kind: "idempotency-key-reused",
    title: "Invalid request",
    detail: "This Idempotency-Key was used with another request. Choose a new one.",
  },
  429: {
    name: "TooMany",
    description: "Too many requests, or too much work at once.",
    kind: "rate-limited",
    title: "Too many requests",
    detail: "This token was used more than 3000 times within a minute.",
    headers: retryAfter,
  },
  503: {
    name: "Unavailable",
    description: "The database does not answer, or the server is stopping.",
    kind: "unavailable",
    title: "Not available",
    detail: "The database is not available. Try again in a moment.",
    headers: retryAfter,
  },
};

/** The statuses of an endpoint's refusals. */
export function refusalsOf(endpoint: Endpoint): number[] {
  const { method, path, operation, kind } = endpoint;
  return [
    ...[400, 401],
    ...(operation ? [403] : []),
    ...(path.includes("{") ? [404] : []),
    ...(kind === "write" ? [409, 413, 415] : []),
    ...(kind === "write" && endpoint.versioned ? [412] : []),
    ...(method === "POST" ? [422] : []),
    ...[429, 503],
  ].toSorted();
}

export const refused = (endpoint: Endpoint) =>
  Object.fromEntries(
    refusalsOf(endpoint).map((status) => [status, { $ref: `#/components/responses/${refusals[status]?.name}` }]),
  );

const dryRun = { $ref: "#/components/schemas/DryRun" };

/**
 * A write that creates answers 201, and 200 to a dry run; where both are 200, one of two shapes comes. 200 has both shapes either way:
 * generators that know one type of success take that of the lowest status.
 */
export function succeeded(endpoint: Endpoint, schema: Schema, example: unknown) {
  const headers = headersOf(endpoint, schema);
  if (endpoint.kind === "read") return { 200: { ...json("Done.", schema, example), ...headers } };
  if (endpoint.status === 201)
    return {
      201: { ...json("Created.", schema, example), ...headers },
      200: {
        description: "The result of a dry run.",
        content: { "application/json": { schema: { oneOf: [schema, dryRun] }, example: dryRunExample } },
      },
    };
  const examples = { done: { value: example }, dryRun: { value: dryRunExample } };
  return {
    200: {
      description: "Done; or, with `dryRun`, what would change.",
      ...headers,
      content: { "application/json": { schema: { oneOf: [schema, dryRun] }, examples } },
    },
  };
}

const dryRunExample = {
  dryRun: true,
  unchanged: false,
  changes: { lastName: { before: "Weber", after: "Baker" } },
  access: null,
};

function headersOf({ kind, method }: Endpoint, { properties }: Schema) {
  const headers = {
    ...(properties?.version?.type === "integer" && {
      ETag: header("The version, for `If-Match`.", { type: "string" }, '"1"'),
    }),
    ...(kind === "write" &&
      method === "POST" && {
        "Idempotent-Replayed": header(
          "The answer repeats that of an earlier request with the same key.",
          { const: "true" },
          "true",
        ),
      }),
  };
  return Object.keys(headers).length > 0 ? { headers } : {};
}

const json = (description: string, schema: Schema, example: unknown) => ({
  description,
  content: { "application/json": { schema, example } },
});

export const components = (dryRunSchema: Schema) => ({
  securitySchemes: { token: { type: "http", scheme: "bearer", description: "An access token, gh_pat_ …" } },
  schemas: { Problem: problem, DryRun: dryRunSchema },
  responses: Object.fromEntries(
    Object.entries(refusals).map(([status, { name, description, headers, kind, title, detail }]) => [
      name,
      {
        description,
        ...(headers && { headers }),
        content: {
          "application/problem+json": {
            schema: { $ref: "#/components/schemas/Problem" },
            example: {
              type: `urn:gatehouse:problem:${kind}`,
              title,
              status: Number(status),
              detail,
              requestId: exampleOf({ type: "string" }, "everywhere", "requestId"),
            },
          },
        },
      },
    ]),
  ),
});

const problem: Schema = {
  type: "object",
  required: ["type", "title", "status", "detail", "requestId"],
  properties: {
    type: { type: "string", description: "urn:gatehouse:problem: and the cause." },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    requestId: { type: ["string", "null"] },
    errors: {
      type: "array",
      description: "Each invalid field, as a JSON pointer (RFC 6901).",
      items: {
        type: "object",
        required: ["pointer", "detail"],
        properties: { pointer: { type: "string" }, detail: { type: "string" } },
      },
    },
  },
};
