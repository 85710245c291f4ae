import type { Scope } from "@/db/enums";
import { fitsOnToken } from "@/lib/authz/limit";
import { type Access, holdingsOf, openedBy } from "@/lib/authz/model";

/** An operation that is held, and on whom: "all" alone where that is among them. */
export type HeldScopes = { operation: string; scopes: Scope[] };

const known = new WeakMap<Access, HeldScopes[]>();

/** What the access of a token gives, with the operations under those that it carries. Computed once for each access. */
export function heldScopes(access: Access): HeldScopes[] {
  const before = known.get(access);
  if (before) return before;
  const scopes = new Map<string, Set<Scope>>();
  for (const { operation, scope } of holdingsOf(access))
    for (const opened of openedBy(operation).filter(fitsOnToken))
      scopes.set(opened, (scopes.get(opened) ?? new Set()).add(scope));
  const held = [...scopes].map(([operation, at]): HeldScopes => {
    return { operation, scopes: at.has("all") ? ["all"] : [...at] };
  });
  known.set(access, held);
  return held;
}
