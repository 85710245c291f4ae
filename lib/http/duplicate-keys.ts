import { pointerTo } from "@/lib/http/refusal";

/** Where the scan is: in an object with the names that were seen, or in a list. */
type Level = { names: Set<string> | null; at: PropertyKey };

/**
 * Pointers (RFC 6901) to members whose name occurs twice in an object: readers differ in which of the two counts. `text` is
 * well-formed JSON, as `JSON.parse` has found.
 */
export function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  const levels: Level[] = [];
  for (const [token] of text.matchAll(tokens)) {
    const level = levels.at(-1);
    if (token === "{") levels.push({ names: new Set(), at: "" });
    else if (token === "[") levels.push({ names: null, at: 0 });
    else if (token === "}" || token === "]") levels.pop();
    else if (token === ",") {
      if (level && typeof level.at === "number") level.at += 1;
    } else if (level?.names && token.endsWith(":")) {
      const name = JSON.parse(token.slice(0, -1)) as string;
      level.at = name;
      if (level.names.has(name)) found.push(pointerTo(levels.map(({ at }) => at)));
      level.names.add(name);
    }
    if (found.length >= most) break;
  }
  return found;
}

const most = 20;

/** Brackets, commas, strings, and names, which are strings with a colon. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\],]/g;
