import type { SQL } from "drizzle-orm";
import type { AnyList, FilterOf, FiltersOf } from "@/lib/lists/declare-list";

/** Each filter of a list as a condition, given its value and what else it is decided by. `But`: filters that are none. */
export type Conditions<L extends AnyList, Given, But extends string = never> = {
  [K in Exclude<FilterOf<L>, But>]: (value: NonNullable<FiltersOf<L>[K]>, given: Given) => SQL;
};

/** The conditions of those filters that have a value. */
export function conditionsOf<Given>(
  conditions: Record<string, (value: never, given: Given) => SQL>,
  filters: Record<string, unknown>,
  given: Given,
): SQL[] {
  const asked = Object.entries(conditions).filter(([name]) => [filters[name] ?? []].flat().length > 0);
  return asked.map(([name, condition]) => condition(filters[name] as never, given));
}
