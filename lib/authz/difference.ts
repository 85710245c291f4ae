import { type Access, areAlike, endOf, holdingsOf, type Scope } from "@/lib/authz/model";
import { isOperation, operationKeys, operationOf } from "@/lib/operations";

/** One operation at one scope that somebody gains or loses. */
export type Change = {
  operation: string;
  scope: Scope;
  /** Of a gain: until when it lasts, null without end. Of a loss: until when it is still held, null when it ends at once. */
  until: Date | null;
  /** It is held before and after: only its end changes. */
  endOnly: boolean;
};

export type Difference = { gains: Change[]; loses: Change[] };

/**
 * What one person gains and loses between two moments, in effect, as `decide` would notice: what is held for everyone
 * already, or stays so for as long, is neither.
 */
export function differenceOf(before: Access, after: Access): Difference {
  if (areAlike(before, after)) return { gains: [], loses: [] };
  const was = endsOf(before);
  const is = endsOf(after);
  return {
    gains: widest(missing(is, was), is).map(({ operation, scope, end, other }) => ({
      operation,
      scope,
      until: dateOf(end),
      endOnly: other !== null,
    })),
    loses: widest(missing(was, is), was).map(({ operation, scope, other }) => ({
      operation,
      scope,
      until: other === null ? null : dateOf(other),
      endOnly: other !== null,
    })),
  };
}

/** Milliseconds since 1970 until which each operation is held at each scope; Infinity without end. */
type Ends = Map<string, Map<Scope, number>>;

function endsOf(access: Access): Ends {
  const ends: Ends = new Map();
  for (const { operation, scope, role } of holdingsOf(access)) {
    const scopes = ends.get(operation) ?? new Map<Scope, number>();
    const end = endOf(access, role)?.getTime() ?? Number.POSITIVE_INFINITY;
    scopes.set(scope, Math.max(end, scopes.get(scope) ?? end));
    ends.set(operation, scopes);
  }
  return ends;
}

type Missing = { operation: string; scope: Scope; end: number; other: number | null };

/** What `ends` holds and `others` does not, or not for as long; `other` is until when they do. */
function missing(ends: Ends, others: Ends): Missing[] {
  return [...ends].flatMap(([operation, scopes]) =>
    [...scopes].flatMap(([scope, end]) => {
      const other = endAt(others, operation, scope);
      return other !== null && other >= end ? [] : [{ operation, scope, end, other }];
    }),
  );
}

/** Until when it is held at this scope or for everyone, by itself or by the operation it is under; null when it is not. */
function endAt(ends: Ends, operation: string, scope: Scope): number | null {
  const under = isOperation(operation) ? operationOf(operation).under : undefined;
  const found = [operation, ...(under ? [under] : [])].flatMap((key) =>
    [...(ends.get(key) ?? [])].flatMap(([held, end]) => (covers(held, scope) ? [end] : [])),
  );
  return found.length > 0 ? Math.max(...found) : null;
}

/** For one person: nobody is among the people below them, so `reports` says nothing about their own account. */
const covers = (held: Scope, scope: Scope) => held === "all" || held === scope;

/** Leaves out what a wider scope of the same operation says already. */
function widest(changes: Missing[], ends: Ends): Missing[] {
  return changes.filter(
    ({ operation, scope, end }) =>
      !changes.some(
        (other) =>
          other.operation === operation &&
          other.scope !== scope &&
          covers(other.scope, scope) &&
          (ends.get(operation)?.get(other.scope) ?? 0) >= end,
      ),
  );
}

const dateOf = (end: number) => (end === Number.POSITIVE_INFINITY ? null : new Date(end));

/** What the same people gain or lose, until the same end. */
export type Line = {
  operations: { operation: string; scope: Scope }[];
  until: Date | null | "several";
  endOnly: boolean;
  people: string[];
};

/** People who gain or lose the same. */
export type Alike = { changes: Change[]; people: string[] };

/** With more ends than this, they are summarized as several instead of listed. */
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
