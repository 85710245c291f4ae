import type { ReactNode } from "react";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { Head, Headed, Heads } from "./heads-of";
import { ListHead, type ListHeadProps } from "./list-head";
import { PackedRows, type PackedRowsProps } from "./packed-rows";
import { Table, TableHead } from "./table";
import { type CellLook, cellLook, TableRow } from "./table-rows";

/** How a declared column looks: the same place, width and side for its head and its cells. */
type Column<Row> = Pick<CellLook, "card" | "state" | "className"> &
  ListHeadProps["look"] & {
    title?: (row: Row) => string;
    cell: (row: Row) => ReactNode;
  };

export type Columns<L extends Headed, Row> = Record<ColumnOf<L>, Column<Row>>;

type ListTableProps<L extends Headed, Row> = {
  /** Names the table. */
  label: string;
  heads: Heads<L>;
  columns: Columns<L, Row>;
  rows: Row[];
  idOf: (row: Row) => string;
  /** Columns that have no meaning here. */
  without?: ColumnOf<L>[];
  /** Replaces a list without rows. */
  empty?: ReactNode;
  /** A link in each row covers all of it. */
  covered?: boolean;
} & Pick<PackedRowsProps, "menu" | "fetchMenu">;

/** The table of a declared list: a head and a cell for each of its columns that has a head, in their order. */
export function ListTable<L extends Headed, Row>(props: ListTableProps<L, Row>) {
  const { label, heads, columns, rows, idOf, without = [], empty, covered, ...menus } = props;
  const shown = Object.keys(heads).filter((key): key is ColumnOf<L> => !without.some((other) => other === key));
  const looks = shown.map((key) => cellLook(columns[key]));
  return (
    <Table label={label} empty={empty} className="s:table-fixed">
      <TableHead>
        {shown.map((key) => (
          <ListHead key={key} head={heads[key] as Head} look={columns[key]} />
        ))}
      </TableHead>
      <PackedRows
        {...menus}
        rows={rows.map((row) => ({
          id: idOf(row),
          row: (
            <TableRow className={covered ? "s:relative" : undefined}>
              {shown.map((key, place) => {
                const { title, cell } = columns[key];
                return (
                  // biome-ignore lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
                  <td key={key} role="cell" title={title?.(row)} className={looks[place]}>
                    {cell(row)}
                  </td>
                );
              })}
            </TableRow>
          ),
        }))}
      />
    </Table>
  );
}
