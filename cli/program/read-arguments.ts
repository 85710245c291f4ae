import { parseArgs } from "node:util";
import type { Field, Verb } from "./document";
import { didYouMean } from "./nearest";
import { generalOptions, type Option, optionsOf } from "./options";
import { usageError } from "./stop";

/** The words of a call, and the options that every call knows. */
export type General = { words: string[]; help: boolean; json: boolean; server?: string; profile?: string };

type Token = ReturnType<typeof tokensOf>[number];

const short: Record<string, string> = { h: "help", y: "yes" };

function tokensOf(argv: string[], options: readonly Option[]) {
  const known = Object.fromEntries(
    options.map(({ name, value }) => [
      name,
      {
        type: value === "one" ? ("string" as const) : ("boolean" as const),
        ...Object.fromEntries(
          Object.entries(short).flatMap(([letter, long]) => (long === name ? [["short", letter]] : [])),
        ),
      },
    ]),
  );
  return parseArgs({ args: argv, options: known, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** What is asked of every call; options that only a verb knows are left for it. */
export function readGeneral(argv: string[]): General {
  const tokens = tokensOf(argv, generalOptions);
  const textOf = (name: string) => {
    const token = tokens.findLast((one) => one.kind === "option" && one.name === name);
    return token?.kind === "option" ? requireValue(token, "gatehouse") : undefined;
  };
  const has = (name: string) => tokens.some((one) => one.kind === "option" && one.name === name);
  return {
    words: tokens.flatMap((one) => (one.kind === "positional" ? [one.value] : [])),
    help: has("help"),
    json: has("json"),
    ...(has("server") && { server: textOf("server") ?? "" }),
    ...(has("profile") && { profile: textOf("profile") ?? "" }),
  };
}

function requireValue(token: Token, help: string): string {
  if (token.kind !== "option") return "";
  const { rawName, value, inlineValue } = token;
  if (value === undefined) throw usageError(`${rawName} needs a value.`, help);
  if (!inlineValue && value.startsWith("--"))
    throw usageError(`${rawName} needs a value; write one that begins with dashes as ${rawName}=${value}.`, help);
  return value;
}

/** What was given to a verb. */
export type Given = {
  parameters: Record<string, string>;
  query: [string, string][];
  ifMatch: string | null;
  /** Members of the body that have options of their own. */
  members: Record<string, unknown>;
  /** The value of --data. */
  data: string | null;
  /** The field that is read from the standard input. */
  secret: Field | null;
  dryRun: boolean;
  yes: boolean;
  all: boolean;
  columns: string[] | null;
};

/** The arguments of a verb, with everything that can be checked without asking the server. Throws `Stop` for the first that is wrong. */
export function readArguments(argv: string[], verb: Verb): Given {
  const help = `gatehouse ${verb.noun} ${verb.verb}`;
  const known = optionsOf(verb);
  const tokens = tokensOf(argv, known);
  for (const one of tokens)
    if (one.kind === "option" && !known.some(({ name }) => name === one.name))
      throw unknownOption(one.rawName, known, help);
  const words = tokens.flatMap((one) => (one.kind === "positional" ? [one.value] : [])).slice(2);
  const given: Given = {
    ...{ parameters: parametersOf(words, verb, help), query: [], ifMatch: null, members: {}, data: null, secret: null },
    ...{ dryRun: false, yes: false, all: false, columns: null },
  };
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = known.find(({ name }) => name === token.name);
    if (!option) continue;
    const { field } = option;
    if (option.value === "none" && token.value !== undefined)
      throw usageError(`--${option.name} takes no value.`, help);
    const value = option.value === "one" ? requireValue(token, help) : "";
    const once = field?.name ?? option.name;
    if (seen.has(once) && !(field?.kind.many && !option.emptied))
      throw usageError(`--${field?.option ?? option.name} is given more than once.`, help);
    seen.add(once);
    if (field) setField(given, { option, field, value, help });
    else setPlain(given, option.name, value, verb, help);
  }
  requireMembers(given, verb, help);
  return given;
}

function parametersOf(words: string[], { positionals }: Verb, help: string): Record<string, string> {
  const missing = positionals[words.length];
  if (missing) throw usageError(`<${missing.option}> is missing.`, help);
  const [extra] = words.slice(positionals.length);
  if (extra !== undefined) throw usageError(`Unexpected argument "${extra}".`, help);
  for (const [place, { option }] of positionals.entries())
    if (!words[place]) throw usageError(`<${option}> is empty.`, help);
    // An address would go up by them, to something else than was named.
    else if (/^\.\.?$/.test(words[place])) throw usageError(`<${option}> cannot be "${words[place]}".`, help);
  return Object.fromEntries(positionals.map(({ name }, place) => [name, words[place] ?? ""]));
}

function unknownOption(rawName: string, known: Option[], help: string) {
  const name = rawName.replace(/^-+/, "");
  if (known.some((one) => one.name === `${name}-stdin`))
    return usageError(
      `--${name} would be visible to other users of this machine: use --${name}-stdin to read it from standard input.`,
      help,
    );
  const names = known.map((one) => `--${one.name}`);
  return usageError(`${rawName} is not known.${didYouMean(`--${name}`, names)}`, help);
}

type Setting = { option: Option; field: Field; value: string; help: string };

function setField(given: Given, { option, field, value, help }: Setting): void {
  const { kind, name, place } = field;
  if (option.name.endsWith("-stdin") && option.value === "none" && kind.format === "password") given.secret = field;
  else if (place === "header") given.ifMatch = /^\d+$/.test(value) ? `"${value}"` : value;
  else if (place === "query") given.query.push([name, checked(value, option, field, help)]);
  else if (option.emptied)
    given.members[name] = kind.type === "yes or no" ? false : kind.many || !kind.nullable ? [] : null;
  else if (kind.type === "yes or no") given.members[name] = true;
  else {
    const read = readValue(checked(value, option, field, help), option, field, help);
    const before = given.members[name];
    given.members[name] = kind.many ? [...(Array.isArray(before) ? before : []), read] : read;
  }
}

function checked(value: string, { name }: Option, { kind }: Field, help: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(value);
  const numeric = kind.type === "number" || kind.type === "whole number";
  if (kind.choices.includes(value)) return value;
  if (numeric && !(isNumber && (kind.type === "number" || !value.includes("."))))
    throw usageError(`--${name} must be a ${kind.type}, not "${value}".`, help);
  if (!numeric && kind.choices.length > 0)
    throw usageError(`--${name} must be one of ${kind.choices.join(", ")}.${didYouMean(value, kind.choices)}`, help);
  return value;
}

function readValue(text: string, { name }: Option, { kind }: Field, help: string): unknown {
  if (kind.type === "json") return parseJson(text, `--${name}`, help);
  return kind.type === "text" || kind.choices.includes(text) ? text : Number(text);
}

/** The excerpt that JSON.parse gives could be of a secret. */
export function parseJson(text: string, what: string, help: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [where] = /at position \d+|Unexpected end of JSON input/.exec((error as Error).message) ?? [];
    const place = where?.startsWith("at") ? ` (${where})` : where ? " (it ends too early)" : "";
    throw usageError(`${what} is not JSON${place}.`, help);
  }
}

function setPlain(given: Given, name: string, value: string, { columns }: Verb, help: string): void {
  if (name === "data") given.data = value;
  if (name === "dry-run") given.dryRun = true;
  if (name === "yes") given.yes = true;
  if (name === "all") given.all = true;
  if (name === "columns") {
    given.columns = value.split(",").map((one) => one.trim());
    const unknown = given.columns.find((one) => !columns.includes(one));
    if (unknown !== undefined)
      throw usageError(`There is no column "${unknown}": there are ${columns.join(", ")}.`, help);
  }
}

/** With --data the server says what is missing in it. */
function requireMembers({ members, data, secret }: Given, { options }: Verb, help: string): void {
  if (data !== null) return;
  const missing = options.filter(
    (field) => field.place === "body" && field.required && !(field.name in members) && secret !== field,
  );
  const names = missing.map((field) => `--${field.option}`);
  if (names.length > 0) throw usageError(`${names.join(" and ")} ${names.length > 1 ? "are" : "is"} missing.`, help);
}
