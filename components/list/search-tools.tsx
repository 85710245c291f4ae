import { columnChoices } from "@/lib/lists/columns";
import type { AnyList, FiltersOf } from "@/lib/lists/declare-list";
import { ColumnsMenu } from "./columns-menu";
import { SearchBox } from "./search-box";

type SearchToolsProps<L extends AnyList> = {
  list: L;
  filters: FiltersOf<L>;
  /** The columns that are shown. */
  shown: readonly string[];
};

/** What stands above a declared list without filters and sorts: their scripts stay away. */
export function SearchTools<L extends AnyList & { search: string }>({ list, filters, shown }: SearchToolsProps<L>) {
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <SearchBox
        action={list.path}
        value={filters.q as string}
        placeholder={list.search}
        keep={list.toPairs(filters).filter(([name]) => name !== "q")}
      />
      <ColumnsMenu {...columnChoices(list, shown)} />
    </div>
  );
}
