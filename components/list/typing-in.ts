import type { ShownFilter } from "@/lib/lists/filter-fields";

/** What is being typed at the end of a search: part of the name of a filter, or of a value of one. `rest`: the words before it. */
export type Typing =
  | { stage: "name"; rest: string; part: string }
  | { stage: "value"; rest: string; part: string; field: ShownFilter };

/** From so many letters on, what begins like a filter is taken for one: names that are searched begin alike, too. */
const least = 3;

/** How a filter is typed: "last-sign-in:". */
export const tokenOf = ({ label }: Pick<ShownFilter, "label">) => `${label.toLowerCase().replace(/\s+/g, "-")}:`;

/** Null for what is a plain search: words, and what only looks like a filter. */
export function typingIn(text: string, fields: readonly ShownFilter[]): Typing | null {
  for (const token of [...text.matchAll(/(?:^|\s)([\p{L}\p{N}-]+):/gu)].toReversed()) {
    const field = fields.find((one) => isNamed(one, token[1] ?? ""));
    const part = text.slice(token.index + token[0].length).replace(/^\s*"?|"?\s*$/g, "");
    if (field) return { stage: "value", rest: text.slice(0, token.index).trim(), part, field };
  }
  const word = /(?:^|\s)([\p{L}\p{N}-]+)$/u.exec(text);
  const part = word?.[1] ?? "";
  if (!word || part.length < least || !fields.some((field) => begins(field, part))) return null;
  return { stage: "name", rest: text.slice(0, word.index).trim(), part };
}

/** What of a text is searched: without the filter that is being typed, and those before it, as when several were pasted. */
export function searchedIn(text: string, fields: readonly ShownFilter[]): string {
  const begun = typingIn(text, fields);
  return begun?.stage === "value" ? searchedIn(begun.rest, fields) : text;
}

/** Whether a filter's name begins like this. */
export const begins = (field: ShownFilter, part: string) => tokenOf(field).startsWith(part.toLowerCase());

const isNamed = (field: ShownFilter, word: string) =>
  tokenOf(field) === `${word.toLowerCase()}:` || field.name.toLowerCase() === word.toLowerCase();
