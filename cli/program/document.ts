import { Stop } from "./stop";

/** What the command line reads of an OpenAPI 3.1 document: its verbs, and no more of it than that needs. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
  description?: string;
};

type Content = Record<string, { schema?: Schema }>;
type Parameter = { $ref?: string; name: string; in: string; required?: boolean; schema?: Schema; description?: string };
type Operation = {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { $ref?: string; content?: Content };
  responses?: Record<string, { $ref?: string; content?: Content }>;
  "x-gatehouse-command"?: { noun: string; verb: string; confirms?: boolean };
};
type Path = { parameters?: Parameter[] } & { [method: string]: Operation };
export type ApiDocument = { paths: Record<string, Path>; [more: string]: unknown };

export type Place = "path" | "query" | "header" | "body";

/** One thing that a verb takes. */
export type Field = {
  /** As the interface calls it. */
  name: string;
  /** As the command line calls it: "primary-role-id". */
  option: string;
  place: Place;
  required: boolean;
  description: string;
  default: unknown;
  kind: Kind;
};

/** How the text of a field becomes its value. */
export type Kind = {
  type: "text" | "number" | "whole number" | "yes or no" | "json";
  many: boolean;
  nullable: boolean;
  choices: string[];
  format: string | null;
};

export type Verb = {
  noun: string;
  verb: string;
  summary: string;
  description: string;
  method: string;
  path: string;
  /** Asks before it is done. */
  confirms: boolean;
  /** By their places, in the order of the path. */
  positionals: Field[];
  options: Field[];
  /** Takes JSON. */
  body: boolean;
  dryRun: boolean;
  /** A list that continues by `after`. */
  paged: boolean;
  /** Members of a list's items, in their order. */
  columns: string[];
};

/** Every verb that the document names, as it names them. Throws `Stop` for a document that is not well-formed. */
export function verbsOf(document: ApiDocument): Verb[] {
  const read = reader(document);
  return Object.entries(document.paths).flatMap(([path, methods]) => {
    if (!isObject(methods)) throw malformed(path, "it is not an object");
    const { parameters: shared, ...operations } = methods;
    return Object.entries(operations).flatMap(([method, operation]): Verb[] => {
      const where = `${method.toUpperCase()} ${path}`;
      if (!isObject(operation)) throw malformed(where, "it is not an object");
      const command = operation["x-gatehouse-command"];
      if (!command) return [];
      try {
        return [verbOf(read, command, operation, shared, { method: method.toUpperCase(), path })];
      } catch (error) {
        if (error instanceof Cycle) throw malformed(where, `${error.message} refers to itself`);
        if (error instanceof RangeError) throw malformed(where, "it is nested too deeply");
        if (error instanceof TypeError) throw malformed(where, "a part of it has the wrong type");
        throw error;
      }
    });
  });
}

function verbOf(
  read: ReturnType<typeof reader>,
  { noun, verb, confirms = false }: NonNullable<Operation["x-gatehouse-command"]>,
  operation: Operation,
  shared: Parameter[] | undefined,
  address: Pick<Verb, "method" | "path">,
): Verb {
  const { summary = "", description = "", requestBody } = operation;
  for (const text of [noun, verb, summary, description]) if (typeof text !== "string") throw new TypeError();
  const fields = read.fieldsOf(operation, shared);
  const items = read.answerOf(operation).properties?.items;
  return {
    ...{ noun, verb, summary, description, ...address, confirms },
    positionals: fields.filter(({ place }) => place === "path"),
    options: fields.filter(({ place, name }) => place !== "path" && !reserved.has(name)),
    body: requestBody !== undefined,
    dryRun: fields.some(({ name }) => name === "dryRun"),
    paged: items !== undefined && fields.some(({ name }) => name === "after"),
    columns: items ? Object.keys(read.schema(read.schema(items).items).properties ?? {}) : [],
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const malformed = (where: string, why: string) =>
  new Stop("unreachable", `The server's description of ${where} is not well-formed OpenAPI: ${why}.`);

/** A reference that never ends. */
class Cycle extends Error {}

/** What has an option of its own for every verb, or is sent by itself. */
const reserved = new Set(["dryRun", "Idempotency-Key"]);

function reader(document: ApiDocument) {
  /** Follows references within the document; keys beside one count. */
  function followed<T extends { $ref?: string }>(value: T, before: readonly string[] = []): T {
    const { $ref, ...own } = value;
    if (!$ref) return value;
    if (before.includes($ref)) throw new Cycle($ref);
    const found = $ref
      .replace(/^#\//, "")
      .split("/")
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((inside, part) => (inside as Record<string, unknown> | undefined)?.[part], document);
    return { ...followed((found ?? {}) as T, [...before, $ref]), ...own };
  }

  const schema = (given: Schema | undefined): Schema => followed(given ?? {});

  /** Each part of the document is read once; what has itself among its parts is written as JSON. */
  const known = new Map<Schema, Kind>();

  function kindOf(given: Schema): Kind {
    const before = known.get(given);
    if (before) return before;
    known.set(given, { ...textKind, type: "json" });
    const kind = kindIn(given);
    known.set(given, kind);
    return kind;
  }

  function kindIn(given: Schema): Kind {
    const { type, format, enum: choices, const: only, anyOf, oneOf, items } = schema(given);
    const kinds = anyOf ?? oneOf ?? [];
    const types = [type ?? []].flat();
    if (kinds.length > 0) {
      const others = kinds.filter((one) => schema(one).type !== "null").map(kindOf);
      const nullable = others.length < kinds.length;
      const [first = textKind] = others;
      if (others.length === 1) return { ...first, nullable: nullable || first.nullable };
      return { ...joined(others), nullable };
    }
    const nullable = types.includes("null");
    const values = (choices ?? (only === undefined ? [] : [only])).filter((value) => value !== null);
    const of = { many: false, nullable, choices: values.map(String), format: format ?? null };
    if (types.includes("array")) {
      const inner = kindOf(items ?? {});
      return inner.many || inner.type === "json"
        ? { ...of, type: "json", many: false }
        : { ...inner, many: true, nullable };
    }
    if (types.includes("object")) return { ...of, type: "json" };
    if (types.includes("integer")) return { ...of, type: "whole number" };
    if (types.includes("number")) return { ...of, type: "number" };
    if (types.includes("boolean")) return { ...of, type: "yes or no" };
    return { ...of, type: "text" };
  }

  function fieldOf(place: Place, name: string, given: Schema, required: boolean, description = ""): Field {
    const read = schema(given);
    return {
      ...{ name, option: optionOf(name), place, required, default: read.default },
      description: description || (read.description ?? ""),
      kind: kindOf(given),
    };
  }

  function fieldsOf({ parameters = [], requestBody }: Operation, shared: Parameter[] = []): Field[] {
    const body = schema(requestBody && followed(requestBody).content?.["application/json"]?.schema);
    return [
      ...[...shared, ...parameters]
        .map((one) => followed(one))
        .map((one) => fieldOf(one.in as Place, one.name, one.schema ?? {}, one.required ?? false, one.description)),
      ...Object.entries(body.properties ?? {}).map(([name, one]) =>
        fieldOf("body", name, one, body.required?.includes(name) ?? false),
      ),
    ];
  }

  function answerOf({ responses = {} }: Operation): Schema {
    const good = responses["200"] ?? responses["201"];
    return schema(good && followed(good).content?.["application/json"]?.schema);
  }

  return { schema, fieldsOf, answerOf };
}

const textKind: Kind = { type: "text", many: false, nullable: false, choices: [], format: null };

/** Of several ways to write a value: a number where one of them is, with the words for others. */
function joined(kinds: Kind[]): Kind {
  if (kinds.some(({ type, many }) => type === "json" || many)) return { ...textKind, type: "json" };
  const number = kinds.find(({ type }) => type === "whole number" || type === "number");
  return { ...textKind, type: number?.type ?? "text", choices: kinds.flatMap(({ choices }) => choices) };
}

/** "If-Match" and "primaryRoleId" as options. */
export const optionOf = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
