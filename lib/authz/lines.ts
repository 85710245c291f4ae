import type { Scope } from "@/lib/authz/access";
import type { Change } from "@/lib/authz/difference";
import { operationKeys } from "@/lib/operations";

/** What the same people gain or lose, until the same end. */
export type Line = {
  operations: { operation: string; scope: Scope }[];
  until: Date | null | "several";
  endOnly: boolean;
  people: string[];
};

/** People who gain or lose the same. */
export type Alike = { changes: Change[]; people: string[] };

/** With more ends than this, they are told as several instead of one by one. */
const mostEnds = 12;

/** Turns what each person gains or loses around: one line for what the same people do, the greatest first. */
export function linesOf(alike: Alike[]): Line[] {
  const ends = new Set(alike.flatMap(({ changes }) => changes.map(({ until }) => until?.getTime())));
  const told = (until: Date | null) => (until && ends.size > mostEnds ? "several" : until);

  const byChange = new Map<string, { change: Change; classes: Set<number> }>();
  alike.forEach(({ changes }, index) => {
    for (const change of changes) {
      const key = [change.operation, change.scope, endKey(told(change.until)), change.endOnly].join(" ");
      const known = byChange.get(key) ?? { change, classes: new Set() };
      byChange.set(key, { ...known, classes: known.classes.add(index) });
    }
  });

  const lines = new Map<string, Line>();
  for (const { change, classes } of byChange.values()) {
    const until = told(change.until);
    const key = [endKey(until), change.endOnly, ...classes].join(" ");
    const line = lines.get(key) ?? {
      operations: [],
      until,
      endOnly: change.endOnly,
      people: [...classes].flatMap((index) => alike[index]?.people ?? []),
    };
    line.operations.push({ operation: change.operation, scope: change.scope });
    lines.set(key, line);
  }
  for (const { operations } of lines.values()) operations.sort((a, b) => inCatalogue(a.operation, b.operation));
  return [...lines.entries()]
    .sort(([a, one], [b, other]) => other.people.length - one.people.length || compare(a, b))
    .map(([, line]) => line);
}

const places = new Map<string, number>(operationKeys.map((key, index) => [key, index]));
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** The order of operations: the catalogue's, then those of the product by their keys. */
export const inCatalogue = (a: string, b: string): number =>
  (places.get(a) ?? places.size) - (places.get(b) ?? places.size) || compare(a, b);

const endKey = (until: Line["until"]) => (until instanceof Date ? until.getTime() : String(until));
