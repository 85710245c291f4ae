"use client";
import type { ColumnChoices } from "@/lib/lists/columns";
import { ColumnsMenu } from "./columns-menu";
import { FilterBar, type FilterBarProps } from "./filter-bar";
import { SortMenu } from "./sort-menu";
import type { SortMenuProps } from "./sort-ways";

interface ToolBarProps extends FilterBarProps {
  sorts: Pick<SortMenuProps, "choices" | "sort"> | null;
  columns: ColumnChoices;
}

/** The search, the filters, the sorts and the columns of a list. */
export function ToolBar({ sorts, columns, ...bar }: ToolBarProps) {
  const { path, query } = bar;
  return (
    <>
      <FilterBar {...bar} />
      {sorts && <SortMenu {...sorts} path={path} query={query} />}
      <ColumnsMenu {...columns} />
    </>
  );
}
