import type { SQL } from "drizzle-orm";
import type { AnyList, FilterOf, FiltersOf } from "@/lib/lists/declare-list";

/**
 * Each filter of a list as a condition, given its value and what else it is decided by. `But`: filters without a condition. `Made`: a promise
 * too, where something must be read for it first.
 */
export type Conditions<L extends AnyList, Given, But extends string = never, Made = SQL> = {
  [K in Exclude<FilterOf<L>, But>]: (value: NonNullable<FiltersOf<L>[K]>, given: Given) => Made;
};

/** The conditions of those filters that have a value. */
export function conditionsOf<Given, Made = SQL>(
  conditions: Record<string, (value: never, given: Given) => Made>,
  filters: Record<string, unknown>,
  given: Given,
): Made[] {
  const asked = Object.entries(conditions).filter(([name]) => [filters[name] ?? []].flat().length > 0);
  return asked.map(([name, condition]) => condition(filters[name] as never, given));
}
