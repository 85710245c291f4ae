import { idsByName, subjects, words } from "@/lib/api/example-words";

/** What is read of a JSON Schema here. */
export type Schema = {
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  [more: string]: unknown;
};

/** What nothing says an example of. The message names the member and the place where to say it. */
export class NoExample extends Error {}

/**
 * A value that fits a schema, of the words that its members have in every example. `subject`: the tag, or whom it is about; `name`:
 * its name there. Throws NoExample.
 */
export function exampleOf(schema: Schema, subject: string, name: string): unknown {
  const { type, format, anyOf, oneOf, items, properties } = schema;
  if (properties)
    return Object.fromEntries(
      (schema.required ?? []).map((member) => [
        member,
        exampleOf(properties[member] ?? {}, within(subject, name), member),
      ]),
    );
  const branches = anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((one) => ({ ...schema, type: one })) : null);
  if (branches) return ofBranches(branches, subject, name);
  if (items) return [exampleOf(items, subject, name)];
  if (format === "uuid" && idsByName[name]) return idsByName[name];
  const word = words[subject]?.[name] ?? words.everywhere?.[name];
  if (word !== undefined && fits(word, schema)) return word;
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (type === "object") return {};
  if (type === "boolean") return schema.default ?? false;
  if (type === "integer" || type === "number") return schema.default ?? Math.max(1, schema.minimum ?? 1);
  if (format === "date-time") return "2026-11-30T09:00:00Z";
  if (type === undefined && format === undefined && word === undefined) return null;
  throw new NoExample(
    `Nothing says an example of "${name}" under "${subject}": add it to lib/api/example-words.ts, or to the endpoint's \`example\`.`,
  );
}

/** Null only where nothing else is known. */
function ofBranches(branches: Schema[], subject: string, name: string): unknown {
  const other = branches.filter(({ type }) => type !== "null");
  const [first = {}] = other;
  if (other.length === branches.length || first.properties) return exampleOf(first, subject, name);
  const known = (first.format === "uuid" && idsByName[name]) || words[subject]?.[name] || words.everywhere?.[name];
  return known === undefined ? null : exampleOf(first, subject, name);
}

/** An object under a name of somebody or something speaks of that. */
const within = (subject: string, name: string) => subjects[name] ?? subject;

function fits(word: unknown, { type, enum: choices }: Schema): boolean {
  if (choices) return choices.includes(word);
  if (type === "integer" || type === "number") return typeof word === "number";
  if (type === "boolean") return typeof word === "boolean";
  return type === undefined || (type === "string" && typeof word === "string");
}
