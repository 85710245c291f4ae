import type { Schema } from "@/lib/api/example-of";

/** What a field may be, in words, such as `text or null` or `list of ids`. */
export function typeWords(schema: Schema): string {
  const { type, format, enum: choices, items, properties } = schema;
  const branches =
    schema.anyOf ?? schema.oneOf ?? (Array.isArray(type) ? type.map((one) => ({ ...schema, type: one })) : null);
  if (branches) return [...new Set(branches.map(typeWords))].join(" or ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (choices) return choices.map((choice) => JSON.stringify(choice)).join(", ");
  if (items) return `list of ${many(typeWords(items))}`;
  if (properties) return `{ ${Object.keys(properties).join(", ")} }`;
  if (format === "uuid") return "id";
  if (format === "date-time") return "timestamp (RFC 3339)";
  const words: Record<string, string> = {
    boolean: "true or false",
    integer: "whole number",
    number: "number",
    null: "null",
    object: "object",
  };
  return words[String(type)] ?? "text";
}

const many = (words: string) => (/^\w+$/.test(words) ? `${words}s` : words);
