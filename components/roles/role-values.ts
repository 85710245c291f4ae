import type { RoleValues } from "@/lib/roles/detail";
import type { HeldOperation } from "@/lib/roles/schema";
import { pairOf } from "@/lib/roles/scopes";

/** One order, so that what was ticked and unticked again counts as unchanged. */
export const sorted = (operations: HeldOperation[]): HeldOperation[] =>
  [...operations].sort((a, b) => pairOf(a.operation, a.scope).localeCompare(pairOf(b.operation, b.scope), "en"));

export const inOrder = <V extends Pick<RoleValues, "operations" | "combinesWith">>(values: V): V => ({
  ...values,
  operations: sorted(values.operations),
  combinesWith: [...values.combinesWith].sort(),
});
