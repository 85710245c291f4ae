import type { ReactNode } from "react";
import type { ColumnOf } from "@/lib/lists/declare-list";
import { type Headed, headsOf } from "./heads-of";
import { ListHead, type ListHeadProps } from "./list-head";
import { Cell, type CellProps, Table, TableBody, TableHead, TableRow } from "./table";

/** How a declared column looks: the same place, width and side for its head and its cells. */
type Column<Row> = Pick<CellProps, "card" | "state" | "className"> &
  ListHeadProps["look"] & {
    title?: (row: Row) => string;
    cell: (row: Row) => ReactNode;
  };

export type Columns<L extends Headed, Row> = Record<ColumnOf<L>, Column<Row>>;

type ListTableProps<L extends Headed, Row> = {
  list: L;
  columns: Columns<L, Row>;
  rows: Row[];
  idOf: (row: Row) => string;
  /** What is asked for, for heads that sort. */
  filters?: { sort: string };
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
export function ListTable<L extends Headed, Row>(props: ListTableProps<L, Row>) {
  const { list, columns, rows, idOf, filters, without = [], label = list.label, empty, fixed = true, covered } = props;
  const shown = Object.keys(list.columns).filter((key): key is ColumnOf<L> => !without.some((other) => other === key));
  const heads = headsOf(list, filters);
  return (
    <Table label={label} empty={empty} className={fixed ? "s:table-fixed" : undefined}>
      <TableHead>
        {shown.map((key) => (
          <ListHead key={key} head={heads[key]} look={columns[key]} />
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
