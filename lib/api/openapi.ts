import { z } from "zod";
import { commandNameOf } from "@/lib/api/command-name";
import { dryRunShape } from "@/lib/api/dry-run-shape";
import { type Endpoint, operationsNeeded } from "@/lib/api/endpoint";
import { exampleOf, type Schema } from "@/lib/api/example-of";
import { components, refused, succeeded } from "@/lib/api/openapi-answers";
import { bodyOf, parametersOf } from "@/lib/api/openapi-requests";
import { endpoints as everybodys } from "@/lib/api/table";
import { tags } from "@/lib/api/tags";
import { operationOf } from "@/lib/operations";

/** The API as OpenAPI 3.1 says it, of the table that answers it. `endpoints`: another table than that of everybody. */
export const openApi = (endpoints: readonly Endpoint[] = everybodys) => ({
  openapi: "3.1.0",
  info: {
    title: "Gatehouse",
    version: "1",
    description:
      "Users, groups, roles, clients and the audit log. A token acts as its owner or its service account, with fewer permissions.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  tags: Object.entries(tags)
    .filter(([name]) => endpoints.some(({ tag }) => tag === name))
    .map(([name, description]) => ({ name, description })),
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
  components: components(schemaOf(dryRunShape, "output")),
});

let text: string | undefined;

/** The same as JSON. Made once: anybody may ask for it, as often as they like. */
export function openApiText(): string {
  text ??= JSON.stringify(openApi());
  return text;
}

/** What is computed and has no schema of its own, such as the keys of operations, is any text there. */
export function schemaOf(shape: z.ZodType, io: "input" | "output"): Schema {
  const override = io === "output" ? openToMore : asOthersRead;
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: "any", override });
  return schema as Schema;
}

type Made = { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema };

/** What generators in other languages misread, said in another way: docs/api.md, "Generators for other languages". */
function asOthersRead({ zodSchema, jsonSchema }: Made) {
  // That a whole number is one of JavaScript's says nothing to anybody else.
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // A constant is read as a text, so that `true` does not compile, or is refused when it comes.
  if (typeof jsonSchema.const === "boolean") delete jsonSchema.const;
  if (zodSchema._zod.def.type === "custom") jsonSchema.type = "string";
}

/** An answer may get further fields later, and older clients keep working. */
function openToMore(made: Made) {
  asOthersRead(made);
  if (made.jsonSchema.additionalProperties === false) delete made.jsonSchema.additionalProperties;
}

/** Under which name a client of the description calls it, such as `userUpdate`. */
export const operationIdOf = ({ name }: Pick<Endpoint, "name">) =>
  name.replace(/[._]+(\w)/g, (_, letter: string) => letter.toUpperCase());

export const subjectOf = ({ subject, tag }: Endpoint) => subject ?? tag;

function describe(endpoint: Endpoint) {
  const { summary, tag, operation, description } = endpoint;
  const input = schemaOf(endpoint.input, "input");
  const answer = schemaOf(endpoint.gives, "output");
  const body = bodyOf(endpoint, input);
  const needed = operationsNeeded(operation).map((one) => `\`${one}\`: ${operationOf(one).sentence}`);
  const needs = needed.length > 0 ? `Needs ${needed.join(", or ")}.` : "Any token can call this.";
  return {
    operationId: operationIdOf(endpoint),
    summary,
    description: [description, needs].filter(Boolean).join(" "),
    tags: [tag],
    "x-gatehouse-command": commandNameOf(endpoint),
    parameters: parametersOf(endpoint, input),
    ...(body && { requestBody: body }),
    responses: {
      ...succeeded(endpoint, answer, exampleOf(answer, subjectOf(endpoint), "answer")),
      ...refused(endpoint),
    },
  };
}
