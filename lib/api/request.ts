import type { z } from "zod";
import type { Write } from "@/lib/api/endpoint";
import { fieldWords } from "@/lib/api/field-words";
import { AppError } from "@/lib/errors";
import { duplicateKeys } from "@/lib/http/duplicate-keys";
import { BodyError, parseJson, readBytes, requireJson } from "@/lib/http/json-body";
import { pointerTo } from "@/lib/http/refusal";

const bodyLimit = 1_048_576;

type Fields = Record<string, unknown>;

/** The fields of a query by the schema that reads it: a list takes a parameter several times, anything else once. */
export function readQuery(query: URLSearchParams, { shape }: z.ZodObject): Fields {
  const names = [...new Set(query.keys())];
  const isKnown = (name: string) => Object.hasOwn(shape, name);
  const takesSeveral = (name: string) => isKnown(name) && isList(shape[name]);
  const twice = names.filter((name) => query.getAll(name).length > 1 && isKnown(name) && !takesSeveral(name));
  refuse(twice.map((name) => [pointerTo([name]), "This parameter appears more than once."]));
  const unusual = names.filter((name) => isKnown(name) && isNumber(shape[name]) && query.getAll(name).some(isUnusual));
  refuse(unusual.map((name) => [pointerTo([name]), "Must be a whole number in digits."]));
  return Object.fromEntries(names.map((name) => [name, takesSeveral(name) ? query.getAll(name) : query.get(name)]));
}

/** The query of a write: `dryRun` alone. */
export function readDryRun(query: URLSearchParams): boolean {
  refuse(
    [...new Set(query.keys())].filter((name) => name !== "dryRun").map((name) => [pointerTo([name]), unknownField]),
  );
  const given = query.getAll("dryRun");
  if (given.length > 1 || !["true", "false"].includes(given[0] ?? "false"))
    throw new AppError("invalid", sentence, { fields: { dryRun: "Must be true or false, once." } });
  return given[0] === "true";
}

/** The fields of a body, none of which is in the path, and its bytes. */
export async function readBody(request: Request, { path }: Write): Promise<{ fields: Fields; bytes: Buffer }> {
  const { fields, bytes } = await readFields(request, bodyLimit);
  const inPath = Object.keys(fields).filter((name) => path.includes(`{${name}}`));
  refuse(inPath.map((name) => [pointerTo([name]), "This field belongs in the path."]));
  return { fields, bytes };
}

/** The fields of a body of at most `limit` bytes, each of which occurs once. An empty body has none. */
export async function readFields(request: Request, limit: number): Promise<{ fields: Fields; bytes: Buffer }> {
  const bytes = await readBytes(request, limit);
  if (bytes.length === 0) return { fields: {}, bytes };
  requireJson(request);
  const { value, text } = parseJson(bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new BodyError(400, "not-an-object", "The body must be a JSON object.");
  refuse(duplicateKeys(text).map((pointer) => [pointer, "This field appears twice."]));
  return { fields: value as Fields, bytes };
}

/** What was sent by its schema, or `invalid` with a pointer to each field that is wrong. */
export function parseFields<S extends z.ZodType>(schema: S, fields: Fields): z.output<S> {
  const result = schema.safeParse(fields, { error: fieldWords });
  if (result.success) return result.data;
  const wrong = result.error.issues.flatMap((issue): [string, string][] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((name) => [pointerTo([...issue.path, name]), unknownField])
      : [[pointerTo(issue.path), missing(issue, fields) ? "This field is missing." : issue.message]],
  );
  refuse(wrong);
  throw new AppError("invalid", sentence);
}

/** Only a required field that is missing; a value of the wrong type keeps its own message. */
function missing({ code, path }: z.core.$ZodIssue, fields: Fields): boolean {
  if (code !== "invalid_type" && code !== "invalid_value") return false;
  let value: unknown = fields;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[part];
  return path.length > 0 && value === undefined;
}

const unknownField = "Unknown field.";
const sentence = "Check the fields below.";

function refuse(wrong: [pointer: string, detail: string][]): void {
  if (wrong.length > 0) throw new AppError("invalid", sentence, { fields: Object.fromEntries(wrong.toReversed()) });
}

/** What JavaScript alone reads as a number, such as "0x10", "1e3" and "". */
const isUnusual = (text: string) => !Number.isNaN(Number(text)) && !/^-?\d+$/.test(text);

const isNumber = (field: z.ZodType | z.core.$ZodType | undefined): boolean => {
  const {
    type,
    innerType,
    element,
    options = [],
  } = (field?._zod.def ?? {}) as Record<"innerType" | "element", z.core.$ZodType | undefined> & {
    type?: string;
    options?: z.core.$ZodType[];
  };
  return type === "number" || [innerType, element, ...options].some((part) => part !== undefined && isNumber(part));
};

const isList = (field: z.ZodType | z.core.$ZodType | undefined): boolean => {
  const { type, innerType } = (field?._zod.def ?? {}) as { type?: string; innerType?: z.core.$ZodType };
  return type === "array" || (innerType !== undefined && isList(innerType));
};
