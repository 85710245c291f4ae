import type { AnyList, ColumnOf } from "@/lib/lists/declare-list";
import { sortOf } from "@/lib/lists/search-params";

/** What stands above a declared column; one that sorts has where it leads. */
export type Head = { label: string; href?: string; sorted?: "ascending" | "descending" | undefined };
export type Heads<L extends AnyList> = Record<ColumnOf<L>, Head>;

/** The heads of a declared list as it is asked for; without filters none of them sorts. */
export function headsOf<L extends AnyList>(list: L, filters?: { sort: string }): Heads<L> {
  const { by, descending } = filters ? sortOf<string>(filters) : { by: "", descending: false };
  const headOf = ([key, label]: [string, string | true]): [string, Head] => {
    if (label !== true) return [key, { label }];
    const named = { label: list.sorts?.[key] ?? "" };
    if (!filters) return [key, named];
    const sorted = by === key ? (descending ? "descending" : "ascending") : undefined;
    return [key, { ...named, href: list.sortHref(filters, key), sorted }];
  };
  return Object.fromEntries(Object.entries<string | true>(list.columns).map(headOf)) as Heads<L>;
}
