import { foldText } from "@/lib/normalization/fold";

/** What separates words, also in lists of recipients as mail programs write them. */
const between = /[\s\p{Cc},;<>()"“”„«»]+/u;
/** A part after one of these begins as a word does (U3); the host of an address has no parts. */
const joints = /[-'.]+/;

const wordsOf = (text: string) => [...new Set(foldText(text).split(between).filter(Boolean))];

function partsOf(word: string): string {
  const at = word.indexOf("@");
  const name = at < 0 ? word : word.slice(0, at);
  return name.split(joints).filter(Boolean).join(" ") + word.slice(name.length);
}

/** O'Neill is found as oneill, too. */
const joined = (word: string) => (/^[^.@]*\w[-'][^.@]+$/u.test(word) ? [word.replace(/[-']/g, "")] : []);

/** What is stored to be searched, folded; each word begins after a space. */
export const searchText = (...texts: string[]) =>
  ` ${texts
    .flatMap((text) => wordsOf(text).flatMap((word) => [partsOf(word), ...joined(word)]))
    .filter(Boolean)
    .join(" ")}`;

/**
 * What is asked of a stored text: it contains one of `phrases`, or one of each of `words`. Null when nothing was typed.
 * A text of one or two letters is asked for at the beginning of a word.
 */
export type Sought = { phrase: string; words: string[][] };

export function soughtIn(q: string): Sought | null {
  const typed = wordsOf(q);
  if (typed.length === 0) return null;
  const named = typed.filter((word) => partsOf(word) !== "");
  const words = named.length > 0 ? named : typed;
  const forms = words.map((word) => [...new Set([partsOf(word), word])].filter(Boolean).map(begun));
  return { phrase: begun(words.map((word) => partsOf(word) || word).join(" ")), words: forms };
}

/** A blank before what is so short that it must begin a word. */
const begun = (text: string) => ([...text].length < 3 ? ` ${text}` : text);

/** Whether these texts together are found by what was typed; everything is, when nothing was. */
export function isFound(q: string, ...texts: string[]): boolean {
  const sought = soughtIn(q);
  if (!sought) return true;
  const stored = searchText(...texts);
  return stored.includes(sought.phrase) || sought.words.every((forms) => forms.some((form) => stored.includes(form)));
}
