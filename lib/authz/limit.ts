import { standingOf } from "@/lib/authz/evaluate";
import { type Access, openedBy, type Scope } from "@/lib/authz/model";
import { isOperation, operationOf, takesEverything } from "@/lib/operations";

/**
 * An access for something that acts for them and was given some of their operations, such as a token (T1). It
 * reaches whom they reach. R8 asks what is left of it, R13 what the person holds. What R15 names is never left.
 */
export const limitToOperations = (owner: Access, operations: readonly string[]): Access => ({
  ...owner,
  limit: limitOf(
    operations.map((operation) => ({ operation, scope: "all" })),
    fitsOnToken,
  ),
  standing: standingOf(owner),
});

/** Whether a token may carry an operation at all. What is the product's own always fits. */
export function fitsOnToken(key: string): boolean {
  if (!isOperation(key)) return true;
  const { scopes, everything, notOnTokens } = operationOf(key);
  return scopes.length > 0 && !everything && !notOnTokens;
}

/** Whether using it asks a person for a new proof of identity; for a token that is asked when it is made. */
export const asksForProof = (key: string): boolean =>
  openedBy(key).some((opened) => {
    if (!isOperation(opened) || !fitsOnToken(opened)) return false;
    const { stepUp, grants } = operationOf(opened);
    return stepUp === true || grants === true;
  });

/**
 * A person's access below a ceiling of operations, each at a scope, such as a provider's (I3). R8 and R13 ask what is left
 * of it. What R15 names is never left.
 */
export const limitToCeiling = (owner: Access, ceiling: readonly { operation: string; scope: Scope }[]): Access => ({
  ...owner,
  limit: limitOf(ceiling),
});

function limitOf(
  most: readonly { operation: string; scope: Scope }[],
  fits: (key: string) => boolean = (key) => !takesEverything(key),
): NonNullable<Access["limit"]> {
  const limit = new Map<string, Scope[]>();
  for (const { operation, scope } of most)
    for (const opened of openedBy(operation)) {
      if (!fits(opened)) continue;
      const scopes = limit.get(opened) ?? [];
      if (!scopes.includes(scope)) limit.set(opened, [...scopes, scope]);
    }
  return limit;
}
