import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import formats from "ajv-formats";
import { openApi } from "@/lib/api/openapi";

type Json = Record<string, unknown>;
export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Json;
  example?: unknown;
};
type Media = { schema: Json; example?: unknown; examples?: Record<string, { value: unknown }> };
type Response = { $ref?: string; content?: Record<string, Media>; headers?: Json };

/** One operation as the description has it. */
export type Described = {
  path: string;
  method: string;
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, Response>;
};

type Document = {
  paths: Record<string, Record<string, Omit<Described, "path" | "method">>>;
  components: { responses: Record<string, Response> };
};

/** The description as a program receives it, for tests that know nothing but it. */
export const described = JSON.parse(JSON.stringify(openApi())) as Document;

export const describedOperations: Described[] = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

/** What may come with a status, or null where the description does not know it. */
export function responseOf(operation: Described, status: number): Response | null {
  const found = operation.responses[status];
  if (!found?.$ref) return found ?? null;
  return described.components.responses[found.$ref.split("/").at(-1) ?? ""] ?? null;
}

const document = "https://gatehouse.test/openapi.json";
const ajv = formats(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema(described as object, document);
const compiled = new Map<object, ValidateFunction>();

/** What is wrong with a value by a schema of the description, as JSON Schema 2020-12 says it; an empty list: nothing. */
export function faultsOf(schema: Json, value: unknown): string[] {
  const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${document}#/`));
  const validate = compiled.get(schema) ?? ajv.compile(rooted);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
}

/** The media type that a response has, with its schema and examples. */
export function mediaOf(response: Response): { type: string; media: Media } {
  const [[type, media] = ["", { schema: {} }]] = Object.entries(response.content ?? {});
  return { type, media };
}

export const examplesOf = ({ example, examples = {} }: Media): unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map(({ value }) => value),
];

/** The request of the example: address, body and headers, as they are printed. */
export function exampleRequest({ path, parameters, requestBody }: Described) {
  const filled = parameters
    .filter((one) => one.in === "path")
    .reduce((text, { name, example }) => text.replace(`{${name}}`, encodeURIComponent(String(example))), path);
  const headers = Object.fromEntries(
    parameters.filter((one) => one.in === "header").map(({ name, example }) => [name, String(example)]),
  );
  const [media] = Object.values(requestBody?.content ?? {});
  return { address: filled, body: media?.example, headers };
}
