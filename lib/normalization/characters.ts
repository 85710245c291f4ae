/**
 * Which characters a text may hold (U1). This folder is the one place where what people type is cleaned, compared and
 * searched; it imports no noun and no server code.
 */

/** Nobody sees these: default-ignorable code points (UAX #44), interlinear annotation and the blank of Braille. */
const invisible = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/gu;

export const withoutInvisible = (text: string) => text.replace(invisible, "");

/** Control characters, line separators, lone surrogates: what begins a line of its own or cannot be stored. */
const unstorable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** One line without control characters. */
export const isOneLine = (text: string) => !unstorable.test(text);

/** Marks, embeddings, overrides and isolates of UAX #9: text around them is shown in another order than it is stored. */
export const changesDirection = (text: string) => /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text);

/** Letters and marks of scripts in which a joiner changes how its neighbours are written. */
const joining = `[\\p{L}\\p{M}]`;
const scripts = `(?=[${[
  "Arabic",
  "Syriac",
  "Mongolian",
  "Nko",
  "Adlam",
  "Devanagari",
  "Bengali",
  "Gurmukhi",
  "Gujarati",
  "Oriya",
  "Tamil",
  "Telugu",
  "Kannada",
  "Malayalam",
  "Sinhala",
  "Khmer",
  "Myanmar",
  "Tibetan",
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join("")}])${joining}`;
const pictures = "\\p{Extended_Pictographic}";

/** A joiner between two letters of such scripts, and between two pictures that are drawn as one. */
const keptJoiner = new RegExp(
  `(?<=${scripts})[\\u200c\\u200d](?=${scripts})|(?<=${pictures}[\\ufe0f\\p{Emoji_Modifier}]?)\\u200d(?=${pictures})`,
  "gu",
);

/** Format characters that nobody sees, but for the direction-changing ones, which are refused and not removed. */
const strayFormat = /(?=\p{Default_Ignorable_Code_Point})(?![\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])\p{Cf}/gu;

/** As it is stored: NFC, without format characters that nobody sees, the joiners kept where they change the writing. */
export function clean(text: string): string {
  const normal = text.normalize("NFC");
  const kept = new Set([...normal.matchAll(keptJoiner)].map(({ index }) => index));
  return normal.replace(strayFormat, (mark, at: number) => (kept.has(at) ? mark : "")).trim();
}

/** Whether there is nothing to see. */
export const isBlank = (text: string) => withoutInvisible(text).trim() === "";
