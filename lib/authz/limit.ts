import { type Access, openedBy, type Scope } from "@/lib/authz/model";
import { takesEverything } from "@/lib/operations";

/**
 * A person's access for something that acts for them and was given some of their operations, such as a token (T1). It
 * reaches whom they reach. R8 asks what is left of it, R13 what the person holds. What R15 names is never left.
 */
export const limitToOperations = (owner: Access, operations: readonly string[]): Access => ({
  ...owner,
  limit: limitOf(operations.map((operation) => ({ operation, scope: "all" }))),
  standing: owner,
});

/**
 * A person's access below a ceiling of operations, each at a scope, such as a provider's (I3). R8 and R13 ask what is left
 * of it. What R15 names is never left.
 */
export const limitToCeiling = (owner: Access, ceiling: readonly { operation: string; scope: Scope }[]): Access => ({
  ...owner,
  limit: limitOf(ceiling),
});

function limitOf(most: readonly { operation: string; scope: Scope }[]): NonNullable<Access["limit"]> {
  const limit = new Map<string, Scope[]>();
  for (const { operation, scope } of most)
    for (const opened of openedBy(operation)) {
      if (takesEverything(opened)) continue;
      const scopes = limit.get(opened) ?? [];
      if (!scopes.includes(scope)) limit.set(opened, [...scopes, scope]);
    }
  return limit;
}
