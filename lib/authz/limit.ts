import { holds, standingOf } from "@/lib/authz/evaluate";
import { type Access, type EffectiveRole, openedBy, type Scope } from "@/lib/authz/model";
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

/**
 * What somebody holds, as another person may look at it (R16). "Own account" is another account for each of them, so what it opens is left
 * where the other holds it for everyone, or where there is nothing but one's own account to do it to.
 */
export function seenBy(viewer: Access, theirs: Access): Access {
  const isLeft = (operation: string) => isOwnAlone(operation) || holds(viewer, operation, "all");
  const left = (held: EffectiveRole["operations"][number]) =>
    held.scope !== "self" || isLeft(held.operation)
      ? [held]
      : openedBy(held.operation)
          .filter(isLeft)
          .map((operation) => ({ operation, scope: held.scope }));
  return {
    ...theirs,
    roles: theirs.roles.map((role) => ({ ...role, operations: role.operations.flatMap(left) })),
  };
}

const isOwnAlone = (key: string) => isOperation(key) && operationOf(key).scopes.every((scope) => scope === "self");

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
