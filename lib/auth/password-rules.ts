import { foldText } from "@/lib/normalization/fold";

/** Length in characters (Unicode code points) after NFC. */
export const shortestPassword = 15;
/** While a second factor is required of the person. */
export const shortestWithFactor = 8;
export const longestPassword = 256;

/** Characters as the rules count them. */
export const lengthOf = (password: string) => [...password.normalize("NFC")].length;

/**
 * S2, after NIST SP 800-63B-4, as far as no list is needed: length, the person's own names, repetitions and rows; no
 * rules of composition, every character is allowed. Returns the sentence that says which rule refuses the password and
 * why, or null. `names`: user name, email, first and last name, as far as they are known.
 */
export function passwordProblem(password: string, names: string[], shortest = shortestPassword): string | null {
  const normal = password.normalize("NFC");
  const length = lengthOf(password);
  if (length < shortest)
    return `A password has at least ${shortest} characters, and this one has ${length}. Several words in a row are easy to remember.`;
  if (length > longestPassword)
    return `A password has at most ${longestPassword} characters, and this one has ${length}.`;
  const bare = bareOf(normal);
  if (isOwnName(bare, names))
    return "This contains only the person's own names, which are easy to guess. Add unrelated words.";
  if (isRepeated(normal)) return "This repeats one short piece, which is easy to guess. Use different words.";
  if (isWalk(normal))
    return "This is a sequence of keys, letters or digits, which is easy to guess. Use different words.";
  return null;
}

/** Letters and digits only, without case and accents; a password of neither stays as it is. */
export const bareOf = (text: string) => foldText(text).replace(/[^\p{L}\p{N}]/gu, "") || text;

function isOwnName(bare: string, names: string[]): boolean {
  const own = new Set(
    names
      .flatMap((name) => [name, name.split("@")[0] ?? ""])
      .map(bareOf)
      .filter((name) => [...name].length > 1),
  );
  return isMadeOf(bare, [...own]);
}

/** Whether the text can be cut into these pieces without a rest, in one walk along it. */
function isMadeOf(text: string, pieces: string[]): boolean {
  const ends = new Set([0]);
  for (let at = 0; at < text.length; at++)
    if (ends.has(at)) for (const piece of pieces) if (text.startsWith(piece, at)) ends.add(at + piece.length);
  return ends.has(text.length);
}

/** One piece of up to six characters, again and again. */
function isRepeated(text: string): boolean {
  const letters = [...foldText(text)];
  return [1, 2, 3, 4, 5, 6].some((period) => letters.every((letter, at) => letter === letters[at % period]));
}

const rows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "azertyuiop",
];
const steps = new Set(
  rows.flatMap((row) => [...row].slice(1).flatMap((next, at) => [`${row[at]}${next}`, `${next}${row[at]}`])),
);

/** Neighbours in the alphabet, the digits or on a keyboard, but for three breaks such as the end of a row. */
function isWalk(text: string): boolean {
  const letters = [...foldText(text)];
  const breaks = letters.slice(1).filter((next, at) => !steps.has(`${letters[at]}${next}`)).length;
  return breaks <= 3;
}
