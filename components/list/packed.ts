/**
 * Rows as they travel to a list that the browser's code draws: one string, at which React does not look further. Each string and
 * each set of properties is in it once: where a string is repeated, there is the number of those before it.
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
    if (typeof part === "string") return placeOf(words, part) ?? part;
    if (typeof part === "number") return [NUMBER, part];
    if (typeof part === "boolean") return part;
    if (part === null || part === undefined) return null;
    if (part instanceof Date) return [MOMENT, part.getTime()];
    const coded: Code[] = [LIST];
    if (Array.isArray(part)) {
      for (const held of part) coded.push(code(held));
      return coded;
    }
    let names = "";
    for (const name of Object.keys(part)) {
      const held = (part as Record<string, unknown>)[name];
      if (held === undefined) continue;
      names += name + between;
      coded.push(code(held));
    }
    coded[0] = placeOf(shapes, names) ?? shapes.size - 1;
    return coded;
  };
  const root = code(value);
  return JSON.stringify([root, [...shapes.keys()].map((names) => names.split(between).slice(0, -1))]);
}

export function unpacked<T>(text: Packed<T>): T {
  const [root, shapes] = JSON.parse(text) as [Code, string[][]];
  const words: string[] = [];
  const value = (part: Code): unknown => {
    if (typeof part === "string") words.push(part);
    if (typeof part === "number") return words[part];
    if (!Array.isArray(part)) return part;
    const kind = part[0] as number;
    if (kind === NUMBER) return part[1];
    if (kind === MOMENT) return new Date(part[1] as number);
    if (kind === LIST) {
      const list: unknown[] = [];
      for (let place = 1; place < part.length; place += 1) list.push(value(part[place] as Code));
      return list;
    }
    const names = shapes[kind] ?? [];
    const made: Record<string, unknown> = {};
    for (let place = 0; place < names.length; place += 1) {
      const held = value(part[place + 1] ?? null);
      // Would set what a row inherits.
      if (names[place] !== "__proto__") made[names[place] as string] = held;
    }
    return made;
  };
  return value(root) as T;
}

/** Occurs in no name of a property. */
const between = "\0";

/** The place of a word that was there before; notes one that was not. */
function placeOf(places: Map<string, number>, word: string): number | undefined {
  const place = places.get(word);
  if (place === undefined) places.set(word, places.size);
  return place;
}
