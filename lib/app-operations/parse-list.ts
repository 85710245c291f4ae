import { declarableSchema } from "@/lib/app-operations/own-nouns";
import { type AppOperation, mostOperations } from "@/lib/app-operations/schema";

export type LineFault = { line: number; sentence: string };
export type ParsedList = { operations: AppOperation[]; faults: LineFault[] };

/**
 * Reads `[{ "key": "project.create", "sentence": "Create a project" }, ...]` (RFC 8259). Every entry is read by itself,
 * so that each fault names the line on which its entry begins.
 */
export function parseOperationList(text: string): ParsedList {
  const clean = text.replace(/^\ufeff/, "");
  const cuts = cutsOf(clean);
  if (!cuts) return { operations: [], faults: [{ line: 1, sentence: notAList }] };
  if (cuts.length > mostOperations)
    return { operations: [], faults: [{ line: 1, sentence: `A list has at most ${mostOperations} operations.` }] };
  const operations: AppOperation[] = [];
  const faults: LineFault[] = [];
  const seen = new Map<string, number>();
  for (const { line, source } of entriesOf(clean, cuts)) {
    const read = entryOf(source);
    if ("fault" in read) {
      faults.push({ line, sentence: read.fault });
      continue;
    }
    const first = seen.get(read.key);
    if (first === undefined) {
      seen.set(read.key, line);
      operations.push(read);
    } else faults.push({ line, sentence: `"${read.key}" is already on line ${first}.` });
  }
  return { operations, faults };
}

const notAList =
  'This is not a list. It begins with [ and ends with ], as in [{ "key": "project.create", "sentence": "Create a project" }].';

function entryOf(source: string): AppOperation | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    if (error instanceof SyntaxError)
      return { fault: "This entry is not JSON. Look for a missing quote, comma or bracket." };
    throw error;
  }
  const parsed = declarableSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys")
    return { fault: `An entry has "key" and "sentence" and nothing else; this one has "${issue.keys[0]}" too.` };
  if (issue?.path.length === 0) return { fault: 'An entry is { "key": "...", "sentence": "..." }.' };
  return { fault: issue?.message ?? "This entry is not valid." };
}

type Cut = [from: number, to: number];

/** Where the entries of the outermost list are, cut at its commas; null when there is no such list. */
function cutsOf(text: string): Cut[] | null {
  const open = text.search(/\S/);
  if (text[open] !== "[" || !text.trimEnd().endsWith("]")) return null;
  const end = text.trimEnd().length - 1;
  const cuts: Cut[] = [];
  let from = open + 1;
  let depth = 0;
  let quoted = false;
  for (let at = from; at < end; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === "\\") at++;
      else if (letter === '"' || letter === "\n") quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === "{" || letter === "[") depth++;
    else if (letter === "}" || letter === "]") depth--;
    else if (letter === "," && depth <= 0) {
      cuts.push([from, at]);
      from = at + 1;
    }
  }
  const last = text.slice(from, end).trim() !== "";
  if (last || cuts.length > 0) cuts.push([from, end]);
  return cuts;
}

/** The entries, each with its line; lines are counted once on the way. */
function entriesOf(text: string, cuts: Cut[]): { line: number; source: string }[] {
  let line = 1;
  let counted = 0;
  return cuts.map(([start, stop]) => {
    const source = text.slice(start, stop);
    const blank = source.trim() === "";
    const begins = blank ? stop : start + source.search(/\S/);
    line += text.slice(counted, begins).split("\n").length - 1;
    counted = begins;
    return { line, source };
  });
}
