import type { ComponentType, ReactNode } from "react";
import { columnChoices } from "@/lib/lists/columns";
import type { AnyList, FiltersOf } from "@/lib/lists/declare-list";
import { filterFields, type Labels } from "@/lib/lists/filter-fields";
import { ColumnsMenu } from "./columns-menu";
import { FilterBar, type FilterBarProps } from "./filter-bar";
import { SearchBox } from "./search-box";
import { SortMenu } from "./sort-menu";

type ListToolsProps<L extends AnyList> = {
  list: L;
  filters: FiltersOf<L>;
  /** The columns that are shown. */
  shown: readonly string[];
  /** Where the list stands, if not at its own path. */
  path?: string;
  labels?: Labels<L>;
  /** The filter bar that searches what only the server knows. */
  bar?: ComponentType<FilterBarProps>;
  children?: ReactNode;
};

/** What stands above a declared list: its search, its filters, its sorts and its columns. */
export function ListTools<L extends AnyList>(props: ListToolsProps<L>) {
  const { list, filters, shown, path = list.path, labels = {}, bar: Bar = FilterBar, children } = props;
  const query = list.toPairs(filters);
  const fields = filterFields(list, filters, labels);
  const search = list.search ? { value: filters.q as string, placeholder: list.search } : undefined;
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      {fields.length > 0 ? (
        <Bar fields={fields} path={path} query={query} search={search} />
      ) : (
        search && <SearchBox {...search} action={path} keep={list.toPairs({ ...filters, q: "" })} />
      )}
      {list.sorts && (
        <SortMenu
          choices={Object.entries(list.sorts).map(([by, label]) => ({ by, label }))}
          sort={filters.sort}
          path={path}
          query={query}
        />
      )}
      <ColumnsMenu {...columnChoices(list, shown)} />
      {children}
    </div>
  );
}
