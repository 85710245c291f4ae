import { withoutInvisible } from "@/lib/normalization/characters";

/** What is typed as an apostrophe: quotation marks, primes, letters that look like one. Also a separate acute accent. */
const apostrophes = /[`‘’‛′ʹʻʼʽˈ՚׳Ꞌꞌ]/gu;
const dashes = /[\p{Pd}\u2212]/gu;

/** Lower case with one sigma: it is written in another way at the end of a word. */
export const foldCase = (text: string) => text.toLowerCase().replace(/ς/g, "σ").normalize("NFKC");

/**
 * The form in which names are compared: NFKC, case, invisible characters, and one apostrophe, dash and space for all
 * kinds of them. Accents count: Jürgen and Jurgen are two people. A change of it raises `currentKeyVersion` in
 * db/columns.ts, so that stored keys are folded again.
 */
export const foldName = (name: string) =>
  foldCase(withoutInvisible(name.replaceAll("´", "'").normalize("NFKC")))
    .replace(apostrophes, "'")
    .replace(dashes, "-")
    .replace(/\s+/g, " ")
    .trim();

const special: Record<string, string> = { ø: "o", đ: "d", ð: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i" };

/** The same without accents and marks, for searching. */
export const foldText = (text: string) =>
  foldName(text)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[øđðłßæœþı]/g, (letter) => special[letter] ?? letter);
