import { z } from "zod";
import { commandNameOf } from "@/lib/api/command-name";
import type { Endpoint } from "@/lib/api/endpoint";
import { dryRunShape } from "@/lib/api/shapes";
import { endpoints as everybodys } from "@/lib/api/table";
import { operationOf } from "@/lib/operations";

/** The interface for programs as OpenAPI 3.1 says it, of the table that answers it. `endpoints`: another table than that of everybody. */
export const openApi = (endpoints: readonly Endpoint[] = everybodys) => ({
  openapi: "3.1.0",
  info: {
    title: "Gatehouse",
    version: "1",
    description: "Users, groups, roles, clients and the audit log. A token acts as its owner, with less.",
    license: { name: "See LICENSE", identifier: "LicenseRef-Gatehouse" },
  },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
  paths: Object.fromEntries(
    [...new Set(endpoints.map(({ path }) => path))]
      .toSorted()
      .map((path) => [
        path,
        Object.fromEntries(
          endpoints.filter((one) => one.path === path).map((one) => [one.method.toLowerCase(), describe(one)]),
        ),
      ]),
  ),
  components: {
    securitySchemes: { token: { type: "http", scheme: "bearer", description: "An access token, gh_pat_ …" } },
    schemas: { Problem: problem },
    responses: { Problem: { description: "Refused (RFC 9457).", content: problemContent } },
  },
});

const problem = {
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
      items: {
        type: "object",
        required: ["pointer", "detail"],
        properties: { pointer: { type: "string" }, detail: { type: "string" } },
      },
    },
  },
};

const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

type Schema = { type?: string; properties?: Record<string, Schema>; required?: string[]; [more: string]: unknown };

/** What is computed and has no schema of its own, such as the keys of operations, is any text there. */
const schemaOf = (shape: z.ZodType, io: "input" | "output"): Schema => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: "any" });
  return schema as Schema;
};

function describe(endpoint: Endpoint) {
  const { path, name, summary, tag, operation, input, gives } = endpoint;
  const { properties = {}, required = [] } = schemaOf(input, "input");
  const names = Object.keys(properties);
  const inPath = names.filter((field) => path.includes(`{${field}}`));
  const others = names.filter((field) => !inPath.includes(field));
  const parameter = (field: string, place: "path" | "query") => ({
    name: field,
    in: place,
    ...(place === "path" || required.includes(field) ? { required: true } : {}),
    schema: properties[field] ?? {},
  });
  const answer = schemaOf(gives, "output");
  const written = endpoint.kind === "write";
  return {
    operationId: name.replace(/[._]+(\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary,
    tags: [tag],
    "x-gatehouse-command": commandNameOf(endpoint),
    ...(operation && { description: `Needs ${operation}: ${operationOf(operation).sentence}.` }),
    parameters: [
      ...inPath.map((field) => parameter(field, "path")),
      ...(written ? writing(endpoint) : others.map((field) => parameter(field, "query"))),
    ],
    ...(written && others.length > 0 && { requestBody: bodyOf(others, { properties, required }) }),
    responses: {
      [written ? endpoint.status : 200]: json(written && endpoint.status === 201 ? "Created." : "Done.", answer),
      ...(written &&
        endpoint.status === 201 && { 200: json("What a dry run has found.", schemaOf(dryRunShape, "output")) }),
      ...Object.fromEntries(refusals(endpoint).map((status) => [status, { $ref: "#/components/responses/Problem" }])),
    },
  };
}

function bodyOf(fields: string[], { properties, required }: Required<Pick<Schema, "properties" | "required">>) {
  const wanted = required.filter((field) => fields.includes(field));
  return {
    required: wanted.length > 0,
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: Object.fromEntries(fields.map((field) => [field, properties[field]])),
          ...(wanted.length > 0 && { required: wanted }),
          additionalProperties: false,
        },
      },
    },
  };
}

const json = (description: string, schema: Schema) => ({ description, content: { "application/json": { schema } } });

const writing = ({ method, versioned }: Endpoint & { kind: "write" }) => [
  {
    name: "dryRun",
    in: "query",
    schema: { type: "boolean", default: false },
    description: "Only answers what would change.",
  },
  ...(versioned
    ? [{ name: "If-Match", in: "header", schema: { type: "string" }, description: "The ETag that was retrieved." }]
    : []),
  ...(method === "POST"
    ? [
        {
          name: "Idempotency-Key",
          in: "header",
          schema: { type: "string", maxLength: 255 },
          description: "Kept for 24 hours.",
        },
      ]
    : []),
];

function refusals(endpoint: Endpoint): number[] {
  const { method, kind } = endpoint;
  const writes = kind === "write" ? [409, 413, 415] : [];
  return [
    ...[400, 401, 403, 404, ...writes],
    ...(kind === "write" && endpoint.versioned ? [412] : []),
    ...(method === "POST" ? [422] : []),
    429,
  ];
}
