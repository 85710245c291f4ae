import { type Endpoint, methods, operationsNeeded } from "@/lib/api/endpoint";
import { exampleOf, type Schema } from "@/lib/api/example-of";
import { operationIdOf, schemaOf, subjectOf } from "@/lib/api/openapi";
import { refusalsOf } from "@/lib/api/openapi-answers";
import { bodyOf, parametersOf } from "@/lib/api/openapi-requests";
import { endpoints } from "@/lib/api/table";
import { tags } from "@/lib/api/tags";
import { typeWords } from "@/lib/api/type-words";
import { scopesOf } from "@/lib/authz/evaluate";
import type { Access } from "@/lib/authz/model";
import { operationOf } from "@/lib/operations";

export type ReferenceField = {
  name: string;
  place: "path" | "query" | "header" | "body";
  type: string;
  required: boolean;
  description: string | null;
  example: string | null;
};

/** One address with one method, as the page shows it. */
export type ReferenceEntry = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  /** What the token has to carry, one of them, and whether the reader holds it anywhere; empty: nothing. */
  needs: { operation: string; sentence: string; held: boolean }[];
  fields: ReferenceField[];
  /** JSON of the example; null where nothing is sent. */
  body: string | null;
  answer: string;
  statuses: number[];
  curl: string;
};

export type Reference = { tag: string; description: string; entries: ReferenceEntry[] }[];

const printed = (value: unknown) => JSON.stringify(value, null, 2);

/** The API as a page, by tags, for somebody who holds this. `origin`: where it is asked, as `https://example.com`. */
export const referenceFor = (access: Access, origin: string): Reference =>
  Object.entries(tags).flatMap(([tag, description]) => {
    const here = sameForAll().filter((one) => one.tag === tag);
    const entries = here.map(({ asked: { method, address, body }, operation, tag: _, ...entry }) => ({
      ...entry,
      needs: operationsNeeded(operation).map((one) => ({
        operation: one,
        sentence: operationOf(one).sentence,
        held: scopesOf(access, one).size > 0,
      })),
      curl: curlOf(method, `${origin}${address}`, body),
    }));
    return entries.length > 0 ? [{ tag, description, entries }] : [];
  });

let entries: ReturnType<typeof entryOf>[] | undefined;

/** What every reader reads, made once: it takes as long as a page. */
function sameForAll() {
  entries ??= endpoints.toSorted(byAddress).map(entryOf);
  return entries;
}

const byAddress = (one: Endpoint, other: Endpoint) =>
  one.path.localeCompare(other.path, "en") || methods.indexOf(one.method) - methods.indexOf(other.method);

function entryOf(endpoint: Endpoint) {
  const { method, path, summary, description = null, operation } = endpoint;
  const input = schemaOf(endpoint.input, "input");
  const body = bodyOf(endpoint, input)?.content["application/json"];
  const parameters = parametersOf(endpoint, input);
  const example = body ? printed(body.example) : null;
  return {
    ...{ id: operationIdOf(endpoint), method, path, summary, description },
    ...{ tag: endpoint.tag, operation },
    fields: [
      ...parameters.map((one) => fieldOf(one.name, one.in as ReferenceField["place"], one)),
      ...Object.entries(body?.schema.properties ?? {}).map(([name, schema = {}]) =>
        fieldOf(name, "body", {
          schema,
          description: schema.description,
          required: body?.schema.required?.includes(name),
        }),
      ),
    ],
    body: example,
    answer: printed(exampleOf(schemaOf(endpoint.gives, "output"), subjectOf(endpoint), "answer")),
    statuses: [endpoint.kind === "write" ? endpoint.status : 200, ...refusalsOf(endpoint)],
    asked: { method, address: `/api/v1${filledIn(path, parameters)}`, body: example },
  };
}

type Described = {
  schema: Schema;
  description?: string | undefined;
  required?: boolean | undefined;
  example?: unknown;
};

const fieldOf = (name: string, place: ReferenceField["place"], described: Described): ReferenceField => ({
  name,
  place,
  type: typeWords(described.schema),
  required: described.required ?? false,
  description: described.description ?? null,
  example: described.example === undefined ? null : String(described.example),
});

const filledIn = (path: string, parameters: { name: string; example?: unknown }[]) =>
  parameters.reduce((text, { name, example }) => text.replace(`{${name}}`, String(example)), path);

/** The token is in a file, so that it is not kept in the history of a shell. */
function curlOf(method: string, address: string, body: string | null): string {
  const lines = [
    method === "GET" ? `curl ${quoted(address)}` : `curl -X ${method} ${quoted(address)}`,
    '-H "Authorization: Bearer $(cat my.token)"',
    ...(body ? ["-H 'Content-Type: application/json'", `-d ${quoted(body)}`] : []),
  ];
  return lines.join(" \\\n  ");
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
