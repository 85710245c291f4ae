import type { ReactNode } from "react";
import { columnChoices } from "@/lib/lists/columns";
import type { AnyList, FiltersOf } from "@/lib/lists/declare-list";
import { filterFields, type Labels } from "@/lib/lists/filter-fields";
import type { Searches } from "./filter-bar";
import { ToolBar } from "./tool-bar";

type ListToolsProps<L extends AnyList> = {
  list: L;
  filters: FiltersOf<L>;
  /** The columns that are shown. */
  shown: readonly string[];
  /** The address of the list, if not its own path. */
  path?: string;
  labels?: Labels<L>;
  searches?: Searches<L>;
  children?: ReactNode;
};

/** Above a declared list: its search, its filters, its sorts and its columns. */
export function ListTools<L extends AnyList>(props: ListToolsProps<L>) {
  const { list, filters, shown, path = list.path, labels = {}, searches, children } = props;
  const sorts = list.sorts && Object.entries(list.sorts).map(([by, label]) => ({ by, label }));
  return (
    <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
      <ToolBar
        fields={filterFields(list, filters, labels)}
        searches={searches}
        path={path}
        query={list.toPairs(filters)}
        search={list.search ? { value: filters.q as string, placeholder: list.search } : undefined}
        sorts={sorts ? { choices: sorts, sort: filters.sort } : null}
        columns={columnChoices(list, shown)}
      />
      {children}
    </div>
  );
}
