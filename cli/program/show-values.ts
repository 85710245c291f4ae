/** Letters that would move the cursor, colour the screen or turn the direction of what follows. */
const dangerous = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text that may have been chosen to deceive the reader of a terminal. */
export const harmless = (text: string): string =>
  text.replace(dangerous, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`);

/** The same of a text of several lines. */
export const harmlessLines = (text: string): string => text.split("\n").map(harmless).join("\n");

/** The same of valid JSON, which means the same afterwards: the only control characters between its values are white space. */
export const harmlessJson = (text: string): string =>
  text
    .replace(/[\t\r]/g, " ")
    .replace(dangerous, (letter) =>
      letter === "\n" ? letter : `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );

/** A value in one cell or line: a thing by its name, a list with commas. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value !== "object") return harmless(String(value));
  const { name, names, value: number, exact, ...rest } = value as Record<string, unknown>;
  if (typeof name === "string") return harmless(name);
  if (typeof number === "number") return exact === false ? `more than ${number}` : String(number);
  if (Array.isArray(names)) return shown(names);
  return Object.entries(rest)
    .map(([key, inner]) => [harmless(key), shown(inner)])
    .flatMap(([key, text]) => (text ? `${key} ${text}` : []))
    .join(", ");
}

/** One thing, a line for each value: "name: value", with what is inside of something as "owner.id". */
export function recordLines(value: unknown, prefix = ""): string[] {
  if (Array.isArray(value))
    return value.flatMap((inner, place) =>
      typeof inner === "object" && inner !== null
        ? recordLines(inner, `${prefix}[${place}]`)
        : [`${prefix}[${place}]: ${shown(inner)}`],
    );
  if (typeof value !== "object" || value === null) return [`${prefix}: ${shown(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = prefix ? `${prefix}.${harmless(name)}` : harmless(name);
    if (Array.isArray(inner) && inner.every((one) => typeof one !== "object"))
      return [`${path}: ${inner.map(shown).join(", ")}`.trimEnd()];
    return typeof inner === "object" && inner !== null
      ? recordLines(inner, path)
      : [`${path}: ${shown(inner)}`.trimEnd()];
  });
}

const graphemes = new Intl.Segmenter();
const wide = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Emoji_Presentation}/u;

const lettersOf = (text: string) =>
  [...graphemes.segment(text)].map(({ segment }) => ({ segment, width: wide.test(segment) ? 2 : 1 }));

/** How many places a text takes on a terminal. */
export const widthOf = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : lettersOf(text).reduce((sum, { width }) => sum + width, 0);

/** As much of a text as has room, with a sign that there is more. */
export function cut(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let taken = "";
  let width = 0;
  for (const letter of lettersOf(text)) {
    if (width + letter.width > room - 1) break;
    taken += letter.segment;
    width += letter.width;
  }
  return `${taken}…`;
}
