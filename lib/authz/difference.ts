import { type Access, areAlike, endOf, holdingsOf, type Scope } from "@/lib/authz/access";
import { isOperation, operationOf } from "@/lib/operations";

/** One operation at one scope that somebody gains or loses. */
export type Change = {
  operation: string;
  scope: Scope;
  /** Of a gain: until when it lasts, null for ever. Of a loss: until when it is still held, null when it ends at once. */
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

/** Milliseconds since 1970 until which each operation is held at each scope; Infinity for ever. */
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

/** Until when it is held at this scope or for everyone, by itself or by what it stands under; null when it is not. */
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
