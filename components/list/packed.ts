/**
 * Rows as they travel to a list that the browser's code draws: one string, at which React does not look further. Each string and
 * each set of properties stands in it once: where a string comes again, there is the number of those before it.
 */
export type Packed<T> = string & { readonly of?: T };

type Code = string | number | boolean | null | Code[];

const LIST = -1;
const NUMBER = -2;
const MOMENT = -3;

export function packed<T>(value: T): Packed<T> {
  const words = new Map<string, number>();
  const shapes = new Map<string, number>();
  const code = (part: unknown): Code => {
    if (typeof part === "string") return words.get(part) ?? note(words, part);
    if (typeof part === "number") return [NUMBER, part];
    if (typeof part === "boolean") return part;
    if (part === null || part === undefined) return null;
    if (Array.isArray(part)) return [LIST, ...part.map(code)];
    if (part instanceof Date) return [MOMENT, part.getTime()];
    const entries = Object.entries(part).filter(([, held]) => held !== undefined);
    const names = JSON.stringify(entries.map(([name]) => name));
    if (!shapes.has(names)) note(shapes, names);
    return [shapes.get(names) ?? 0, ...entries.map(([, held]) => code(held))];
  };
  const root = code(value);
  return JSON.stringify([root, [...shapes.keys()].map((names) => JSON.parse(names))]);
}

export function unpacked<T>(text: Packed<T>): T {
  const [root, shapes] = JSON.parse(text) as [Code, string[][]];
  const words: string[] = [];
  const value = (part: Code): unknown => {
    if (typeof part === "string") words.push(part);
    if (typeof part === "number") return words[part];
    if (!Array.isArray(part)) return part;
    const [kind, ...held] = part as [number, ...Code[]];
    if (kind === NUMBER) return held[0];
    if (kind === MOMENT) return new Date(held[0] as number);
    if (kind === LIST) return held.map(value);
    return Object.fromEntries((shapes[kind] ?? []).map((name, place) => [name, value(held[place] ?? null)]));
  };
  return value(root) as T;
}

/** Gives what was not there before its place, and itself back. */
function note(places: Map<string, number>, word: string): string {
  places.set(word, places.size);
  return word;
}
