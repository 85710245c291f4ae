import type { ColumnOf, Declaration } from "@/lib/lists/declare-list";
import { sortOf } from "@/lib/lists/search-params";

/** The head of a declared column; one that sorts has its link. */
export type Head = { label: string; href?: string; sorted?: "ascending" | "descending" | undefined };
/** Of the columns that are shown, in their order. */
export type Heads<L extends Declaration> = Partial<Record<ColumnOf<L>, Head>>;

/** Where the heads of a list lead, if they sort. */
// biome-ignore lint/suspicious/noExplicitAny: any list, whose filters differ
export type Headed = Declaration & { sortHref?(filters: any, by: any): string };

/** The heads of the columns that are shown of a declared list, as it is asked for; without filters none of them sorts. */
export function headsOf<L extends Headed>(list: L, shown: ColumnOf<L>[], filters?: { sort: string }): Heads<L> {
  const { by, descending } = filters ? sortOf<string>(filters) : { by: "", descending: false };
  const headOf = ([key, label]: [string, string | true]): [string, Head] => {
    if (label !== true) return [key, { label }];
    const named = { label: list.sorts?.[key] ?? "" };
    if (!filters || !list.sortHref) return [key, named];
    const sorted = by === key ? (descending ? "descending" : "ascending") : undefined;
    return [key, { ...named, href: list.sortHref(filters, key), sorted }];
  };
  return Object.fromEntries(shown.map((key) => headOf([key, list.columns[key] ?? ""]))) as Heads<L>;
}
