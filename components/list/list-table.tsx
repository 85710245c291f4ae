import type { ReactNode } from "react";
import type { AnyList, ColumnOf, FiltersOf } from "@/lib/lists/declare-list";
import { sortOf } from "@/lib/lists/search-params";
import { SortLink } from "./sort-link";
import { Cell, type CellProps, HeadCell, Table, TableBody, TableHead, TableRow } from "./table";

/** How a declared column looks: the same place, width and side for its head and its cells. */
type Column<Row> = Pick<CellProps, "priority" | "align" | "card" | "state" | "className"> & {
  /** Of the head, and so of the whole column. */
  width?: string;
  /** Its label is for those alone who do not see the table. */
  hidden?: true;
  title?: (row: Row) => string;
  cell: (row: Row) => ReactNode;
};

export type Columns<L extends AnyList, Row> = Record<ColumnOf<L>, Column<Row>>;

type ListTableProps<L extends AnyList, Row> = {
  list: L;
  columns: Columns<L, Row>;
  rows: Row[];
  idOf: (row: Row) => string;
  /** What is asked for, for heads that sort. */
  filters?: FiltersOf<L>;
  /** Columns that are not shown. */
  without?: ColumnOf<L>[];
  /** Names the table, where the list's own label does not. */
  label?: string;
  /** Stands in place of a list without rows. */
  empty?: ReactNode;
  /** Widths hold whatever the cells contain. */
  fixed?: boolean;
  /** A link in each row covers all of it. */
  covered?: boolean;
};

/** The table of a declared list: a head and a cell for each of its columns, in their order. */
export function ListTable<L extends AnyList, Row>(props: ListTableProps<L, Row>) {
  const { list, columns, rows, idOf, filters, without = [], label = list.label, empty, fixed = true, covered } = props;
  const shown = Object.keys(list.columns).filter((key): key is ColumnOf<L> => !without.some((other) => other === key));
  return (
    <Table label={label} empty={empty} className={fixed ? "s:table-fixed" : undefined}>
      <TableHead>
        {shown.map((key) => (
          <ListHead key={key} list={list} column={key} look={columns[key]} filters={filters} />
        ))}
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={idOf(row)} className={covered ? "s:relative" : undefined}>
            {shown.map((key) => {
              const { width: _, hidden: __, title, cell, ...place } = columns[key];
              return (
                <Cell key={key} title={title?.(row)} {...place}>
                  {cell(row)}
                </Cell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type ListHeadProps<Row> = { list: AnyList; column: string; look: Column<Row>; filters: { sort: string } | undefined };

function ListHead<Row>({ list, column, look: { width, hidden, priority, align }, filters }: ListHeadProps<Row>) {
  const place = { className: width, priority, align };
  const label = list.columns[column];
  if (label !== true || !filters)
    return <HeadCell {...place}>{hidden ? <span className="sr-only">{label}</span> : label}</HeadCell>;
  const { by, descending } = sortOf<string>(filters);
  const sorted = by === column ? (descending ? "descending" : "ascending") : undefined;
  return (
    <SortLink {...place} href={list.sortHref(filters, column)} sorted={sorted}>
      {list.sorts?.[column]}
    </SortLink>
  );
}
