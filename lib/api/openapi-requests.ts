import type { Endpoint } from "@/lib/api/endpoint";
import { exampleOf, NoExample, type Schema } from "@/lib/api/example-of";

/** What is sent: parameters of path, query and header, and the body, each with an example that can be sent as it is. */
export function parametersOf(endpoint: Endpoint, { properties = {}, required = [] }: Schema) {
  const { inPath, others } = placesOf(endpoint, properties);
  const parameter = (name: string, place: "path" | "query") => {
    const schema = properties[name] ?? {};
    const needed = place === "path" || required.includes(name);
    const example = exampleFor(endpoint, name, schema, needed);
    return {
      name,
      in: place,
      ...(needed && { required: true }),
      ...described(schema, name),
      schema,
      ...(example !== undefined && { example }),
    };
  };
  return [
    ...inPath.map((name) => parameter(name, "path")),
    ...(endpoint.kind === "write" ? writing(endpoint) : others.map((name) => parameter(name, "query"))),
  ];
}

export function bodyOf(endpoint: Endpoint, { properties = {}, required = [] }: Schema) {
  const { others } = placesOf(endpoint, properties);
  if (endpoint.kind === "read" || others.length === 0) return null;
  const wanted = required.filter((name) => others.includes(name));
  const shown = others.filter((name) => wanted.includes(name) || endpoint.example?.[name] !== undefined);
  return {
    required: wanted.length > 0,
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: Object.fromEntries(others.map((name) => [name, properties[name]])),
          ...(wanted.length > 0 && { required: wanted }),
          additionalProperties: false,
        },
        example: Object.fromEntries(
          shown.map((name) => [name, exampleFor(endpoint, name, properties[name] ?? {}, true)]),
        ),
      },
    },
  };
}

/** Throws NoExample where one is needed. */
function exampleFor(
  { name: key, example = {}, subject, tag }: Endpoint,
  name: string,
  schema: Schema,
  needed: boolean,
) {
  if (example[name] !== undefined) return example[name];
  try {
    return exampleOf(schema, subject ?? tag, name);
  } catch (error) {
    if (!(error instanceof NoExample)) throw error;
    if (needed) throw new NoExample(`${key}: ${error.message}`);
    return undefined;
  }
}

function placesOf({ path }: Endpoint, properties: Record<string, Schema>) {
  const names = Object.keys(properties);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  return { inPath, others: names.filter((name) => !inPath.includes(name)) };
}

const usual: Record<string, string> = {
  after: "`next` of the previous page.",
  sort: "A name; prefix `-` for descending order.",
  q: "Search text.",
};

const described = ({ description }: Schema, name: string) => {
  const text = description ?? usual[name];
  return text ? { description: text } : {};
};

const writing = ({ method, versioned }: Endpoint & { kind: "write" }) => [
  {
    name: "dryRun",
    in: "query",
    description: "Shows what would change, without changing it.",
    schema: { type: "boolean", default: false },
    example: false,
  },
  ...(versioned
    ? [
        {
          name: "If-Match",
          in: "header",
          description: "The `ETag` that was retrieved. If the version has changed since, the answer is 412.",
          schema: { type: "string" },
          example: '"1"',
        },
      ]
    : []),
  ...(method === "POST"
    ? [
        {
          name: "Idempotency-Key",
          in: "header",
          description: "A unique key, for which the request is carried out once. Kept for 24 hours.",
          schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
          example: "import-2026-11-30-0001",
        },
      ]
    : []),
];
